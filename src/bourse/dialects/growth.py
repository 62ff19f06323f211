"""How each stone came to be, natural or grown: what its row says of it, and what keeps a row out that does
not say it plainly.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from bourse.dialects.cells import text_of
from bourse.dialects.columns import Filled, RawColumn, Value
from bourse.dialects.dictionary import fold
from bourse.dialects.field_names import label_of
from bourse.dialects.growth_columns import Elsewhere
from bourse.dialects.growth_words import LAB_GROWN, NATURAL, says_lab_grown
from bourse.dialects.reading import Fault
from bourse.dialects.rows import Rows, Verdicts

_LAB_GROWN_NUMBER = re.compile(r"LG\s?\d{6,}", re.IGNORECASE)
_REMARKS = (
    "member_comment", "cert_comment", "lab", "inscription", "report_type", "seller_spec", "mine_of_origin"
)  # fmt: skip
# What is said of grown stones alone: whether they were treated after their growth.
_TREATED_AS_GROWN = frozenset({"post-growth", "as grown", "as_grown"})
_MINE = "mine_of_origin"


def states_all_growth(rows: Rows) -> bool:
    """Whether a column says of every stone how it came to be."""
    return all(rows.column("growth_type"))


def settle_growth(
    rows: Rows, verdicts: Verdicts, filled: Sequence[Filled], elsewhere: Elsewhere, silent: Value
) -> bool:
    """Give every row its growth: by its column, else by an LG report number or plain words, else as stones of
    a silent file are: natural, by the trade's rule for the bare word "diamond" (ISO 18323), unless its title
    says otherwise. Rows that contradict themselves, or say what is not read, are kept out.

    True when nothing in the rows said so.
    """
    columns = [column for column in filled if column.field.name == "growth_type"]
    told = {**dict.fromkeys(_lab_grown_rows(rows, filled), LAB_GROWN), **elsewhere.grown}
    _refuse_contradicted(verdicts, columns, told)
    grown = {**dict.fromkeys(_treated_as_grown(filled), LAB_GROWN), **told}
    _refuse_unread(rows, verdicts, columns, grown)
    _take_from_mines(rows, elsewhere)
    stated = rows.column("growth_type")
    is_silent = not any(stated)
    said: list[Value] = [value or silent for value in stated]
    for at in elsewhere.open:
        said[at] = stated[at]
    for at, word in grown.items():
        said[at] = stated[at] or word
    rows.values["growth_type"] = said
    return is_silent and not grown and not elsewhere.open


def _refuse_contradicted(verdicts: Verdicts, columns: Sequence[Filled], grown: Iterable[int]) -> None:
    """Keep out the rows that one cell calls natural and another grown."""
    for column in columns:
        natural = {at for at in grown if column.values["growth_type"][at] == NATURAL}
        for at in natural:
            verdicts.refuse(at, _grown_or_not(column.raw, at))
    for first in columns if len(columns) > 1 else ():
        for second in columns:
            for at in _apart(first, second):
                verdicts.refuse(at, _two_growths(first.raw, second.raw, at))


def _apart(natural: Filled, grown: Filled) -> list[int]:
    """The rows that the first column calls natural and the second grown."""
    pairs = zip(natural.values["growth_type"], grown.values["growth_type"], strict=True)
    return [at for at, (one, other) in enumerate(pairs) if one == NATURAL and other not in (None, NATURAL)]


def _refuse_unread(rows: Rows, verdicts: Verdicts, columns: Sequence[Filled], grown: dict[int, str]) -> None:
    """Keep out the rows whose cell says something of the growth that is not read: the stone may be grown, and
    such a stone is never taken for a natural one.
    """
    stated = rows.column("growth_type")
    for column in columns:
        for at in column.odd_rows:
            if stated[at] is None and at not in grown:
                verdicts.refuse(at, _unread(column.raw, at))


def _take_from_mines(rows: Rows, elsewhere: Elsewhere) -> None:
    """A word for the growth names no mine."""
    if _MINE in rows.values:
        mines = rows.values[_MINE] = list(rows.values[_MINE])
        for at in (*elsewhere.grown, *elsewhere.open):
            mines[at] = None


def _lab_grown_rows(rows: Rows, filled: Sequence[Filled]) -> Iterable[int]:
    numbers = rows.column("certificate_no")
    said = "\0".join(map(str, filter(None, numbers)))
    if "LG" in said or "lg" in said:
        yield from _matching(numbers, _LAB_GROWN_NUMBER.match)
    for name in _REMARKS:
        if name in rows.values:
            yield from _matching(rows.values[name], says_lab_grown)
    for raw in rows.aside:
        yield from _rows_that_say_so(raw, raw.different)
    for column in filled:
        if column.odd and column.field.name != "growth_type":
            yield from _rows_that_say_so(column.raw, column.odd)


def _treated_as_grown(filled: Sequence[Filled]) -> Iterable[int]:
    for column in filled:
        if column.field.name == "treatment":
            said = {cell for cell in column.raw.different if fold(text_of(cell)) in _TREATED_AS_GROWN}
            yield from column.raw.rows_of(said) if said else ()


def _rows_that_say_so(raw: RawColumn, cells: Iterable[object]) -> Iterable[int]:
    plain = {cell for cell in cells if isinstance(cell, str) and says_lab_grown(cell)}
    return raw.rows_of(plain) if plain else ()


def _matching(column: Sequence[Value], match: Callable[[str], object]) -> Iterable[int]:
    said = {value for value in set(column) if isinstance(value, str) and match(value)}
    return (at for at, value in enumerate(column) if value in said) if said else ()


def _name(raw: RawColumn) -> str:
    return raw.header or label_of("growth_type")


def _grown_or_not(raw: RawColumn, at: int) -> Fault:
    return Fault(
        _name(raw), text_of(raw.cells[at]), "the same in both places",
        "The row calls the stone natural, and its report number or remarks say that it was grown.",
        "Correct whichever of the two is wrong.",
        raw.index,
    )  # fmt: skip


def _two_growths(natural: RawColumn, grown: RawColumn, at: int) -> Fault:
    return Fault(
        _name(natural), text_of(natural.cells[at]), "the same in both places",
        f"Column “{_name(natural)}” calls the stone natural, and column “{_name(grown)}” says "
        f"“{text_of(grown.cells[at])}”.",
        "Correct whichever of the two is wrong.",
        natural.index,
    )  # fmt: skip


def _unread(raw: RawColumn, at: int) -> Fault:
    found = text_of(raw.cells[at])
    return Fault(
        _name(raw), found, "Natural or Lab grown",
        f"“{found}” does not say whether the stone is natural or was grown.",
        f"Write Natural or Lab grown instead of “{found}”, or say what it means.",
        raw.index,
    )  # fmt: skip
