"""Looks whether the links of listings still lead to something: a few of each host a minute, outside only.

What a server says is never shown, nothing of a body is read, and every address goes through bourse.kit.fetch.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.db import connection, transaction

from bourse.kit.fetch import FetchLimits, Resolver, look
from bourse.kit.marks import holds_sample
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import (
    AddressHoldsPassword,
    AddressNotReadable,
    HostIsNumber,
    NotHttps,
    PortNotAllowed,
    read_address,
)
from bourse.market.links import NOT_OURS, Seen, after, barred
from bourse.market.models import LinkCheck, Listing, MediaKind

log = structlog.get_logger()

MINUTES_OF_A_DAY = 1_440
LISTINGS_AT_ONCE = 2_000
MOST_AT_ONCE = 300
LONGEST_RUN_S = 40
LEASE = timedelta(minutes=10)
LIMITS = FetchLimits(seconds=8)
SILENT_AFTER = 2  # of a host that does not answer, the rest waits for a later run
_NO_ADDRESS = (AddressHoldsPassword, AddressNotReadable, HostIsNumber, NotHttps, PortNotAllowed)
_HOST = r"left(lower(substring(address from '^https?://(?:[^/?#@]*@)?([^/:?#]+)')), 253)"
_NEXT = f"""
    SELECT stock.id, stock.company_id, stock.revision
    FROM members_company AS firm LEFT JOIN market_linkwatch AS watch ON watch.company_id = firm.id
    CROSS JOIN LATERAL (
        SELECT id, company_id, revision FROM market_listing
        WHERE company_id = firm.id
              AND (revision, id) > (coalesce(watch.revision, -1), coalesce(watch.listing_key, 0))
        ORDER BY revision, id LIMIT {LISTINGS_AT_ONCE}
    ) AS stock
    WHERE firm.suspended_at IS NULL"""
_LINKS = """
    SELECT DISTINCT ON (listing_id, md5(address)) * FROM (
        SELECT stock.id AS listing_id, given.kind, given.address
        FROM found JOIN market_listing AS stock USING (id)
        CROSS JOIN LATERAL (
            SELECT 'picture' AS kind, unnest(stock.image_urls) AS address
            UNION ALL SELECT 'film', unnest(stock.video_urls)
            UNION ALL SELECT 'certificate', stock.certificate_url
            UNION ALL SELECT 'film', address FROM market_media AS media
                WHERE media.company_id = stock.company_id AND media.stone_id = stock.stone_id
                      AND media.kind = 'film'
        ) AS given WHERE stock.is_live AND given.address <> ''
    ) AS links"""
_KNOW = f"""
    WITH found AS MATERIALIZED ({_NEXT}), links AS MATERIALIZED ({_LINKS}),
    gone AS (
        DELETE FROM market_linkcheck AS old USING found WHERE old.listing_id = found.id AND NOT EXISTS (
            SELECT FROM links WHERE links.listing_id = old.listing_id AND links.address = old.address)
    ), added AS (
        INSERT INTO market_linkcheck (listing_id, kind, address, host, state, why, next_at)
        SELECT listing_id, kind, address, coalesce({_HOST}, ''),
               CASE WHEN is_ours THEN 'waiting' ELSE 'not_checked' END,
               CASE WHEN is_ours THEN '' ELSE %(not_ours)s END, CASE WHEN is_ours THEN %(now)s END
        FROM (SELECT *, address ILIKE 'https://%%' AS is_ours FROM links) AS links
        ON CONFLICT DO NOTHING
    )
    INSERT INTO market_linkwatch (company_id, revision, listing_key)
    SELECT DISTINCT ON (company_id) company_id, revision, id
    FROM found ORDER BY company_id, revision DESC, id DESC
    ON CONFLICT (company_id) DO UPDATE SET revision = excluded.revision, listing_key = excluded.listing_key"""
_TAKE = f"""
    UPDATE market_linkcheck SET next_at = %(now)s + %(lease)s WHERE id IN (
        SELECT one.id FROM (SELECT DISTINCT host FROM market_linkcheck WHERE next_at <= %(now)s) AS due
        CROSS JOIN LATERAL (
            SELECT link.id FROM market_linkcheck AS link
            WHERE link.host = due.host AND link.next_at <= %(now)s
            ORDER BY link.next_at LIMIT %(per_host)s FOR UPDATE SKIP LOCKED
        ) AS one LIMIT {MOST_AT_ONCE}
    ) RETURNING id, address, host, failures, failing_since"""


class _Taken(NamedTuple):
    """A link that this run looks at; another run takes it again only once the lease is over."""

    key: int
    address: str
    host: str
    failures: int
    failing_since: datetime | None


def check_links(*, resolver: Resolver, now: datetime) -> int:
    """Learn of new links and look at those whose time has come; how many were looked at.

    A house that holds the sample looks at none: its links are invented.
    """
    if not settings.LINK_CHECKS_A_DAY or holds_sample():
        return 0
    know_links(now)
    begun, silent, looked = time.monotonic(), Counter[str](), 0
    for link in _taken(now):
        if time.monotonic() - begun > LONGEST_RUN_S:
            break
        if silent[link.host] < SILENT_AFTER:
            looked += 1
            silent[link.host] += _look_at(link, resolver, now)
    log.info("links_checked", looked=looked)
    return looked


def watch_film(found: Listing, address: str, now: datetime) -> None:
    """Have a film that was linked by hand looked for from now on."""
    host = read_address(address).host
    kept = LinkCheck(listing=found, kind=MediaKind.FILM, address=address, host=host, next_at=now)
    LinkCheck.objects.bulk_create([kept], ignore_conflicts=True)


@transaction.atomic
def know_links(now: datetime) -> None:
    """The links of listings that changed since the last run; those that are gone are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOW, {"now": now, "not_ours": NOT_OURS})


def _taken(now: datetime) -> Sequence[_Taken]:
    """The links of this run, those of one host apart from each other."""
    per_host = max(1, settings.LINK_CHECKS_A_DAY // MINUTES_OF_A_DAY)
    with transaction.atomic(), connection.cursor() as cursor:
        values: dict[str, Any] = {"now": now, "lease": LEASE, "per_host": per_host}
        cursor.execute(_TAKE, values)
        rows = [_Taken(*row) for row in cursor.fetchall()]
    places: Counter[str] = Counter()
    turns = []
    for row in sorted(rows):
        places[row.host] += 1
        turns.append((places[row.host], row))
    return [row for _, row in sorted(turns)]


def _look_at(link: _Taken, resolver: Resolver, now: datetime) -> bool:
    """Look at one link and keep what was found; whether its host did not answer at all."""
    is_silent = False
    try:
        looked = look(link.address, resolver=resolver, limits=LIMITS)
        seen = Seen(barred(looked.status), looked.why_not)
    except _NO_ADDRESS as refusal:
        seen = Seen(True, str(refusal))
    except Refusal as refusal:
        seen, is_silent = Seen(False, str(refusal)), True
    told = after(seen, failures=link.failures, failing_since=link.failing_since, now=now)
    LinkCheck.objects.filter(pk=link.key).update(**told, checked_at=now)
    return is_silent
