"""How each stone came to be, natural or grown: what its row says of it, and what keeps a row out that does
not say it plainly.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from bourse.dialects.columns import Value
from bourse.dialects.reading import Fault
from bourse.dialects.rows import Rows, Verdicts

_LAB_GROWN_NUMBER = re.compile(r"LG\s?\d{6,}", re.IGNORECASE)
_HOST = re.compile(r"^\w+://[^/]*")
_LAB_GROWN_PATH = re.compile(r"lab[-_ ]?(?:grown|created)", re.IGNORECASE)
_LAB_GROWN_WORDS = re.compile(
    r"(?<!\bnot )(?<!\bno )\b(?:lab[\s-]?(?:grown|created)|man[\s-]?made|CVD|LGD)\b", re.IGNORECASE
)


def states_growth(rows: Rows) -> bool:
    """Whether a column says of any stone how it came to be."""
    return any(rows.column("growth_type"))


def settle_growth(rows: Rows, verdicts: Verdicts, silent: Value) -> bool:
    """Give every row its growth: by its column, else by an LG report number or plain words, else as stones of
    a silent file are: natural, by the trade's rule for the bare word "diamond" (ISO 18323), unless its title
    says otherwise.

    True when nothing in the rows said so.
    """
    stated = rows.column("growth_type")
    hinted = set(_lab_grown_rows(rows))
    for at in hinted:
        if stated[at] == "Natural":
            verdicts.refuse(at, _grown_or_not(rows))
    is_silent = not states_growth(rows)
    said: list[Value] = [silent] * rows.count if is_silent else [value or "Natural" for value in stated]
    for at in hinted:
        said[at] = stated[at] or "Lab grown"
    rows.values["growth_type"] = said
    return is_silent and not hinted


def refuse_unread_growth(rows: Rows, verdicts: Verdicts, unread: Iterable[int]) -> None:
    """Keep out the rows whose cell says something of the growth that is not read: the stone may be grown, and
    such a stone is never taken for a natural one.
    """
    stated = rows.column("growth_type")
    for at in unread:
        if stated[at] is None:
            found = rows.found("growth_type", at)
            verdicts.refuse(at, Fault(
                rows.header("growth_type"), found, "Natural or Lab grown",
                f"“{found}” does not say whether the stone is natural or was grown.",
                f"Write Natural or Lab grown instead of “{found}”, or say what it means.",
                rows.index("growth_type"),
            ))  # fmt: skip


def _lab_grown_rows(rows: Rows) -> Iterable[int]:
    numbers = rows.column("certificate_no")
    said = "\0".join(map(str, filter(None, numbers)))
    if "LG" in said or "lg" in said:
        yield from _matching(numbers, _LAB_GROWN_NUMBER.match)
    for name in ("member_comment", "cert_comment", "lab", "inscription"):
        if name in rows.values:
            yield from _matching(rows.values[name], says_lab_grown)
    for raw in rows.aside:
        plain = {cell for cell in raw.different if isinstance(cell, str) and says_lab_grown(cell)}
        yield from raw.rows_of(plain) if plain else ()


def says_lab_grown(text: str) -> bool:
    """Whether a remark, or the path of an address, says plainly that the stone was grown."""
    if "://" in text:
        return bool(_LAB_GROWN_PATH.search(_HOST.sub("", text)))
    return bool(_LAB_GROWN_WORDS.search(text))


def _matching(column: Sequence[Value], match: Callable[[str], object]) -> Iterable[int]:
    said = {value for value in set(column) if isinstance(value, str) and match(value)}
    return (at for at, value in enumerate(column) if value in said) if said else ()


def _grown_or_not(rows: Rows) -> Fault:
    return Fault(
        rows.header("growth_type"), "Natural", "the same in both places",
        "The row calls the stone natural, and its report number or remarks say that it was grown.",
        "Correct whichever of the two is wrong.",
        rows.index("growth_type"),
    )  # fmt: skip
