"""Pictures and certificates as dealers and others send them."""

import io
import zlib
from typing import Any

from PIL import Image

PDF = b"%%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\n%s\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **how: Any) -> bytes:
    """A picture of one colour."""
    colour = {"RGB": (120, 40, 20), "RGBA": (120, 40, 20, 0), "P": 3, "L": 90, "CMYK": (0, 0, 0, 0)}[mode]
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **how)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that says where it was taken and by whom, lying on its side."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = "Asha at home", 6
    exif.get_ifd(0x8825)[2] = (21.0, 10.0, 12.0)
    return picture(exif=exif)


def bomb() -> bytes:
    """A PNG of few bytes and very many points."""
    small = picture("PNG", (10, 10))
    head = small[16:33]
    large = (20_000).to_bytes(4) + (20_000).to_bytes(4) + head[8:13]
    return small[:16] + large + zlib.crc32(b"IHDR" + large).to_bytes(4) + small[33:]


def pdf(inside: bytes = b"") -> bytes:
    """A certificate with something inside."""
    return PDF % inside


def packed(inside: bytes) -> bytes:
    """Objects of a PDF, packed so that no search of its bytes finds them."""
    return b"2 0 obj\n<</Type /ObjStm /Filter /FlateDecode>>\nstream\n%s\nendstream\nendobj" % zlib.compress(
        inside
    )
