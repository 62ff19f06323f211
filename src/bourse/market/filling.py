"""Puts a market that was made elsewhere straight into tables that hold nothing yet, with its whole past.

A row's foreign keys are not looked up one by one: the constraints are taken off, and the database checks all
rows at once when they are put back, in the same transaction. What the orders would have seen to beside, the
audit asks of the result.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import connection, transaction

from bourse.market.claims import Claims
from bourse.market.models import Upload, UploadMode, UploadState

CLAIMS = ", ".join(Claims._fields)
COLUMNS = {
    "market_stone": "id, public_id, laboratory, report_number, owner_id, created_at",
    "market_listing": "id, public_id, company_id, stone_id, is_live, hides_ask, hides_cash_ask, revision,"
    f" listed_at, changed_at, ended_at, last_upload_id, version, {CLAIMS}",
    "market_askchange": "listing_id, at, person_id, upload_id, ask_cents, cash_ask_cents, availability,"
    " is_live, hides_ask, hides_cash_ask",
    "market_pastlisting": "listing_id, stone_id, is_live, revision, until_revision, until, upload_id,"
    f" person_id, {CLAIMS}",
}
"""The tables in the order in which they are filled, and the columns of their lines."""

ANALYSED = (
    "market_stone",
    "market_upload (id, company_id)",
    "market_listing (id, company_id, stone_id, is_live, stock_key, report_key, last_upload_id, availability)",
    "market_askchange (listing_id, upload_id)",
    "market_pastlisting (listing_id, upload_id, until_revision)",
)
"""What the planner must know at once; the rest it learns in time."""

FILLED = (*COLUMNS, "market_upload")
REVISIONS = "market_revision"


class Keys(NamedTuple):
    """The keys from which a market's rows go on; those of uploads and revisions go on together."""

    stone: int = 1
    listing: int = 1
    upload: int = 1
    revision: int = 1


class PastUpload(NamedTuple):
    """A file of a whole stock that was confirmed once; the file itself is not kept."""

    place: int  # among all files, in the order of time
    public_id: str
    company_id: int
    person_id: int
    file_name: str
    confirmed_at: datetime
    new: int
    changed: int
    removed: int
    unchanged: int


Lines = Mapping[str, Sequence[str]]


def next_keys() -> Keys:
    """The keys from which new rows may go on."""
    names = [*map(_sequence, ("market_stone", "market_listing", "market_upload")), f"'{REVISIONS}'"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'nextval({name})' for name in names)}")
        return Keys(*(cursor.fetchone() or ()))


def _sequence(table: str) -> str:
    return f"pg_get_serial_sequence('{table}', 'id')"


@transaction.atomic
def fill(batches: Iterable[Lines], uploads: Iterable[PastUpload], keys: Keys) -> None:
    """Write the lines of every batch, then the uploads that brought them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with _checked_at_the_end():
        for lines in batches:
            for table, columns in COLUMNS.items():
                _copy(f"COPY {table} ({columns}) FROM STDIN", lines[table])
        _copy_uploads(uploads, keys)
    _confirm(keys)
    _go_on(keys)


def _copy(statement: str, lines: Sequence[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(lines).encode())


@contextmanager
def _checked_at_the_end() -> Iterator[None]:
    """Without foreign keys while the rows come in; put back, the database has checked them all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[]) ORDER BY 1, 2",
            [list(FILLED)],
        )
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _copy_uploads(uploads: Iterable[PastUpload], keys: Keys) -> None:
    """By COPY too: thousands of model instances took longer than all the listings."""
    silent = _silent()
    lines = []
    for told in uploads:
        values = {**silent, **_told(told, keys)}
        lines.append("\t".join(map(_cell, values.values())) + "\n")
    if lines:
        _copy(f"COPY market_upload ({', '.join(values)}) FROM STDIN", lines)


def _confirm(keys: Keys) -> None:
    """Each file was of a whole stock: with the last one, all of it was confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO market_stockconfirmation (company_id, at)"
            " SELECT company_id, max(confirmed_at) FROM market_upload WHERE id >= %s GROUP BY company_id",
            [keys.upload],
        )


def _silent() -> dict[str, object]:
    """What an upload says where nothing is said, for the columns to which the database gives nothing."""
    fields = (field for field in Upload._meta.concrete_fields if not field.primary_key)
    return {str(field.column): field.get_default() for field in fields if not field.has_db_default()}


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    return msgspec.json.encode(value).decode() if isinstance(value, dict | list) else str(value)


def _told(told: PastUpload, keys: Keys) -> dict[str, object]:
    rows = told.new + told.changed + told.unchanged
    return {
        "id": keys.upload + told.place,
        "public_id": told.public_id,
        "company_id": told.company_id,
        "person_id": told.person_id,
        "file_name": told.file_name,
        "mode": UploadMode.REPLACE_ALL.value,
        "state": UploadState.CONFIRMED.value,
        "report": {"format": "csv", "totals": {"rows": rows, "taken": rows, "refused": 0}},
        "new": told.new,
        "changed": told.changed,
        "removed": told.removed,
        "unchanged": told.unchanged,
        "revision": keys.revision + told.place,
        "created_at": told.confirmed_at,
        "confirmed_at": told.confirmed_at,
    }


def _go_on(keys: Keys) -> None:
    """The next key of each table comes after those that were given here, and a gap is no harm."""
    tables = {"market_stone": keys.stone, "market_listing": keys.listing, "market_upload": keys.upload}
    with connection.cursor() as cursor:
        for table, first in tables.items():
            cursor.execute(
                f"SELECT setval({_sequence(table)}, greatest(%s, (SELECT max(id) FROM {table})))",  # noqa: S608
                [first],
            )
        cursor.execute(
            f"SELECT setval('{REVISIONS}', greatest(%s, (SELECT max(revision) FROM market_upload)))",  # noqa: S608
            [keys.revision],
        )
        cursor.execute(f"ANALYZE {', '.join(ANALYSED)}")
