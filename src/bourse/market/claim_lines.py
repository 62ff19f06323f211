"""The claims of many rows at once, as cells of COPY's text. Pure.

What market.claims makes of one row is made here column by column by the same parts: most columns hold few
different values, so each is worked out once and looked up after. A row in which some part refuses a value has
REFUSED in its cells; market.claims says why.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeVar

import msgspec

from bourse.market.claims import (
    ASKED,
    PARTS,
    PRIVATE_FIELDS,
    UNKEPT_FIELDS,
    Asked,
    Claims,
    Part,
    asked_columns,
)
from bourse.market.lines import cell
from bourse.market.values import MEASUREMENTS, MEASURES, NotStorable, Values, kept

REFUSED = "\x00"  # no cell holds it
MOST_KEPT = 20_000  # results of a part: where nearly all rows differ, keeping them saves nothing

Column = Sequence[Any]
Cells = list[str]
Work = Callable[[tuple[Any, ...]], tuple[object, ...]]
Made = TypeVar("Made")
MIXED = "mixed"


class ClaimLines:
    """Makes the cells of one file's rows, slice by slice, and remembers what it has worked out."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Known] = {}

    def cells(self, values: Mapping[str, Column], asked: Sequence[Column], count: int) -> list[Cells]:
        """One list for each column of Claims; `asked` are the columns of Asked."""
        left = spread(values)
        made: dict[str, Iterable[str]] = {}
        for part in PARTS:
            columns = [left.pop(field, None) for field in part.fields]
            made |= self._made(part.fields, part.columns, columns, count, _work_of(part))
        made |= self._made(ASKED, ASKED, asked, count, lambda key: asked_columns(Asked(*key)))
        rest = sorted(left.keys() - UNKEPT_FIELDS)
        made["private"] = self._json([name for name in rest if name in PRIVATE_FIELDS], left, count)
        made["particulars"] = self._json([name for name in rest if name not in PRIVATE_FIELDS], left, count)
        return [list(made[name]) for name in Claims._fields]

    def _made(
        self,
        fields: tuple[str, ...],
        names: tuple[str, ...],
        columns: Sequence[Column | None],
        count: int,
        work: Work,
    ) -> dict[str, Iterable[str]]:
        """The cells that a part makes of its fields."""
        if all(column is None for column in columns):
            alike = _cells(work, (None,) * len(fields), len(names))
            return {name: [text] * count for name, text in zip(names, alike, strict=True)}
        given = [_kind(column) for column in columns if column is not None]
        filled = [repeat(None, count) if column is None else _hashable(column) for column in columns]
        if len(fields) == len(names) == 1:
            return {
                names[0]: self._looked_up(fields, given, filled[0], lambda one: _cells(work, (one,), 1)[0])
            }
        width = len(names)
        keys = zip(*filled, strict=False)
        rows = self._looked_up(fields, given, keys, lambda key: _cells(work, key, width))
        return dict(zip(names, zip(*rows, strict=True), strict=True))

    def _looked_up(
        self, name: tuple[str, ...], kinds: list[str], keys: Iterable[Any], make: Callable[[Any], Made]
    ) -> list[Made]:
        """What is made of each key, worked out once for each that is seen."""
        if MIXED in kinds:
            return list(map(make, keys))
        known = self._known.setdefault((*name, *kinds), _Known(make))
        made = list(map(known.__getitem__, keys))
        known.forget_much()
        return made

    def _json(self, fields: list[str], left: Mapping[str, Column], count: int) -> Cells:
        """The fields that are given of each row, as one JSON object."""
        columns = [self._fragments(field, left[field]) for field in fields]
        if not columns:
            return ["{}"] * count
        rows = zip(*columns, strict=True)
        if any(REFUSED in column for column in columns):
            return [REFUSED if REFUSED in some else _object(some) for some in rows]
        return [_object(some) for some in rows]

    def _fragments(self, field: str, column: Column) -> list[str]:
        make: Callable[[Any], str] = lambda value: _fragment(field, value)  # noqa: E731
        return self._looked_up(("in JSON", field), [_kind(column)], _hashable(column), make)


class _Known(dict[Any, Any]):
    """What was made of values so far."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        made = self[key] = self._make(key)
        return made

    def forget_much(self) -> None:
        """Keep no more than is worth it."""
        if len(self) > MOST_KEPT:
            self.clear()


def _cells(work: Work, key: tuple[Any, ...], width: int) -> tuple[str, ...]:
    try:
        return tuple(map(cell, work(key)))
    except NotStorable:
        return (REFUSED,) * width


def _work_of(part: Part) -> Work:
    fields, work = part.fields, part.work
    if len(fields) == 1:
        return lambda key: work(Values({} if key[0] is None else {fields[0]: key[0]}))

    def made(key: tuple[Any, ...]) -> tuple[object, ...]:
        given = {field: value for field, value in zip(fields, key, strict=True) if value is not None}
        return work(Values(given))

    return made


def _fragment(field: str, value: object) -> str:
    """The field and its value as they stand in a JSON object; nothing for what is not given."""
    if value is None or value == "":
        return ""
    try:
        return cell(msgspec.json.encode({field: kept(field, value)}).decode()[1:-1])
    except NotStorable:
        return REFUSED


def _object(fragments: Iterable[str]) -> str:
    return "{" + ",".join(filter(None, fragments)) + "}"


def spread(values: Mapping[str, Column]) -> dict[str, Column]:
    """Measurements given in one as three columns, as Values.spread_measurements does it for a row."""
    left = dict(values)
    if not (column := left.get(MEASUREMENTS)):
        return left
    is_three = [isinstance(value, list | tuple) and len(value) == len(MEASURES) for value in column]
    left[MEASUREMENTS] = [None if three else value for three, value in zip(is_three, column, strict=True)]
    for at, name in enumerate(MEASURES):
        own = left.get(name) or repeat(None)
        left[name] = [
            (value[at] if three else None) if alone is None else alone
            for three, value, alone in zip(is_three, column, own, strict=False)
        ]
    return left


def _hashable(column: Column) -> Column:
    if list not in set(map(type, column)):
        return column
    return [tuple(value) if type(value) is list else value for value in column]


def _kind(column: Column) -> str:
    """Of what a column is made: 1, 1.0 and True are equal keys but not equal texts, so they stay apart."""
    kinds = {kind.__name__ for kind in set(map(type, column))} - {"NoneType", "str"}
    if "list" in kinds and any(type(one) is not str for each in column if type(each) is list for one in each):
        return MIXED
    kinds -= {"list"}
    return MIXED if len(kinds) > 1 else kinds.pop() if kinds else "str"
