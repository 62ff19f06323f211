"""A certificate that somebody sends as PDF, looked through. Runs in the confined child; no framework.

A PDF cannot be made anew as a picture can, so it is kept as it came, and only where nothing in it runs.
"""

import re
import zlib

from bourse.kit.refusal import Refusal

MIB = 1024 * 1024
MOST_BYTES = 10 * MIB
_ENDS_WITHIN = 2_048
_ZIP_ENDS_WITHIN = 65_557
_UNPACKED_BYTES = 64 * MIB
# Names too long to stand by chance among the points of a picture.
_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")
_LOCKED = re.compile(rb"/Encrypt\b")
_HEXED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")


class CertificateNotTaken(Refusal):
    """A certificate is a whole PDF of at most 10 MB, without a password and without anything that runs."""


def look_through(name: str, content: bytes) -> None:
    """Nothing, if the certificate is a plain PDF; `name` is what refusals call it."""
    is_whole = content.startswith(b"%PDF-") and b"%%EOF" in content[-_ENDS_WITHIN:]
    if not is_whole or b"PK\x05\x06" in content[-_ZIP_ENDS_WITHIN:]:
        raise CertificateNotTaken(
            f"“{name}” is no whole PDF. Save the certificate as PDF anew, then send it."
        )
    if _LOCKED.search(_spelt_out(content)):
        raise CertificateNotTaken(
            f"“{name}” is protected by a password or rights. Send a copy that everybody can open."
        )
    left = _UNPACKED_BYTES
    for part in (content, *_packed(content)):
        unpacked = part if part is content else _unpacked(part, left)
        left -= 0 if part is content else len(unpacked)
        if left <= 0:
            raise CertificateNotTaken(f"“{name}” unpacks to more than 64 MB. Send a smaller copy.")
        if _ACTS.search(_spelt_out(unpacked)):
            raise CertificateNotTaken(
                f"“{name}” holds a script, a form that sends or a further file. "
                "Print it to PDF, and send that."
            )


def _packed(content: bytes) -> list[bytes]:
    """The streams that hold objects, as they lie in the file; pictures and fonts hold none."""
    found = []
    for begin in _STREAM.finditer(content):
        head = content[max(begin.start() - 400, 0) : begin.start()]
        if b"/ObjStm" in _spelt_out(head[head.rfind(b" obj") :]):
            end = content.find(b"endstream", begin.end())
            found.append(content[begin.end() : end if end >= 0 else None])
    return found


def _unpacked(stream: bytes, most: int) -> bytes:
    """What a stream says; as it is where it is packed in no way that is known here."""
    reader = zlib.decompressobj()
    try:
        return reader.decompress(stream, most)
    except zlib.error:
        return stream


def _spelt_out(content: bytes) -> bytes:
    """With the letters of names that were written as numbers (/L#61unch is /Launch)."""
    return _HEXED.sub(lambda found: bytes([int(found[1], 16)]), content)
