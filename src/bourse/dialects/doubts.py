"""Values that are read as they stand although something about them is odd: warnings, no refusals."""

from collections.abc import Iterator, Sequence

from bourse.dialects.columns import Value
from bourse.dialects.reading import DoubtfulCell
from bourse.dialects.rows import Rows

# How many digits the numbers of a laboratory's reports have, its oldest ones included.
_DIGITS = {"GIA": (7, 10), "IGI": (7, 10), "HRD": (8, 12), "AGS": (7, 13)}
_MAY_HAVE_LETTERS = frozenset({"IGI"})
_CURE = "Compare the number with the report, and correct it where it is wrong."


def doubtful_reports(rows: Rows, numbers: Sequence[int]) -> Iterator[DoubtfulCell]:
    """The report numbers that are longer or shorter than those of their laboratory."""
    reports = rows.values.get("certificate_no")
    source = rows.sources.get("certificate_no")
    if not reports or source is None or "lab" not in rows.values:
        return
    index, header = source.index, rows.header("certificate_no")
    for at, (lab, report) in enumerate(zip(rows.values["lab"], reports, strict=True)):
        if lab in _DIGITS and report is not None and not _fits(str(lab), str(report)):
            expected, why = _expected(lab)
            yield DoubtfulCell(source.sheet, numbers[at], index, header, str(report), expected, why, _CURE)


def _fits(lab: str, report: str) -> bool:
    bare = report.replace(" ", "").replace("-", "")
    if not bare.isdigit():
        return lab in _MAY_HAVE_LETTERS
    fewest, most = _DIGITS[lab]
    return fewest <= len(bare) <= most


def _expected(lab: Value) -> tuple[str, str]:
    fewest, most = _DIGITS[str(lab)]
    expected = f"{fewest} to {most} digits"
    return expected, f"Report numbers of {lab} have {expected}; this one was taken as it stands."
