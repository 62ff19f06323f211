"""Writes what was read of a file beside its upload, in short transactions, by COPY."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from django.db import connection, transaction

from bourse.market.lines import ROWS_AT_ONCE, slices_of
from bourse.market.models import RefusedRow, StagedRow, UnreadCell, Upload, UploadState
from bourse.market.reading import REFUSED, STAGED, UNREAD, Prepared, Refusal


class GivenUp(Exception):
    """Nobody wants what this attempt read: the upload was given up, or another attempt reads it."""


def stage(found: Upload, prepared: Prepared) -> Iterator[int]:
    """Write rows, refused rows and unread cells, in place of an earlier reading's; rows done so far."""
    with transaction.atomic():
        hold(found)
        forget(found.pk)
    done = 0
    for lines in prepared.staged.lines(found.pk):
        _copy(StagedRow._meta.db_table, STAGED, found, lines)
        yield (done := min(done + ROWS_AT_ONCE, prepared.staged.count))
    for lines in prepared.unread.lines(found.pk):
        _copy(UnreadCell._meta.db_table, UNREAD, found, lines)
    for lines in prepared.refused.lines(found.pk):
        _copy(RefusedRow._meta.db_table, REFUSED, found, lines)


def hold(found: Upload) -> None:
    """Keep the upload this attempt's to write beside, until the transaction ends."""
    own = Upload.objects.filter(pk=found.pk, state=UploadState.READING, attempt=found.attempt)
    if not own.select_for_update(no_key=True).exists():
        raise GivenUp


def refuse(upload_id: int, rows: Iterable[Refusal]) -> None:
    """Keep further rows that were not taken, for the company to see and mend."""
    for lines in slices_of(map(msgspec.structs.astuple, rows)).lines(upload_id):
        _write(RefusedRow._meta.db_table, REFUSED, lines)


def drop_staged(upload_id: int) -> None:
    """The rows are live or given up."""
    StagedRow.objects.filter(upload_id=upload_id).delete()


def forget(upload_id: int) -> None:
    """Drop what an earlier reading of the same file left."""
    for model in (StagedRow, RefusedRow, UnreadCell):
        model.objects.filter(upload_id=upload_id).delete()


@transaction.atomic
def _copy(table: str, columns: Sequence[str], found: Upload, lines: bytes) -> None:
    """COPY one slice, its own short transaction."""
    hold(found)
    _write(table, columns, lines)


def _write(table: str, columns: Sequence[str], lines: bytes) -> None:
    names = ", ".join(f'"{column}"' for column in ("upload_id", *columns))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write(lines)
