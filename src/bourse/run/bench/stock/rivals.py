"""The same asks changed in a copy of the table: no checks, no history, no preview, no search."""

# ruff: noqa: S608  the statements are made of this bench's own words

import time
from typing import Any

import psycopg

from bourse.run.bench import Figures
from bourse.run.bench.stock.measured import CHOSEN, PERCENT

_ASK = f"ask_cents = (round(ask_cents * (1 + {PERCENT} / 100) / 100) * 100)::bigint, version = version + 1"
_OURS = f"""is_live AND shape = '{CHOSEN}' AND ask_cents IS NOT NULL
    AND company_id = (SELECT id FROM members_company WHERE name = 'ours')"""


def measure(url: str) -> dict[str, Figures]:
    """Seconds until the asks are committed: by one statement, and by one for each row."""
    with psycopg.connect(url) as database:
        database.execute("CREATE TABLE rival_listing (LIKE market_listing INCLUDING ALL)")
        database.execute("INSERT INTO rival_listing SELECT * FROM market_listing")
        database.execute("ANALYZE rival_listing")
        database.commit()
        keys = database.execute(f"SELECT id FROM rival_listing WHERE {_OURS}").fetchall()
        database.commit()
        told = {"one_update": _by_one(database), "update_a_row": _by_row(database, keys)}
        database.execute("DROP TABLE rival_listing")
    return told


def _by_one(database: psycopg.Connection[Any]) -> Figures:
    begun = time.monotonic()
    changed = database.execute(f"UPDATE rival_listing SET {_ASK} WHERE {_OURS}").rowcount
    database.commit()
    return {"reprice_rows": float(changed), "reprice_s": time.monotonic() - begun}


def _by_row(database: psycopg.Connection[Any], keys: list[Any]) -> Figures:
    begun = time.monotonic()
    for key in keys:
        database.execute(f"UPDATE rival_listing SET {_ASK} WHERE id = %s", key)
    database.commit()
    return {"reprice_rows": float(len(keys)), "reprice_s": time.monotonic() - begun}
