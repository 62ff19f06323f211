"""Which rows are taken, and for each of the others the one reason that keeps it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bourse.dialects.arithmetic import Numbers, as_numbers
from bourse.dialects.cells import NOTHING, text_of
from bourse.dialects.columns import RawColumn, Value
from bourse.dialects.dictionary import fold
from bourse.dialects.field_names import label_of
from bourse.dialects.fields import FIELDS
from bourse.dialects.reading import Fault
from bourse.dialects.tables import Cell

_ESSENTIAL = (("shape", "shape"), ("carat", "weight"), ("clarity", "clarity"))


@dataclass
class Verdicts:
    """For each row the number of the fault that keeps it out, or -1."""

    fault_of: list[int]
    faults: list[Fault] = field(default_factory=list)
    _known: dict[Fault, int] = field(default_factory=dict)

    def refuse(self, row: int, fault: Fault) -> None:
        """Keep a row out for this reason, unless another reason came first."""
        if self.fault_of[row] < 0:
            self.fault_of[row] = self._number(fault)

    def _number(self, fault: Fault) -> int:
        if fault not in self._known:
            self._known[fault] = len(self.faults)
            self.faults.append(fault)
        return self._known[fault]


@dataclass
class Rows:
    """The rows of a sheet as they were read: values by field, and for each field the column that it came
    from.
    """

    count: int
    values: dict[str, list[Value]]
    sources: dict[str, RawColumn]
    aside: list[RawColumn] = field(default_factory=list)
    _numbers: dict[str, Numbers | None] = field(default_factory=dict)

    def column(self, name: str) -> list[Value]:
        """A field's values; all None where no column holds it."""
        return self.values.get(name) or [None] * self.count

    def numbers(self, name: str) -> Numbers | None:
        """A field's values as numbers, None where no row has one; turned into an array once."""
        if name not in self._numbers:
            held = self.values.get(name)
            array = as_numbers(held) if held else None
            self._numbers[name] = array if array is not None and np.isfinite(array).any() else None
        return self._numbers[name]

    def found(self, name: str, row: int) -> str:
        """What stands in the cell that a field came from."""
        source = self.sources.get(name)
        cell: Cell = source.cells[row] if source else None
        return text_of(cell)

    def index(self, name: str) -> int:
        """Which column a field came from, -1 where none."""
        source = self.sources.get(name)
        return source.index if source else -1

    def header(self, name: str) -> str:
        """The header of the column that a field came from, or the field's own label."""
        source = self.sources.get(name)
        return source.header if source and source.header else label_of(name)


def refuse_incomplete(rows: Rows, verdicts: Verdicts) -> None:
    """Keep out the rows that lack what every stone needs: shape, weight, clarity, and a colour of either
    kind.
    """
    for name, what in _ESSENTIAL:
        _refuse_missing(rows, verdicts, name, what, _missing(rows.column(name)))
    white, fancy = rows.column("color"), rows.column("fancy_color")
    held = next((name for name in ("color", "fancy_color") if name in rows.sources), "color")
    bare = [at for at in range(rows.count) if fancy[at] is None and white[at] in (None, "Fancy")]
    _refuse_missing(rows, verdicts, held, "colour", bare)


def _missing(column: Sequence[Value]) -> list[int]:
    return [at for at, value in enumerate(column) if value is None]


def _refuse_missing(rows: Rows, verdicts: Verdicts, name: str, what: str, missing: Iterable[int]) -> None:
    faults: dict[str, Fault] = {}
    for at in missing:
        found = rows.found(name, at)
        if found not in faults:
            faults[found] = _missing_fault(rows, name, found, what)
        verdicts.refuse(at, faults[found])


def _missing_fault(rows: Rows, name: str, found: str, what: str) -> Fault:
    expected, header = FIELDS[name].expected, rows.header(name)
    if name not in rows.sources:
        return Fault(
            "", "", expected, f"The {what} is missing: no column of the list holds it.",
            f"Add a column with the {what}, or say which column holds it.",
        )  # fmt: skip
    if fold(found) in NOTHING or found == "0":
        cure = f"Fill in the {what} in column {_columns_for(rows, name)}, then upload again."
        return Fault(header, "", expected, f"The {what} is missing.", cure, rows.index(name))
    return Fault(
        header, found, expected, f"“{found}” is no {what} that we know.",
        f"Write {expected} instead of “{found}” in column “{header}”.", rows.index(name),
    )  # fmt: skip


def _columns_for(rows: Rows, name: str) -> str:
    """The columns in which a field may stand, by their headers: a colour in that of either kind."""
    names = ("color", "fancy_color") if name == "color" else (name,)
    return " or ".join(dict.fromkeys(f"“{rows.header(one)}”" for one in names if one in rows.sources))


def settle_colours(rows: Rows) -> list[int]:
    """Make white and fancy colour agree; the rows where they cannot are returned.

    A single letter beside its own fancy colour (Y and Yellow) is the fancy colour's initial, not a grade.
    """
    white, fancy, strength = rows.column("color"), rows.column("fancy_color"), rows.column("fancy_intensity")
    apart: list[int] = []
    for at in [row for row, colour in enumerate(fancy) if colour is not None]:
        letter = white[at]
        if letter in (None, "Fancy") or str(fancy[at]).startswith(str(letter)):
            white[at] = "Fancy"
        elif fancy[at] == "Other" and strength[at] is None:
            fancy[at] = None
        else:
            apart.append(at)
    return apart


def refuse_two_colours(rows: Rows, verdicts: Verdicts, apart: Iterable[int]) -> None:
    """Keep out the rows that name a grade of the white scale and a fancy colour at once."""
    for at in apart:
        found = f"{rows.column('color')[at]} and {rows.column('fancy_color')[at]}"
        verdicts.refuse(
            at,
            Fault(
                rows.header("color"), found, "a grade from D to Z or a fancy colour, not both",
                f"The row says {found}: a stone is either on the white scale or fancy.",
                "Leave the one that does not apply empty.",
                rows.index("color"),
            ),
        )  # fmt: skip


def refuse_apart(rows: Rows, verdicts: Verdicts, apart: Iterable[int]) -> None:
    """Keep out the rows in which price per carat times weight is not the total."""
    for at in apart:
        is_memo = rows.column("memo_price")[at] is not None
        each, whole = ("memo_price", "memo_total_price") if is_memo else ("price_per_carat", "total_price")
        price, total = rows.column(each)[at], rows.column(whole)[at]
        verdicts.refuse(
            at,
            Fault(
                rows.header(whole), f"{total}", f"{price} x {rows.column('carat')[at]}, within 1 %",
                f"“{rows.header(each)}” times the weight is not what “{rows.header(whole)}” says.",
                "Correct the price that is wrong, or leave one of the two empty.",
                rows.index(whole),
            ),
        )  # fmt: skip


def refuse_twins(
    rows: Rows, verdicts: Verdicts, name: str, fallen: dict[int, int], numbers: Sequence[int]
) -> None:
    """Keep out the rows whose stock or report number another row carries already."""
    what = "stock number" if name == "stock_no" else "laboratory and report number"
    for at, standing in fallen.items():
        verdicts.refuse(
            at,
            Fault(
                rows.header(name), rows.found(name, at), f"a {what} of its own",
                f"Row {numbers[standing]} has the same {what} and stands.",
                "Give each stone one row, or answer which of the rows stands.",
                rows.index(name),
            ),
        )  # fmt: skip
