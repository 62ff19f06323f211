"""Writes a difference into a company's stock, set by set. The confirm alone calls it, in its transaction.

In this order no unique index is broken on the way: what is removed frees its stone and number first,
a number or a report that moves is freed before it is given, what is changed comes before what is new.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from bourse.market.confirming import confirm_rows_of
from bourse.market.lines import Refusal
from bourse.market.matching import COLUMNS, PLAN, USUAL_PLAN, difference_of, torn
from bourse.market.models import Upload, UploadKind
from bourse.market.past import keep_past_of, next_revision
from bourse.market.restoring import TAKEN, taken
from bourse.market.staging import drop_staged, refuse

DIFFERENCE_TABLE = "confirmed_difference"
_SETS = ", ".join(f"{column} = file.{column}" for column in COLUMNS)
_NAMES = ", ".join(COLUMNS)
_FILE = ", ".join(f"file.{column}" for column in COLUMNS)

_ASK_ENTRY = (
    "listing_id, at, person_id, upload_id, hides_ask, hides_cash_ask,"
    " ask_cents, cash_ask_cents, availability, is_live"
)

_JOIN_STONES = """
    LEFT JOIN market_stone AS reported ON file.report_key <> '' AND reported.report_number <> ''
        AND reported.laboratory = file.laboratory AND reported.report_number = file.report_number
    LEFT JOIN market_stone AS own ON file.report_key = '' AND own.public_id = file.stone_public_id
"""

_END_REMOVED = f"""
    WITH ended AS (
        UPDATE market_listing AS stock
        SET is_live = FALSE, ended_at = %(now)s, ended_because = 'removed', changed_at = %(now)s,
            last_upload_id = %(upload_id)s, version = stock.version + 1, revision = %(revision)s
        FROM {DIFFERENCE_TABLE} AS found WHERE found.kind = 'removed' AND stock.id = found.listing_id
        RETURNING stock.id, stock.hides_ask, stock.hides_cash_ask, stock.ask_cents, stock.cash_ask_cents,
                  stock.availability
    )
    INSERT INTO market_askchange ({_ASK_ENTRY})
    SELECT id, %(now)s, %(person_id)s, %(upload_id)s, hides_ask, hides_cash_ask,
           ask_cents, cash_ask_cents, availability, FALSE
    FROM ended ORDER BY id
"""

_ADD_STONES_WITH_REPORT = f"""
    INSERT INTO market_stone (public_id, laboratory, report_number, created_at)
    SELECT file.stone_public_id, file.laboratory, file.report_number, %(now)s
    FROM {DIFFERENCE_TABLE} AS found JOIN market_stagedrow AS file ON file.id = found.staged_id
    WHERE found.kind IN ('new', 'changed') AND file.report_key <> ''
    ORDER BY file.laboratory COLLATE "C", file.report_number COLLATE "C"
    ON CONFLICT (laboratory, report_number) WHERE NOT report_number = '' DO NOTHING
"""  # in one order, so that two companies that bring the same stones never wait for each other in a circle

_ADD_OWN_STONES = f"""
    INSERT INTO market_stone (public_id, laboratory, report_number, owner_id, created_at)
    SELECT file.stone_public_id, '', '', %(company_id)s, %(now)s
    FROM {DIFFERENCE_TABLE} AS found JOIN market_stagedrow AS file ON file.id = found.staged_id
    LEFT JOIN market_listing AS stock ON stock.id = found.listing_id
    WHERE file.report_key = ''
          AND (found.kind = 'new' OR found.kind = 'changed' AND stock.report_key <> '')
    ON CONFLICT (public_id) DO NOTHING
"""  # a restore names the stone that there was

_FREE_MOVED_NUMBERS = f"""
    UPDATE market_listing AS stock SET stock_key = '', supplier_stock_number = ''
    FROM {DIFFERENCE_TABLE} AS found JOIN market_stagedrow AS file ON file.id = found.staged_id
    WHERE found.kind = 'changed' AND stock.id = found.listing_id
          AND stock.stock_key <> '' AND stock.stock_key <> file.stock_key
"""

_FREE_MOVED_REPORTS = f"""
    UPDATE market_listing AS stock SET is_live = FALSE, ended_at = %(now)s
    FROM {DIFFERENCE_TABLE} AS found JOIN market_stagedrow AS file ON file.id = found.staged_id
    WHERE found.kind = 'changed' AND stock.id = found.listing_id AND stock.report_key <> file.report_key
"""  # for a moment: the change makes them live again, with their new stones

_REMEMBER_CHANGED_ASKS = f"""
    INSERT INTO market_askchange ({_ASK_ENTRY})
    SELECT stock.id, %(now)s, %(person_id)s, %(upload_id)s, stock.hides_ask, stock.hides_cash_ask,
           file.ask_cents, file.cash_ask_cents, file.availability, TRUE
    FROM {DIFFERENCE_TABLE} AS found
    JOIN market_stagedrow AS file ON file.id = found.staged_id
    JOIN market_listing AS stock ON stock.id = found.listing_id
    WHERE found.kind = 'returned' OR found.kind = 'changed'
          AND (stock.ask_cents, stock.cash_ask_cents, stock.availability)
              IS DISTINCT FROM (file.ask_cents, file.cash_ask_cents, file.availability)
    ORDER BY stock.id
