"""Writes what was read of a file beside its upload, in short transactions, by COPY."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection

from bourse.dialects import Reading, TakenStone
from bourse.kit.public_id import public_ids
from bourse.market.claims import Claims, NotStorable, claims_of
from bourse.market.models import RefusedRow, StagedRow, UnreadCell

ROWS_AT_ONCE = 10_000


class Refusal(NamedTuple):
    """A row that is not taken, and why."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str


_Row = tuple[object, ...]
_REFUSED = ("upload_id", *Refusal._fields)
_UNREAD = ("upload_id", "sheet", "row", "index", "found", "why")
_STAGED = ("upload_id", "sheet", "row", "listing_public_id", "stone_public_id", *Claims._fields)


def stage(upload_id: int, reading: Reading) -> tuple[int, int]:
    """Write rows, refused rows and unread cells; how many rows were staged and how many refused."""
    forget(upload_id)
    found = _Staging(upload_id)
    staged = _copy(StagedRow._meta.db_table, _STAGED, found.rows(reading.stones()))
    unread = (
        (upload_id, cell.sheet, cell.row, cell.index, cell.found, cell.why) for cell in reading.unread()
    )
    _copy(UnreadCell._meta.db_table, _UNREAD, unread)
    by_reader = (Refusal(*(getattr(row, name) for name in Refusal._fields)) for row in reading.refused())
    return staged, refuse(upload_id, [*by_reader, *found.refused])


def refuse(upload_id: int, rows: Iterable[Refusal]) -> int:
    """Keep the rows that were not taken, for the company to see and mend; how many they are."""
    return _copy(RefusedRow._meta.db_table, _REFUSED, ((upload_id, *row) for row in rows))


def drop_staged(upload_id: int) -> None:
    """The rows are live or given up."""
    StagedRow.objects.filter(upload_id=upload_id).delete()


def forget(upload_id: int) -> None:
    """Drop what an earlier reading of the same file left."""
    for model in (StagedRow, RefusedRow, UnreadCell):
        model.objects.filter(upload_id=upload_id).delete()


class _Staging:
    """The rows of one file on their way; a row that no listing can hold is refused by name."""

    def __init__(self, upload_id: int) -> None:
        self.upload_id = upload_id
        self.refused: list[Refusal] = []
        self._first_with: dict[tuple[str, str], TakenStone] = {}
        self._names: Iterator[str] = iter(())

    def rows(self, stones: Iterable[TakenStone]) -> Iterator[_Row]:
        """The columns of _STAGED for each row that can be listed."""
        for stone in stones:
            try:
                claims = claims_of(stone.values, stone.ask_cents)
            except NotStorable as error:
                self._refuse(stone, error.field, error.found, error.expected, "The value fits no listing.")
                continue
            if not self._stands_twice(stone, claims):
                yield (self.upload_id, stone.sheet, stone.row, self._name(), self._name(), *claims)

    def _stands_twice(self, stone: TakenStone, claims: Claims) -> bool:
        """Whether an earlier row took this stock number or report: the reader asks, here is the wall."""
        keys = [("stock_no", claims.stock_key), ("certificate_no", claims.report_key)]
        for field, key in keys:
            if key and (first := self._first_with.setdefault((field, key), stone)) is not stone:
                why = f"Row {first.row} of the same file has it already."
                self._refuse(stone, field, key, "one row for each stone", why)
                return True
        return False

    def _refuse(self, stone: TakenStone, field: str, found: str, expected: str, why: str) -> None:
        cure = "Correct the row and send it again."
        self.refused.append(Refusal(stone.sheet, stone.row, field, found, expected, why, cure))

    def _name(self) -> str:
        name = next(self._names, None)
        if name is None:
            self._names = iter(public_ids(2 * ROWS_AT_ONCE))
            name = next(self._names)
        return name


def _copy(table: str, columns: Sequence[str], rows: Iterable[_Row]) -> int:
    """COPY the rows in slices, each its own short transaction; how many there were."""
    names = ", ".join(f'"{column}"' for column in columns)
    rows, written = iter(rows), 0
    with connection.cursor() as cursor:
        while slice_ := list(islice(rows, ROWS_AT_ONCE)):
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in slice_:
                    copy.write_row(row)
            written += len(slice_)
    return written
