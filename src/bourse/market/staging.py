"""Writes what was read of a file beside its upload, in short transactions, by COPY."""

from collections.abc import Iterable, Sequence

from django.db import connection

from bourse.market.lines import Slices, slices_of
from bourse.market.models import RefusedRow, StagedRow, UnreadCell
from bourse.market.reading import STAGED, UNREAD, Prepared, Refusal


def stage(upload_id: int, prepared: Prepared) -> None:
    """Write rows, refused rows and unread cells, in place of those of an earlier reading."""
    forget(upload_id)
    _copy(StagedRow._meta.db_table, STAGED, upload_id, prepared.staged)
    _copy(UnreadCell._meta.db_table, UNREAD, upload_id, prepared.unread)
    _copy(RefusedRow._meta.db_table, Refusal._fields, upload_id, prepared.refused)


def refuse(upload_id: int, rows: Iterable[Refusal]) -> None:
    """Keep further rows that were not taken, for the company to see and mend."""
    _copy(RefusedRow._meta.db_table, Refusal._fields, upload_id, slices_of(rows))


def drop_staged(upload_id: int) -> None:
    """The rows are live or given up."""
    StagedRow.objects.filter(upload_id=upload_id).delete()


def forget(upload_id: int) -> None:
    """Drop what an earlier reading of the same file left."""
    for model in (StagedRow, RefusedRow, UnreadCell):
        model.objects.filter(upload_id=upload_id).delete()


def _copy(table: str, columns: Sequence[str], upload_id: int, slices: Slices) -> None:
    """COPY the slices, each its own short transaction."""
    names = ", ".join(f'"{column}"' for column in ("upload_id", *columns))
    with connection.cursor() as cursor:
        for lines in slices.lines(upload_id):
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write(lines)
