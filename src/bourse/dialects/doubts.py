"""Values that are read as they stand although something about them is odd: warnings, no refusals."""

from collections.abc import Iterator, Sequence

from bourse.dialects.reading import DoubtfulCell
from bourse.dialects.rows import Rows

# How many digits the numbers of a laboratory's reports have, its oldest ones included.
_DIGITS = {"GIA": (7, 10), "IGI": (7, 10), "HRD": (8, 12), "AGS": (7, 13)}
_LENGTHS = {lab: range(fewest, most + 1) for lab, (fewest, most) in _DIGITS.items()}
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
    unusual = [
        at
        for at, (lab, report) in enumerate(zip(labs, reports, strict=True))
        if report is not None and lab in _LENGTHS and not (len(report) in _LENGTHS[lab] and report.isdigit())  # type: ignore[arg-type, union-attr]  # both are texts
    ]
    for at in unusual:
        report = str(reports[at])
        if not _fits(str(labs[at]), report):
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