"""

_CHANGE = f"""
    UPDATE market_listing AS stock
    SET {_SETS}, stone_id = coalesce(reported.id, own.id, stock.stone_id), is_live = TRUE,
        ended_at = NULL, ended_because = '', changed_at = %(now)s, last_upload_id = %(upload_id)s,
        version = stock.version + 1, revision = %(revision)s
    FROM {DIFFERENCE_TABLE} AS found
    JOIN market_stagedrow AS file ON file.id = found.staged_id
    {_JOIN_STONES}
    WHERE found.kind IN ('changed', 'returned') AND stock.id = found.listing_id
"""

_ADD_NEW = f"""
    WITH added AS (
        INSERT INTO market_listing (public_id, company_id, stone_id, is_live, listed_at, changed_at,
                                    last_upload_id, version, revision, {_NAMES})
        SELECT file.listing_public_id, %(company_id)s, coalesce(reported.id, own.id), TRUE, %(now)s, %(now)s,
               %(upload_id)s, 1, %(revision)s, {_FILE}
        FROM {DIFFERENCE_TABLE} AS found
        JOIN market_stagedrow AS file ON file.id = found.staged_id
        {_JOIN_STONES}
        WHERE found.kind = 'new'
        ORDER BY file.id
        RETURNING id, hides_ask, hides_cash_ask, ask_cents, cash_ask_cents, availability
    )
    INSERT INTO market_askchange ({_ASK_ENTRY})
    SELECT id, %(now)s, %(person_id)s, %(upload_id)s, hides_ask, hides_cash_ask,
           ask_cents, cash_ask_cents, availability, TRUE
    FROM added ORDER BY id
"""

_TORN = f"""
    SELECT file.sheet, file.row, file.supplier_stock_number, stock.report_key, stock.supplier_stock_number
    FROM {DIFFERENCE_TABLE} AS found
    JOIN market_stagedrow AS file ON file.id = found.staged_id
    JOIN market_listing AS stock ON stock.id = found.listing_id
    WHERE found.kind = 'refused' ORDER BY file.id
"""

_ORDER = (
    keep_past_of(DIFFERENCE_TABLE),
    _END_REMOVED,
    _ADD_STONES_WITH_REPORT,
    _ADD_OWN_STONES,
    _FREE_MOVED_NUMBERS,
    _FREE_MOVED_REPORTS,
    _REMEMBER_CHANGED_ASKS,
    _CHANGE,
    _ADD_NEW,
)


def find_difference(found: Upload, scope: Mapping[str, int | bool]) -> None:
    """Put the difference as it is now into a table of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(PLAN)
        cursor.execute(
            f"CREATE TEMPORARY TABLE {DIFFERENCE_TABLE} ON COMMIT DROP AS {difference_of(found.kind)}", scope
        )
        cursor.execute(f"ANALYZE {DIFFERENCE_TABLE}; {USUAL_PLAN}")


def write_difference(found: Upload, person_id: int, now: datetime) -> int:
    """Make the stock what the difference says, with its history, and drop the staged rows; the revision."""
    values: dict[str, int | datetime] = {
        "upload_id": found.pk,
        "company_id": found.company_id,
        "person_id": person_id,
        "revision": (revision := next_revision()),
        "now": now,
    }
    with connection.cursor() as cursor:
        for statement in _ORDER:
            cursor.execute(statement, values)
        refused = _refused_restores(cursor, values) if found.kind == UploadKind.RESTORE else _torn(cursor)
        confirm_rows_of(found, DIFFERENCE_TABLE, now)
        cursor.execute(f"DROP TABLE {DIFFERENCE_TABLE}")
    refuse(found.pk, refused)
    drop_staged(found.pk)
    return revision


def _torn(cursor: CursorWrapper) -> list[Refusal]:
    cursor.execute(_TORN)
    return [
        Refusal(
            sheet=sheet,
            row=row,
            column="stock_no",
            found=number,
            expected="a stock number and a report of the same stone",
            why=torn(report_key, live_number),
            cure="Correct one of the two, or send your whole stock in replace-all mode.",
        )
        for sheet, row, number, report_key, live_number in cursor.fetchall()
    ]


def _refused_restores(cursor: CursorWrapper, values: Mapping[str, int | datetime]) -> list[Refusal]:
    cursor.execute(
        f"{TAKEN} JOIN {DIFFERENCE_TABLE} AS found ON found.staged_id = file.id AND found.kind = 'refused'",
        values,
    )
    return [
        Refusal(
            sheet="",
            row=row,
            column="stock_no",
            found=number,
            expected="a stock number and a stone that no other listing has taken",
            why=taken(number, report_key, public_id),
            cure="Withdraw that listing, then restore once more.",
        )
        for row, number, report_key, public_id in cursor.fetchall()
    ]
