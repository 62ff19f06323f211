"""A list pasted from mail or chat: columns where the lines agree on their gaps, else a line a cell."""

import re
from collections import Counter
from collections.abc import Sequence

_GAP = re.compile(r"\t+| {2,}")
_AGREEING = 0.7


def split_pasted(lines: Sequence[str]) -> list[list[str]]:
    """The cells of each line, parted by tabs or wide gaps if most lines have as many, else one cell each."""
    split = [_GAP.split(line.strip()) for line in lines]
    widths = Counter(len(row) for row, line in zip(split, lines, strict=True) if line.strip())
    width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width > 1 and agreeing >= _AGREEING * widths.total():
        return split
    return [[line.strip()] for line in lines]
