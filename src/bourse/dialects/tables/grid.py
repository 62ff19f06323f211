"""The rows of a sheet, kept turned on their side: a list for each row of a large file would take as much
memory as its cells, and its columns as much again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import compress, islice, zip_longest
from typing import overload

from bourse.dialects.tables.cell import Cell

_AT_ONCE = 256  # rows whose cells the processor's cache holds while they are turned
Row = Sequence[Cell]


class CellsBelow(Sequence[Cell]):
    """One column of a grid from its first row on, without a copy."""

    __slots__ = ("_cells", "_first")

    def __init__(self, cells: list[Cell], first: int) -> None:
        self._cells, self._first = cells, first

    def __len__(self) -> int:
        return len(self._cells) - self._first

    def __iter__(self) -> Iterator[Cell]:
        return islice(self._cells, self._first, None)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cell]: ...
    def __getitem__(self, at: int | slice) -> Cell | list[Cell]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            return self._cells[self._first + start : self._first + stop : step]
        return self._cells[at if at < 0 else self._first + at]


class Grid(Sequence[list[Cell]]):
    """Rows that are given out as lists, one by one, and taken in in any number."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._columns: list[list[Cell]] = []
        self._lengths: list[int] | None = None  # of all rows, as soon as they differ
        self._first = self._count = 0
        self._pending: list[Row] = []
        self.add(rows)

    def add(self, rows: Sequence[Row]) -> None:
        """Take these rows behind the others."""
        self._pending += rows
        if len(self._pending) >= _AT_ONCE:
            self._turn()

    def _turn(self) -> None:
        """Put the rows that are waiting under their columns."""
        rows, self._pending = self._pending, []
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            lengths = list(map(len, some))
            self._note(lengths)
            is_even = len(set(lengths)) == 1
            turned = zip(*some, strict=True) if is_even else zip_longest(*some, fillvalue=None)
            self._take(list(turned), len(some))

    def _note(self, lengths: list[int]) -> None:
        if self._lengths is None and set(lengths) == {len(self._columns) if self._count else lengths[0]}:
            return
        if self._lengths is None:
            self._lengths = [len(self._columns)] * self._count
        self._lengths += lengths

    def _take(self, turned: list[tuple[Cell, ...]], count: int) -> None:
        nothing: list[Cell] = [None] * count
        while len(self._columns) < len(turned):
            self._columns.append([None] * self._count)
        for index, column in enumerate(self._columns):
            column += turned[index] if index < len(turned) else nothing
        self._count += count

    def _width(self, at: int) -> int:
        return len(self._columns) if self._lengths is None else self._lengths[at]

    def __len__(self) -> int:
        return self._count - self._first + len(self._pending)

    def __iter__(self) -> Iterator[list[Cell]]:
        self._turn()
        if not self._columns:
            yield from ([] for _row in range(len(self)))
            return
        rows = zip(*(islice(column, self._first, None) for column in self._columns), strict=True)
        if self._lengths is None:
            yield from map(list, rows)
        else:
            for row, length in zip(rows, islice(self._lengths, self._first, None), strict=True):
                yield list(row[:length])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Grid | list):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == list(row) for mine, row in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Grid({list(self)!r})"

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        self._turn()
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        place = at + self._count if at < 0 else at + self._first
        if not self._first <= place < self._count:
            raise IndexError(at)
        return [column[place] for column in islice(self._columns, self._width(place))]

    def clear(self) -> None:
        """Let go of every row."""
        self.__init__()  # type: ignore[misc]

    def lengths(self) -> list[int]:
        """How many cells each row has."""
        self._turn()
        if self._lengths is None:
            return [len(self._columns)] * len(self)
        return self._lengths[self._first :]

    def below(self, first: int) -> "Grid":
        """The rows from this one on; they are shared, not copied."""
        self._turn()
        grid = Grid()
        grid._columns, grid._lengths, grid._count = list(self._columns), self._lengths, self._count
        grid._first = self._first + first
        return grid

    def without(self, gone: Collection[int]) -> "Grid":
        """The rows but for these."""
        return self.only([at for at in range(len(self)) if at not in gone])

    def only(self, kept: Sequence[int]) -> "Grid":
        """These rows, given in their order."""
        self._turn()
        chosen = bytearray(self._count)
        for at in kept:
            chosen[self._first + at] = 1
        grid = Grid()
        grid._columns = [list(compress(column, chosen)) for column in self._columns]
        grid._lengths = None if self._lengths is None else list(compress(self._lengths, chosen))
        grid._count = len(kept)
        return grid

    def with_rows(self, changed: Mapping[int, Row]) -> "Grid":
        """The same with these rows in the place of those that stand there."""
        grid = self.only(range(len(self)))
        width = max([len(grid._columns), *map(len, changed.values())])
        while len(grid._columns) < width:
            grid._columns.append([None] * grid._count)
        lengths = self.lengths()
        for at, row in changed.items():
            lengths[at] = len(row)
            for index, column in enumerate(grid._columns):
                column[at] = row[index] if index < len(row) else None
        grid._lengths = lengths
        return grid

    def filled_up(self, width: int, empty: Cell) -> "Grid":
        """The same with every row as long as this."""
        if set(self.lengths()) <= {width}:
            return self
        return self.each(lambda row: row + [empty] * (width - len(row)))

    def each(self, change: Callable[[list[Cell]], list[Cell]]) -> "Grid":
        """The same with every row changed."""
        grid = Grid()
        for row in self:
            grid.add([change(row)])
        return grid

    def columns(self, width: int) -> list[Sequence[Cell]]:
        """The first columns, short rows filled up with nothing."""
        self._turn()
        held = [CellsBelow(column, self._first) for column in self._columns[:width]]
        nothing: tuple[Cell, ...] = (None,) * len(self)
        return [*held, *[nothing] * (width - len(held))]
