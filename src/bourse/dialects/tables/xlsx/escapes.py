"""The texts of a workbook as their author typed them: references and escapes of the file format undone."""

import re

from bourse.dialects.tables.encodings import readable

_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_STRAY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROL = re.compile("_x([0-9A-Fa-f]{4})_")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def typed_text(raw: bytes) -> str:
    """The text of raw XML without elements; raises ValueError where it is no proper XML text."""
    text = raw.decode()
    if "&" in text:
        if _STRAY.search(text):
            raise ValueError(text)
        text = _REFERENCE.sub(_referred, text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_escapes(text)


def without_escapes(text: str) -> str:
    """The text with the spreadsheet's own `_x000D_` undone, and without what nobody can see."""
    if "_x" in text:
        text = _CONTROL.sub(lambda match: chr(int(match[1], 16)), text)
    return text if text.isascii() and "\0" not in text else readable(text)


def _referred(match: re.Match[str]) -> str:
    named, decimal, hexadecimal = match.groups()
    return _NAMED[named] if named else chr(int(decimal or hexadecimal, 10 if decimal else 16))
