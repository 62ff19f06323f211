"""Which picture some bytes are, by the bytes themselves. Pure."""

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"


def media_type(content: bytes) -> str:
    """image/png, image/jpeg or image/webp for a whole picture; empty for anything else."""
    known = {"image/png": _is_png, "image/jpeg": _is_jpeg, "image/webp": _is_webp}
    return next((kind for kind, is_it in known.items() if is_it(content)), "")


def _is_png(content: bytes) -> bool:
    """Chunk after chunk with a true sum, from the head to the end, and nothing behind it."""
    if not content.startswith(_PNG):
        return False
    place, kinds = len(_PNG), []
    while len(content) - place >= 12:
        size, kind = struct.unpack_from(">I4s", content, place)
        end = place + 8 + size
        if end + 4 > len(content) or zlib.crc32(content[place + 4 : end]) != int.from_bytes(
            content[end : end + 4]
        ):
            return False
        kinds.append(kind)
        place = end + 4
    return place == len(content) and kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and b"IDAT" in kinds


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9") and len(content) > 100


def _is_webp(content: bytes) -> bool:
    if len(content) < 16 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return False
    return content[12:15] == b"VP8" and int.from_bytes(content[4:8], "little") + 8 == len(content)
