"""The difference between a company's stock and what it was just before one of its uploads, as SQL.

The staged rows of a restore are the listings that were live then, each with what it was. Since then:

- What was changed or withdrawn by hand stays as it is, and so does what another upload has put on memo or
  said to be gone: a restore undoes files, not people, and not what is out of the house. These are *kept*.
- A listing that ended is live again as itself. Where its stock number or its stone is live as another listing
  that is kept, it is *refused*, and so is in its turn whatever would take the place of one that was refused.
- All others are what they were; what was not live then is removed.
"""

from bourse.market.claims import Claims
from bourse.vocabulary import Availability

_FILE = ", ".join(f"file.{column}" for column in Claims._fields)
_STOCK = ", ".join(f"stock.{column}" for column in Claims._fields)
HELD = (Availability.MEMO.value, Availability.NOT_AVAILABLE.value)
_HELD = ", ".join(f"'{word}'" for word in HELD)

_BY_HAND = """EXISTS (
    SELECT FROM market_pastlisting AS past
    WHERE past.listing_id = stock.id AND past.upload_id IS NULL AND past.person_id IS NOT NULL
          AND past.until_revision > %(revision)s
)"""
_HELD_SINCE = f"""stock.is_live AND stock.availability IN ({_HELD})
AND stock.revision > %(revision)s AND NOT EXISTS (
    SELECT FROM market_pastlisting AS past
    WHERE past.listing_id = stock.id AND past.availability = stock.availability AND past.is_live
          AND past.revision <= %(revision)s AND past.until_revision > %(revision)s
)"""

RESTORATION = f"""
    WITH RECURSIVE target AS (
        SELECT file.id AS staged_id, file.restores_id AS listing_id, file.stock_key, stone.id AS stone_id
        FROM market_stagedrow AS file JOIN market_stone AS stone ON stone.public_id = file.stone_public_id
        WHERE file.upload_id = %(upload_id)s
    ), weighed AS (
        SELECT stock.id, stock.is_live, stock.version, stock.stock_key, stock.stone_id, target.staged_id,
               CASE WHEN target.staged_id IS NULL THEN stock.is_live
                    ELSE NOT stock.is_live OR stock.stone_id <> target.stone_id
                         OR ROW({_FILE}) IS DISTINCT FROM ROW({_STOCK}) END AS differs,
               {_BY_HAND} OR {_HELD_SINCE} AS is_kept
        FROM market_listing AS stock
        LEFT JOIN target ON target.listing_id = stock.id
        LEFT JOIN market_stagedrow AS file ON file.id = target.staged_id
        WHERE stock.company_id = %(company_id)s AND (stock.is_live OR target.staged_id IS NOT NULL)
    ), place AS (
        SELECT id AS listing_id, 'number ' || stock_key AS place
        FROM weighed WHERE is_live AND stock_key <> ''
        UNION ALL SELECT id, 'stone ' || stone_id FROM weighed WHERE is_live
    ), wanted AS (
        SELECT listing_id, 'number ' || stock_key AS place FROM target WHERE stock_key <> ''
        UNION ALL SELECT listing_id, 'stone ' || stone_id FROM target
    ), staying AS (
        SELECT id AS listing_id FROM weighed WHERE is_kept AND differs
        UNION
        SELECT wanted.listing_id
        FROM staying JOIN place USING (listing_id) JOIN wanted USING (place)
        WHERE wanted.listing_id <> place.listing_id
    )
    SELECT CASE
               WHEN NOT differs THEN 'unchanged'
               WHEN is_kept THEN 'kept'
               WHEN staged_id IS NULL THEN 'removed'
               WHEN staying.listing_id IS NOT NULL THEN 'refused'
               WHEN is_live THEN 'changed'
               ELSE 'returned'
           END AS kind, staged_id, id AS listing_id, version
    FROM weighed LEFT JOIN staying ON staying.listing_id = weighed.id
"""  # noqa: S608  the names come from this module

TAKEN = """
    SELECT DISTINCT ON (file.id) file.row, file.supplier_stock_number, file.report_key, taken.public_id
    FROM market_stagedrow AS file
    JOIN market_stone AS stone ON stone.public_id = file.stone_public_id
    JOIN market_listing AS taken ON taken.company_id = %(company_id)s AND taken.is_live
         AND taken.id <> file.restores_id AND (
             taken.stone_id = stone.id OR taken.stock_key = file.stock_key AND file.stock_key <> '')
"""
"""Where a refused row's number or stone is live; the caller adds which rows."""


def taken(stock_number: str, report_key: str, public_id: str) -> str:
    """Why a listing cannot come back, told by the one that has taken its number or its stone."""
    named = " or ".join(name for name in (stock_number, report_key) if name) or "The stone"
    return f"{named} is live as the listing {public_id}, which stays as it is."
