"""Writes what was read of a file beside its upload, in short transactions, by COPY."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import psycopg
from django.db import connection, transaction
from django.db.models import Max

from bourse.market.claims import Claims
from bourse.market.lines import REFUSAL, ROWS_AT_ONCE, Refusal, slices_of
from bourse.market.models import Listing, RefusedRow, StagedRow, UnreadCell, Upload, UploadFile, UploadState
from bourse.market.past import as_of
from bourse.market.reading import UNREAD, Prepared
from bourse.market.staged_lines import STAGED

_KEEP_FILE = f"INSERT INTO {UploadFile._meta.db_table} (upload_id, content) VALUES (%s, %b)"  # noqa: S608
_COLUMNS = ", ".join(Claims._fields)
_WAS = ", ".join(f"was.{column}" for column in Claims._fields)
_STAGE_PAST = f"""
    INSERT INTO market_stagedrow (upload_id, sheet, row, restores_id, listing_public_id, stone_public_id,
                                  {_COLUMNS})
    SELECT %(upload_id)s, '', %(done)s + row_number() OVER (ORDER BY was.listing_id), was.listing_id,
           stock.public_id, stone.public_id, {_WAS}
    FROM ({as_of(_COLUMNS)}) AS was
    JOIN market_listing AS stock ON stock.id = was.listing_id
    JOIN market_stone AS stone ON stone.id = was.stone_id
    ORDER BY was.listing_id"""  # noqa: S608  the names come from this module


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
        _copy(RefusedRow._meta.db_table, REFUSAL, found, lines)


def stage_past(found: Upload) -> Iterator[int]:
    """Write the stock as it was before the upload that is taken back, in slices; rows done so far."""
    with transaction.atomic():
        hold(found)
        forget(found.pk)
    undone, after, done = found.restores, 0, 0
    assert undone is not None
    values = {"upload_id": found.pk, "company_id": found.company_id, "revision": undone.revision}
    while (last := _last_of_slice(found.company_id, after)) is not None:
        with transaction.atomic(), connection.cursor() as cursor:
            hold(found)
            cursor.execute(_STAGE_PAST, values | {"after": after, "last": last, "done": done})
            done += cursor.rowcount
        after = last
        yield done


def _last_of_slice(company_id: int, after: int) -> int | None:
    listings = Listing.objects.filter(company_id=company_id, pk__gt=after).order_by("pk")
    last: int | None = listings[:ROWS_AT_ONCE].aggregate(last=Max("pk"))["last"]
    return last


def hold(found: Upload) -> None:
    """Keep the upload this attempt's to write beside, until the transaction ends."""
    own = Upload.objects.filter(pk=found.pk, state=UploadState.READING, attempt=found.attempt)
    if not own.select_for_update(no_key=True).exists():
        raise GivenUp


def keep_file(upload_id: int, content: bytes) -> None:
    """Keep the file as it came. Bound apart and in binary: as a part of the statement it is twice as long."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(_KEEP_FILE, [upload_id, content])


def refuse(upload_id: int, rows: Iterable[Refusal]) -> None:
    """Keep further rows that were not taken, for the company to see and mend."""
    for lines in slices_of(map(msgspec.structs.astuple, rows)).lines(upload_id):
        _write(RefusedRow._meta.db_table, REFUSAL, lines)


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
