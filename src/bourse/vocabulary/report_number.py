"""Which numbers a laboratory gives its reports, as far as that is known."""

import re
from collections.abc import Mapping

SHAPES: Mapping[str, str] = {
    "GIA": r"[0-9]{6,10}",
    "IGI": r"(LG|LGAN|[A-Z][0-9][A-Z])?[0-9]{6,10}",
    "HRD": r"[0-9]{8,14}",
    "AGS": r"[0-9]{6,14}",
    "GCAL": r"(LG)?[0-9]{6,12}",
}
"""By laboratory, without signs between: an expression that PostgreSQL reads as Python does.

The lengths are those met in dealers' files, the oldest reports included; a laboratory that is not here may
number its reports as it likes.
"""

OF_ALL = r"[0-9]{8,10}"
"""What every one of them may number so; the quick look at most."""
INVENTED = r"X[0-9]{9}"  # of the sample market: no laboratory's number begins so


def fits(laboratory: str, number: str) -> bool:
    """Whether the number may be one of the laboratory's; of a laboratory that is not known any may."""
    shape = SHAPES.get(laboratory)
    plain = "".join(filter(str.isalnum, number)).upper()
    return shape is None or not plain or re.fullmatch(f"{shape}|{INVENTED}", plain, re.ASCII) is not None
