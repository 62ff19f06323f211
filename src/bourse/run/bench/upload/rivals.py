"""How others keep a table in step with a file: no checks, no difference, no history, no search."""

# ruff: noqa: S608  the statements are made of this bench's own headers

import csv
import importlib
import importlib.util
import io
import time
from typing import Any

import psycopg

from bourse.run.bench import Figures

SLICE = 5_000  # rows of the slow way; its time is scaled to the whole file
TOY_SLICE = 100


def measure(url: str, content: bytes, *, is_toy: bool) -> dict[str, Figures]:
    """Seconds until a plain table holds the file, and until it holds it again."""
    with psycopg.connect(url) as database:
        told = {"csv_dictreader_upserts": _row_by_row(database, content, TOY_SLICE if is_toy else SLICE)}
        if importlib.util.find_spec("polars"):
            told["polars_copy"] = _by_copy(database, content)
        database.rollback()
    return told


def _row_by_row(database: psycopg.Connection[Any], content: bytes, most: int) -> Figures:
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    headers = list(rows[0])
    _table(database, "rival_rows", headers)
    names, values = ", ".join(map(_name, headers)), ", ".join(["%s"] * len(headers))
    sets = ", ".join(f"{_name(header)} = excluded.{_name(header)}" for header in headers[1:])
    upsert = (
        f"INSERT INTO rival_rows ({names}) VALUES ({values}) ON CONFLICT (c_stock__) DO UPDATE SET {sets}"
    )
    times = []
    for _ in range(2):
        begun = time.monotonic()
        for row in rows[:most]:
            database.execute(upsert, list(row.values()))
        times.append((time.monotonic() - begun) * len(rows) / min(most, len(rows)))
    return {"first_searchable_s": times[0], "same_total_s": times[1]}


def _by_copy(database: psycopg.Connection[Any], content: bytes) -> Figures:
    polars = importlib.import_module("polars")
    headers = polars.read_csv(content, infer_schema=False, n_rows=1).columns
    _table(database, "rival_copied", headers)
    database.execute("CREATE TEMPORARY TABLE rival_staged (LIKE rival_copied)")
    sets = ", ".join(f"{_name(header)} = excluded.{_name(header)}" for header in headers[1:])
    times = []
    for _ in range(2):
        begun = time.monotonic()
        with database.cursor().copy("COPY rival_staged FROM STDIN (FORMAT csv)") as copy:
            copy.write(polars.read_csv(content, infer_schema=False).write_csv(include_header=False))
        database.execute(
            "INSERT INTO rival_copied SELECT * FROM rival_staged "
            f"ON CONFLICT (c_stock__) DO UPDATE SET {sets}; TRUNCATE rival_staged"
        )
        times.append(time.monotonic() - begun)
    return {"first_searchable_s": times[0], "same_total_s": times[1]}


def _table(database: psycopg.Connection[Any], name: str, headers: list[str]) -> None:
    columns = ", ".join(f"{_name(header)} text" for header in headers)
    database.execute(f"CREATE TEMPORARY TABLE {name} ({columns}, PRIMARY KEY (c_stock__))")


def _name(header: str) -> str:
    return "c_" + "".join(letter if letter.isalnum() else "_" for letter in header.casefold())
