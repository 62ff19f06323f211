"""From bytes to text: the encoding is found by what is valid and by what a stock list may plausibly say."""

import codecs
import re
from dataclasses import dataclass, field

from bourse.dialects.tables.plausible import SINGLE_BYTE, most_plausible

# The encodings in which a text can be asked to be read.
ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "gb18030", "big5", "shift_jis", "euc_kr",
)  # fmt: skip
BROKEN = "\ufffd"  # stands in the text for each byte that could not be read
_SAMPLE_BYTES = 64 * 1024
_DECLARED_WITHIN = 1024
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]*?\sencoding\s*=\s*|<meta[^>]*?charset\s*=\s*)["']?([A-Za-z0-9._-]+)""", re.IGNORECASE
)
_SPOILT = re.compile("[\0\udc80-\udcff\ufffd]")
_NO_LETTER = re.compile("[\0\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class BadByte:
    """A byte that the encoding does not know; no offset where it was lost earlier on."""

    value: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; its n-th BROKEN stands for the n-th entry of `bad`."""

    text: str
    encoding: str
    bad: list[BadByte] = field(default_factory=list)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of the bytes, by their mark, else by their declaration, else by what they can be."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, start=len(mark))
    if declared is not None and _reads(data, declared):
        return _decode_as(data, codecs.lookup(declared).name)
    return _decode_as(data, detect(data))


def decode_as(data: bytes, encoding: str) -> Decoded:
    """The text of the bytes in one of ENCODINGS, whatever they look like."""
    for mark, marked in _MARKS:
        if marked == encoding and data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, start=len(mark))
    return _decode_as(data, encoding)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the first lines of an XML document or web page name."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    return match[1].decode() if match else None


def detect(data: bytes) -> str:
    """The encoding of bytes that carry no mark."""
    if data.isascii() and b"\0" not in data[:_SAMPLE_BYTES]:
        return "utf-8"
    if (wide := _utf16_without_mark(data[:_SAMPLE_BYTES])) is not None:
        return wide
    well_formed, broken = _utf8_signs(data)
    if not broken or well_formed > 2 * broken:
        return "utf-8"
    national = most_plausible(data)
    # No text in Western letters holds a well-formed sign of UTF-8 by chance; one in Chinese signs may.
    is_mixed = national in SINGLE_BYTE and well_formed >= broken
    return "utf-8" if is_mixed else national


def readable(text: str) -> str:
    """The text without signs that nobody sees, which no look-up survives; BROKEN for what is no letter."""
    return _INVISIBLE.sub("", _NO_LETTER.sub(BROKEN, text))


def _decode_as(data: bytes, encoding: str, start: int = 0) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # Halves of UTF-16 hold bytes below 0x80, which cannot be carried through as single broken bytes.
        text = data.decode(encoding, "replace" if encoding.startswith("utf-16") else "surrogateescape")
    is_clean = text.isascii() and "\0" not in text
    bad = [] if is_clean else _bad_bytes(text, encoding, start)
    return Decoded(readable(text) if bad or not text.isascii() else text, encoding, bad)


def _bad_bytes(text: str, encoding: str, start: int) -> list[BadByte]:
    bad: list[BadByte] = []
    offset, done = start, 0
    for match in _SPOILT.finditer(text):
        offset += len(text[done : match.start()].encode(encoding, "surrogateescape"))
        done = match.start()
        found = ord(match[0])
        bad.append(BadByte() if found == ord(BROKEN) else BadByte(found & 0xFF, offset))
    return bad


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _utf16_without_mark(sample: bytes) -> str | None:
    """A list in Latin letters has every second byte zero; which second tells the byte order."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _utf8_signs(data: bytes) -> tuple[int, int]:
    """How many well-formed signs beyond ASCII there are as UTF-8, and how many bytes that are none."""
    text = data.decode("utf-8", "surrogateescape")
    beyond = broken = 0
    for at in range(0, len(text), _SAMPLE_BYTES):
        part = text[at : at + _SAMPLE_BYTES]
        beyond += len(part) - len(part.encode("ascii", "ignore"))
        broken += len(_NOT_UTF8.findall(part))
    return beyond - broken, broken
