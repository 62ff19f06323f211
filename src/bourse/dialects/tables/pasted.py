"""A list pasted from mail or chat: columns where the lines agree on their gaps, else a line a cell."""

import re
from collections import Counter
from collections.abc import Sequence

from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.lines import line_blocks
from bourse.dialects.tables.sheets import Sheet

_GAP = re.compile(r"\t+| {2,}")
_AGREEING = 0.7


def read_pasted(text: str, sample: Sequence[str], limits: Limits) -> Sheet:
    """The lines as rows, parted by tabs or wide gaps if most lines of the sample have as many."""
    tally = Tally(limits)
    sheet = GrowingSheet("", tally)
    has_columns = _agree_on_gaps(sample)
    for lines in line_blocks(text):
        rows = [_GAP.split(line.strip()) if has_columns else [line.strip()] for line in lines]
        tally.check_cells("", rows, sheet.next_number)
        sheet.add_texts(rows)
    return sheet.done()


def _agree_on_gaps(sample: Sequence[str]) -> bool:
    widths = Counter(len(_GAP.split(line.strip())) for line in sample if line.strip())
    width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return width > 1 and agreeing >= _AGREEING * widths.total()
