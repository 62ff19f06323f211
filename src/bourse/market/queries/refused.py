"""What was not taken of a file, grouped by its cure over all rows, and given back as a file."""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet

from bourse.dialects import Column, Correction
from bourse.dialects.writing import RefusedLine, refused_csv, refused_xlsx
from bourse.kit.refusal import NotThere
from bourse.market.corrections import LAST_INDEX, NUL
from bourse.market.models import RefusedRow, UnreadCell, Upload
from bourse.market.queries.uploads import RefusedRowView, own_upload
from bourse.members.actor import Actor

MOST_GROUPS, MOST_VALUES, ROWS_SHOWN = 200, 50, 10
MOST_IN_A_FILE = 250_000
_KEY = 'sheet, "column", index, expected, cure'

_GROUPS = f"""
    SELECT {_KEY}, mode() WITHIN GROUP (ORDER BY why), count(*), min(id)
    FROM {{table}} WHERE upload_id = %(upload_id)s {{only}}
    GROUP BY {_KEY} ORDER BY count(*) DESC, min(id) LIMIT {MOST_GROUPS}
"""
_VALUES = f"""
    SELECT {_KEY}, found, count FROM (
        SELECT {_KEY}, found, count(*) AS count, row_number() OVER (
                   PARTITION BY {_KEY} ORDER BY count(*) DESC, found) AS place
        FROM {{table}} WHERE upload_id = %(upload_id)s {{only}} GROUP BY {_KEY}, found
    ) AS counted WHERE place <= {MOST_VALUES} ORDER BY place
"""
_FIRST = f"""
    SELECT {_KEY}, row, found, why, {{cells}} FROM (
        SELECT *, row_number() OVER (PARTITION BY {_KEY} ORDER BY id) AS place
        FROM {{table}} WHERE upload_id = %(upload_id)s {{only}}
    ) AS ranked WHERE place <= {ROWS_SHOWN} ORDER BY id
"""

_Key = tuple[str, str, int, str, str]


class FoundValue(msgspec.Struct, frozen=True):
    """A text that stands in cells of a group, and in how many."""

    text: str
    count: int


class Group(msgspec.Struct, frozen=True):
    """Rows or cells with one cure: how many, what was found in them, the commonest reason, the first rows."""

    sheet: str
    column: str
    index: int
    expected: str
    cure: str
    why: str
    count: int
    values: list[FoundValue]
    rows: list[RefusedRowView]


def refused_groups(actor: Actor, upload_id: str) -> list[Group]:
    """All rows that were not taken, by cure, the largest group first."""
    found = own_upload(actor, upload_id)
    return _groups(found, RefusedRow._meta.db_table, "", "cells")


def unread_groups(actor: Actor, upload_id: str, *, is_doubt: bool = False) -> list[Group]:
    """All cells of taken rows that were not read, or were read with a doubt, by cure."""
    found = own_upload(actor, upload_id)
    only = "AND is_doubt" if is_doubt else "AND NOT is_doubt"
    return _groups(found, UnreadCell._meta.db_table, only, "'{}'::text[]")


def corrections_for(
    actor: Actor, upload_id: str, column: int, found: str, text: str, sheet: str | None = None
) -> list[Correction]:
    """This text in place of the found one, in each cell of the column (by its place) that has kept a row out,
    or was not read.
    """
    upload = own_upload(actor, upload_id)
    if not 0 <= column <= LAST_INDEX or NUL in found + (sheet or ""):
        return []
    within = Q(upload=upload) if sheet is None else Q(upload=upload, sheet=sheet)
    rows = RefusedRow.objects.filter(within, **{f"cells__{column}": found})
    cells = UnreadCell.objects.filter(within, index=column, found=found)
    places = [*rows.order_by("pk").values_list("sheet", "row"), *cells.values_list("sheet", "row")]
    return [Correction(name, row, column, text) for name, row in dict.fromkeys(places)]


def refused_file(actor: Actor, upload_id: str, format: str) -> bytes:
    """The rows that were not taken under their headers, with reason and cure: a file that is taken back."""
    writers: dict[str, Callable[..., Any]] = {"csv": refused_csv, "xlsx": refused_xlsx}
    found = own_upload(actor, upload_id)
    if format not in writers:
        raise NotThere("Refused rows come as csv or xlsx.")
    headers, places = _headers(msgspec.convert(found.report.get("columns", []), list[Column]))
    written = writers[format](headers, _lines(found, len(headers), places))
    return written if isinstance(written, bytes) else b"".join(written)


def _groups(found: Upload, table: str, only: str, cells: str) -> list[Group]:
    def told(statement: str) -> list[tuple[_Key, tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=table, only=only, cells=cells), {"upload_id": found.pk})
            return [(row[:5], row[5:]) for row in cursor.fetchall()]

    values: dict[_Key, list[FoundValue]] = {}
    for key, (text, count) in told(_VALUES):
        values.setdefault(key, []).append(FoundValue(text, count))
    rows: dict[_Key, list[RefusedRowView]] = {}
    for key, told_row in told(_FIRST):
        rows.setdefault(key, []).append(_first_row(key, *told_row))
    return [
        Group(*key, why=why, count=count, values=values[key], rows=rows[key])
        for key, (why, count, _) in told(_GROUPS)
    ]


def _first_row(key: _Key, row: int, found: str, why: str, cells: list[str]) -> RefusedRowView:
    sheet, column, index, expected, cure = key
    return RefusedRowView(sheet, row, column, found, expected, why, cure, index, cells)


def _headers(columns: list[Column]) -> tuple[list[str], dict[tuple[str, int], int]]:
    """The headers of all sheets, each once, and the place of each sheet's columns among them."""
    headers: dict[tuple[str, int], int] = {}
    places: dict[tuple[str, int], int] = {}
    times: dict[tuple[str, str], int] = {}
    for column in columns:
        nth = times[column.sheet, column.header] = times.get((column.sheet, column.header), 0) + 1
        places[column.sheet, column.index] = headers.setdefault((column.header, nth), len(headers))
    return [header for header, _ in headers], places


def _lines(found: Upload, width: int, places: dict[tuple[str, int], int]) -> Iterator[RefusedLine]:
    rows: QuerySet[RefusedRow] = RefusedRow.objects.filter(upload=found).exclude(cells=[]).order_by("pk")
    for row in rows[:MOST_IN_A_FILE].iterator(chunk_size=5_000):
        cells = [""] * width
        for index, text in enumerate(row.cells):
            if (place := places.get((row.sheet, index))) is not None:
                cells[place] = text
        yield RefusedLine(row.row, cells, row.why, row.cure)
