"""A picture that somebody sends, made anew. Runs in the confined child and imports no framework.

What comes out was drawn from the points alone: no byte of the sent file is kept, nor what cameras write into
theirs (place, time, owner). Colours are those of the web.
"""

import io

import msgspec
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from bourse.kit.refusal import Refusal
from bourse.members.pictures import media_type

MIB = 1024 * 1024
MOST_BYTES = 20 * MIB
MOST_PIXELS = 50_000_000
LARGEST_SIDE, THUMBNAIL_SIDE = 2_000, 240
QUALITY, THUMBNAIL_QUALITY = 86, 80
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_HEAD = 1024
_ZIP_ENDS_WITHIN = 65_557
_OTHER_HEADS = (b"%pdf-", b"<html", b"<script", b"<svg", b"<?php", b"<!doctype")
_SRGB = ImageCms.createProfile("sRGB")


class PictureNotTaken(Refusal):
    """A picture is a whole JPEG, PNG or WebP of at most 20 MB and 50 million points, and nothing else too."""


class Developed(msgspec.Struct, frozen=True):
    """The picture as it is shown, and its thumbnail; both JPEG."""

    picture: bytes
    thumbnail: bytes
    width: int
    height: int


def develop(name: str, content: bytes) -> Developed:
    """The picture made anew at most 2,000 points wide and high; `name` is what refusals call it."""
    kind = media_type(content)
    if not kind:
        raise PictureNotTaken(
            f"“{name}” is no whole JPEG, PNG or WebP. Save the picture as one of these, then send it."
        )
    if is_two_things(content):
        raise PictureNotTaken(f"“{name}” is a picture and something else in one. Save the picture alone.")
    Image.MAX_IMAGE_PIXELS = None  # ours are counted below, before anything is unpacked
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as opened:
            _refuse_too_many_points(name, *opened.size)
            return _drawn(opened)
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError) as error:
        raise PictureNotTaken(
            f"“{name}” is damaged: its points cannot be read. Open it, save it anew, then send it."
        ) from error


def is_two_things(content: bytes) -> bool:
    """Whether a reader of pages, PDF or archives would find its own in the file too."""
    head = content[:_HEAD].lower()
    return any(sign in head for sign in _OTHER_HEADS) or b"PK\x05\x06" in content[-_ZIP_ENDS_WITHIN:]


def _refuse_too_many_points(name: str, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureNotTaken(
            f"“{name}” is {width:,} × {height:,} points large; at most {MOST_PIXELS // 1_000_000} million "
            "are taken. Send a smaller copy."
        )


def _drawn(opened: Image.Image) -> Developed:
    opened.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))  # a JPEG is unpacked no larger than it is needed
    picture: Image.Image = opened if opened.mode in ("RGB", "RGBA", "L", "CMYK") else opened.convert("RGBA")
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), reducing_gap=2.0)
    picture = _on_white(_in_colours_of_the_web(ImageOps.exif_transpose(picture)))
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Developed(_jpeg(picture, QUALITY), _jpeg(small, THUMBNAIL_QUALITY), *picture.size)


def _in_colours_of_the_web(picture: Image.Image) -> Image.Image:
    """By the profile that came along, if it can be read: a colour is what the stone is judged by."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        taken = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGB" if picture.mode == "CMYK" else picture.mode
        return ImageCms.profileToProfile(picture, taken, _SRGB, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # without what cameras wrote
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
