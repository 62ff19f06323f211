"""An applicant's papers: what they are by their own bytes, and under which name they are kept. Pure."""

import hashlib
import struct
import unicodedata
from pathlib import PurePosixPath

import msgspec

from bourse.kit.refusal import Refusal
from bourse.members.pictures import media_type

MIB = 1024 * 1024
MOST_PAPERS = 10
MOST_BYTES = 10 * MIB
MOST_SIDE, MOST_PIXELS = 20_000, 100_000_000
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_LONGEST_NAME = 100
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # markers of JPEG that give the size
_PDF_ENDS_WITHIN = 2048


class PaperNotTaken(Refusal):
    """A document is a PDF, JPEG or PNG of at most 10 MB; a picture has at most 100 million points."""


class Paper(msgspec.Struct, frozen=True):
    """A document that was looked at: its kept name, its kind, its bytes and their sum."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def paper(name: str, content: bytes) -> Paper:
    """The document under a plain name; refused by name where it is none that is taken."""
    told = plain_name(name)
    if not content:
        raise PaperNotTaken(f"“{told}” is empty. Send the document itself.")
    if len(content) > MOST_BYTES:
        raise PaperNotTaken(f"“{told}” is larger than {MOST_BYTES // MIB} MB. Send a smaller copy.")
    kind = _kind(content)
    if not kind:
        raise PaperNotTaken(f"“{told}” is no whole PDF, JPEG or PNG. Save it as one of these, then send it.")
    width, height = picture_size(content, kind)
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise PaperNotTaken(f"“{told}” is {width:,} × {height:,} points large. Send a smaller copy.")
    ending = ENDINGS[kind]
    kept = told if told.lower().endswith((ending, ".jpeg")) else f"{PurePosixPath(told).stem}{ending}"
    return Paper(kept, kind, content, hashlib.sha256(content).hexdigest())


def plain_name(name: str) -> str:
    """The last part of a path without signs that no screen shows, at most a hundred characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if sign.isprintable())
    return " ".join(shown.split()).lstrip(". ")[-_LONGEST_NAME:] or "document"


def picture_size(content: bytes, kind: str) -> tuple[int, int]:
    """Width and height as the head of a picture gives them, nothing decoded; 0, 0 for a PDF."""
    if kind == "image/png":
        width, height = struct.unpack_from(">II", content, 16)
        return width, height
    return _jpeg_size(content) if kind == "image/jpeg" else (0, 0)


def _kind(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf" if b"%%EOF" in content[-_PDF_ENDS_WITHIN:] else ""
    kind = media_type(content)
    if kind == "image/jpeg" and _jpeg_size(content) == (0, 0):
        return ""
    return kind if kind in ENDINGS else ""


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """By the first frame; 0, 0 where there is none before the picture itself."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return 0, 0
