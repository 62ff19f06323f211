"""Values that are read as they stand although something about them is odd: warnings, no refusals."""

from collections.abc import Iterator, Sequence

import numpy as np

from bourse.dialects.reading import DoubtfulCell
from bourse.dialects.rows import Rows

# How many digits the numbers of a laboratory's reports have, its oldest ones included.
_DIGITS = {"GIA": (7, 10), "IGI": (7, 10), "HRD": (8, 12), "AGS": (7, 13)}
# What every one of them has now and then; the others are looked at one by one.
_ALL_FEWEST, _ALL_MOST = (
    max(few for few, _most in _DIGITS.values()),
    min(most for _few, most in _DIGITS.values()),
)
_USUAL = "0" * _ALL_FEWEST
_MAY_HAVE_LETTERS = frozenset({"IGI"})
_CURE = "Compare the number with the report, and correct it where it is wrong."


def doubtful_reports(rows: Rows, numbers: Sequence[int]) -> Iterator[DoubtfulCell]:
    """The report numbers that are longer or shorter than those of their laboratory."""
    reports = rows.values.get("certificate_no")
    source = rows.sources.get("certificate_no")
    if not reports or source is None or "lab" not in rows.values:
        return
    index, header = source.index, rows.header("certificate_no")
    labs = rows.values["lab"]
    texts = [report or _USUAL for report in reports]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))  # type: ignore[arg-type]  # all are texts
    are_digits = np.fromiter(map(str.isdigit, texts), np.bool_, len(texts))  # type: ignore[arg-type]
    is_usual = are_digits & (lengths >= _ALL_FEWEST) & (lengths <= _ALL_MOST)
    for at in np.flatnonzero(~is_usual).tolist():
        report = str(reports[at])
        if labs[at] in _DIGITS and not _fits(str(labs[at]), report):
            expected, why = _expected(str(labs[at]))
            yield DoubtfulCell(source.sheet, numbers[at], index, header, report, expected, why, _CURE)


def _fits(lab: str, report: str) -> bool:
    """Whether a number that is no mere row of digits is right all the same."""
    bare = report.replace(" ", "").replace("-", "")
    if not bare.isdigit():
        return lab in _MAY_HAVE_LETTERS
    fewest, most = _DIGITS[lab]
    return fewest <= len(bare) <= most


def _expected(lab: str) -> tuple[str, str]:
    fewest, most = _DIGITS[lab]
    expected = f"{fewest} to {most} digits"
    return expected, f"Report numbers of {lab} have {expected}; this one was taken as it stands."
