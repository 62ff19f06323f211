"""The difference between a file and its company's stock, as SQL: which row is which live listing.

A row is matched by the supplier's stock number where such a listing is live, else by laboratory and report
number, else it is new. The order of the two only matters where they point at different listings:

- In *replace all* the file is the whole stock, so the number wins: that listing takes on the row's stone.
- In *add and update* the listing that holds the report stays live, so the row is refused, both numbers named.
- A listing that a stock number claims is free for nobody's report.

A row with neither number is the live listing whose claims are the same in all but ask and availability, each
taken once; so the same file a second time changes nothing.
"""

from bourse.market.claims import Claims
from bourse.market.restoring import RESTORATION

COLUMNS = Claims._fields
ASK_COLUMNS = ("ask_cents", "cash_ask_cents", "priced_in", "rate", "rate_date", "availability")
_STEADY = ", ".join(column for column in COLUMNS if column not in ASK_COLUMNS)
_FILE = ", ".join(f"file.{column}" for column in COLUMNS)
_STOCK = ", ".join(f"stock.{column}" for column in COLUMNS)


def _nameless(table: str, where: str) -> str:
    """Rows with neither number, counted among those of equal claims."""
    return f"""
        SELECT id, claims, row_number() OVER (PARTITION BY claims ORDER BY ask_cents, id) AS copy
        FROM (
            SELECT id, ask_cents, md5(ROW({_STEADY})::text) AS claims
            FROM {table} WHERE {where} AND stock_key = '' AND report_key = ''
        ) AS nameless"""  # noqa: S608  the names come from this module


DIFFERENCE = f"""
    WITH live AS (
        SELECT id, stock_key, report_key FROM market_listing WHERE company_id = %(company_id)s AND is_live
    ), staged AS (
        SELECT id, stock_key, report_key FROM market_stagedrow WHERE upload_id = %(upload_id)s
    ), pointing AS (
        SELECT staged.id AS staged_id, by_report.id AS by_report, by_number.id AS by_number
        FROM staged
        LEFT JOIN live AS by_report ON by_report.report_key = staged.report_key AND staged.report_key <> ''
        LEFT JOIN live AS by_number ON by_number.stock_key = staged.stock_key AND staged.stock_key <> ''
    ), weighed AS (
        SELECT *, NOT %(replaces_all)s AND by_report IS NOT NULL AND by_number IS NOT NULL
                  AND by_report <> by_number AS is_torn
        FROM pointing
    ), alike AS (
        SELECT file.id AS staged_id, stock.id AS listing_id
        FROM ({_nameless("market_stagedrow", "upload_id = %(upload_id)s")}) AS file
        JOIN ({_nameless("market_listing", "company_id = %(company_id)s AND is_live")}) AS stock
            USING (claims, copy)
    ), matched AS (
        SELECT weighed.staged_id, weighed.is_torn, CASE WHEN NOT weighed.is_torn THEN coalesce(
                   weighed.by_number,
                   CASE WHEN claimed.by_number IS NULL THEN weighed.by_report END,
                   alike.listing_id
               ) ELSE weighed.by_report END AS listing_id
        FROM weighed
        LEFT JOIN weighed AS claimed ON claimed.by_number = weighed.by_report AND NOT claimed.is_torn
        LEFT JOIN alike ON alike.staged_id = weighed.staged_id
    )
    SELECT CASE
               WHEN matched.is_torn THEN 'refused'
               WHEN matched.listing_id IS NULL THEN 'new'
               WHEN ROW({_FILE}) IS DISTINCT FROM ROW({_STOCK}) THEN 'changed'
               ELSE 'unchanged'
           END AS kind, matched.staged_id, matched.listing_id, stock.version
    FROM matched
    JOIN market_stagedrow AS file ON file.id = matched.staged_id
    LEFT JOIN market_listing AS stock
        ON stock.id = matched.listing_id AND stock.company_id = %(company_id)s AND stock.is_live
    UNION ALL
    SELECT 'removed', NULL, stock.id, stock.version
    FROM market_listing AS stock
    WHERE %(replaces_all)s AND stock.company_id = %(company_id)s AND stock.is_live
          AND NOT EXISTS (SELECT FROM matched WHERE matched.listing_id = stock.id)
"""  # noqa: S608  the names come from this module


def difference_of(kind: str) -> str:
    """The SQL of the difference of an upload of this kind."""
    return RESTORATION if kind == "restore" else DIFFERENCE


PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"
"""For the transaction that asks: the planner's statistics do not know rows just staged, and where it takes a
hundred thousand of them for one it compares each with each, for minutes."""

USUAL_PLAN = "SET LOCAL enable_nestloop = on"

SUMMARY = """
    SELECT count(*) FILTER (WHERE kind IN ('new', 'returned')), count(*) FILTER (WHERE kind = 'changed'),
           count(*) FILTER (WHERE kind = 'removed'), count(*) FILTER (WHERE kind = 'unchanged'),
           count(*) FILTER (WHERE kind = 'refused'), count(*) FILTER (WHERE kind = 'kept'),
           encode(sha256(convert_to(coalesce(string_agg(
               concat_ws(':', kind, staged_id, listing_id, version), ' ' ORDER BY staged_id, listing_id
           ) FILTER (WHERE kind <> 'unchanged'), ''), 'UTF8')), 'hex'),
           (SELECT count(*) FROM market_listing WHERE company_id = %(company_id)s AND is_live)
"""
"""Counts of each kind, the fingerprint of what would change, and how many listings are live now.

Staged rows are never edited and a listing's version moves with every edit, so their numbers say all."""

SAMPLES = """
    (SELECT json_agg(json_build_array(kind, staged_id, listing_id) ORDER BY kind, place)
     FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY staged_id, listing_id) AS place
           FROM difference WHERE kind <> 'unchanged') AS ranked
     WHERE place <= %(limit)s)
"""
"""The first rows of each kind, to be shown."""


def torn(report_key: str, stock_number: str) -> str:
    """Why a row is refused that names two live listings, told by the one that has its report."""
    where = f"as your stock number {stock_number}" if stock_number else "as a listing without stock number"
    return f"{report_key} is live {where}, and the row's stock number is another of your listings."
