"""The lines of a text without their ends, whether CR, LF or CRLF part them, or all three."""

from collections.abc import Iterator
from itertools import chain, islice

_BLOCK_CHARACTERS = 1 << 16  # what a processor's cache holds together with the cells cut out of it


def line_blocks(text: str) -> Iterator[list[str]]:
    """All lines, in blocks: no long text stands twice in memory."""
    at = 0
    while at < len(text):
        end = _end_of_line(text, at + _BLOCK_CHARACTERS)
        yield _lines(text[at:end])
        at = end


def _lines(block: str) -> list[str]:
    """The block's lines. Where each ends in CRLF, cutting costs a quarter of replacing."""
    lines = block.removesuffix("\n").split("\n")
    if "\r" not in block:
        return lines
    cut = [line[:-1] for line in lines if line.endswith("\r")]
    if len(cut) == len(lines) == block.count("\r"):
        return cut
    return block.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def first_lines(text: str, count: int) -> list[str]:
    """The lines that the text begins with."""
    return list(islice(chain.from_iterable(line_blocks(text)), count))


def _end_of_line(text: str, near: int) -> int:
    """Just behind the first line end at or after this place."""
    for until in (near + _BLOCK_CHARACTERS, len(text)):
        ends = [at for sign in "\r\n" if (at := text.find(sign, near, until)) >= 0]
        if ends:
            end = min(ends) + 1
            return end + 1 if text.startswith("\r\n", end - 1) else end
    return len(text)
