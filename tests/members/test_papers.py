"""Documents are what their bytes are, and keep a plain name."""

import struct

import pytest

from bourse.members.papers import MOST_BYTES, Paper, PaperNotTaken, paper, picture_size, plain_name
from members.applying import PDF
from members.pictures import PNG, SVG, WEBP, _chunk

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08"
    + struct.pack(">HH", 3, 4)
    + b"\x01"
    + bytes(150)
    + b"\xff\xd9"
)


def flood(width: int, height: int) -> bytes:
    """A picture whose head says that it is very large."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG[:8] + head + PNG[8 + len(head) :]


@pytest.mark.parametrize(
    ("content", "kind", "kept"),
    [(PDF, "application/pdf", "x.pdf"), (PNG, "image/png", "x.png"), (JPEG, "image/jpeg", "x.jpg")],
)
def test_a_document_is_known_by_its_bytes_and_named_after_them(content: bytes, kind: str, kept: str) -> None:
    found = paper("x.exe", content)
    assert isinstance(found, Paper)
    assert (found.media_type, found.name, len(found.sha256)) == (kind, kept, 64)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "“x.pdf” is empty. Send the document itself."),
        (SVG, "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it."),
        (WEBP, "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it."),
        (b"MZ" + PDF, "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it."),
        (PDF[:-6], "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it."),
        (PNG[:-4], "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it."),
        (
            JPEG[:8] + JPEG[-2:],
            "“x.pdf” is no whole PDF, JPEG or PNG. Save it as one of these, then send it.",
        ),
        (PDF + bytes(MOST_BYTES), "“x.pdf” is larger than 10 MB. Send a smaller copy."),
        (flood(30_000, 30_000), "“x.pdf” is 30,000 × 30,000 points large. Send a smaller copy."),
        (flood(20_001, 1), "“x.pdf” is 20,001 × 1 points large. Send a smaller copy."),
    ],
)
def test_what_is_none_is_refused_by_name(content: bytes, sentence: str) -> None:
    with pytest.raises(PaperNotTaken) as refused:
        paper("x.pdf", content)
    assert str(refused.value) == sentence


def test_a_picture_tells_its_size_undecoded() -> None:
    assert picture_size(PNG, "image/png") == (1, 1)
    assert picture_size(JPEG, "image/jpeg") == (4, 3)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Dora\\bank letter.pdf", "bank letter.pdf"),
        ("gpj\u202e.pdf\x00\n", "gpj.pdf"),
        (".htaccess", "htaccess"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_stripped_to_its_last_part(name: str, plain: str) -> None:
    assert plain_name(name) == plain
