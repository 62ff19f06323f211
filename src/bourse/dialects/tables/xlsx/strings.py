"""The texts that the cells of a workbook share, in order."""

import re
from collections.abc import Iterable, Iterator

from bourse.dialects.tables.archive import Archive, hostile
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.markup import local, parse_markup
from bourse.dialects.tables.refusals import CellTooLong
from bourse.dialects.tables.xlsx.escapes import typed_text, without_escapes

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^<>]*encoding)[^<>]*\?>|<\?xml[^<>]*encoding=.(?i:utf-8).[^<>]*\?>)?"
    rb"\s*<sst\b[^<>]*(?<!/)>"
)
_PLAIN = re.compile(rb'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_CHECKED_EACH = 1024
_END = b"</si>"
_TAIL = re.compile(rb"\s*</sst>\s*")


class _NotPlain(Exception):
    """The part has formatted texts, or is written in an unusual way."""


def shared_strings(archive: Archive, member: str | None, limits: Limits) -> list[str]:
    """The shared texts, by the numbers under which cells refer to them."""
    if member is None:
        return []
    try:
        return _scanned(archive.stream(member), limits)
    except (_NotPlain, ValueError):
        return _walked(archive.stream(member), limits)


def _scanned(chunks: Iterator[bytes], limits: Limits) -> list[str]:
    """The fast way, for plain texts only; each byte is matched, as in the scan of sheets."""
    texts: list[str] = []
    rest = _behind_start(next(chunks, b""))
    for chunk in chunks:
        *complete, rest = (rest + chunk).split(_END)
        _take(texts, complete, limits)
    *complete, rest = rest.split(_END)
    _take(texts, complete, limits)
    if not _TAIL.fullmatch(rest):
        raise _NotPlain
    return texts


def _take(texts: list[str], complete: list[bytes], limits: Limits) -> None:
    more = list(map(_plain, complete))
    texts += more
    _check(len(texts), more, limits)


def _behind_start(chunk: bytes) -> bytes:
    match = _START.match(chunk)
    if match is None:
        raise _NotPlain
    return chunk[match.end() :]


def _plain(spelling: bytes) -> str:
    match = _PLAIN.fullmatch(spelling)
    if match is None:
        raise _NotPlain
    return typed_text(match[1])


def _walked(chunks: Iterable[bytes], limits: Limits) -> list[str]:
    """The exact way: formatted texts are put together, how they are pronounced is left out."""
    texts: list[str] = []
    parts: list[str] = []
    within = {"t": 0, "rPh": 0}

    def start(name: str, _: dict[str, str]) -> None:
        within[local(name)] = within.get(local(name), 0) + 1
        if local(name) == "si":
            parts.clear()

    def end(name: str) -> None:
        within[local(name)] -= 1
        if local(name) == "si":
            texts.append(without_escapes("".join(parts)))
            if len(texts) % _CHECKED_EACH == 0:
                _check(len(texts), texts[-_CHECKED_EACH:], limits)

    def characters(text: str) -> None:
        if within["t"] and not within["rPh"]:
            parts.append(text)

    parse_markup(chunks, start, end, characters)
    return texts


def _check(count: int, texts: list[str], limits: Limits) -> None:
    """Raise the refusal of too many texts, or of one of the latest that is too long."""
    if count > limits.shared_strings:
        raise hostile(f"more than {limits.shared_strings:,} texts")
    if texts and (longest := max(map(len, texts))) > limits.cell_characters:
        raise CellTooLong(
            f"The workbook holds a text of {longest:,} characters; at most {limits.cell_characters:,} "
            "are read in one cell. Shorten that cell."
        )
