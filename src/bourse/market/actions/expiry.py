"""Listings that nobody confirms: their company is reminded, then they end; see docs/decisions/0026.

Every time is judged by the database's clock, in the transaction that writes what follows from it.
"""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from bourse.kit.outbox import announce
from bourse.market.actions.bulk import carry_out
from bourse.market.bulk import Kind
from bourse.market.choosing import FROM, NEVER, REMINDER_DAYS, ends_after_days
from bourse.market.confirming import CONFIRMED_AT
from bourse.market.facts import ListingsExpired, ListingsExpiring
from bourse.market.locks import take_stock_alone
from bourse.market.models import BulkAct, Ending, StockConfirmation

AT_ONCE = 10_000
NOTICE = timedelta(days=REMINDER_DAYS)
BETWEEN_REMINDERS = timedelta(days=1)
_DUE = f"({CONFIRMED_AT} + %(days)s * interval '1 day')"
_SOON = f"""
    SELECT DISTINCT stock.company_id FROM {FROM} JOIN members_company AS firm ON firm.id = stock.company_id
    WHERE stock.is_live AND firm.suspended_at IS NULL AND {_DUE} <= clock_timestamp() + %(notice)s
    ORDER BY 1"""
_EXPIRING = f"""
    SELECT clock_timestamp(), count(*), min({_DUE}),
           min({_DUE}) FILTER (WHERE {_DUE} > %(reminded_until)s::timestamptz)
    FROM {FROM}
    WHERE stock.company_id = %(company_id)s AND stock.is_live AND {_DUE} <= clock_timestamp() + %(notice)s"""
_PLAN = f"""
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    SELECT stock.id AS listing_id, stock.ask_cents AS new_ask, stock.cash_ask_cents AS new_cash,
           stock.availability AS new_availability, NULL::text AS why
    FROM {FROM}
    WHERE stock.company_id = %(company_id)s AND stock.is_live AND {_DUE} <= clock_timestamp()
          AND coalesce(house.spared_until <= clock_timestamp(), TRUE)
    ORDER BY stock.id LIMIT {AT_ONCE}"""
_LONG_AGO = "-infinity"


def end_unconfirmed(*, now: datetime) -> int:
    """Remind every company of what ends soon, and end what is due; how many listings ended."""
    days, ended = ends_after_days(), 0
    if days >= NEVER:
        return 0
    values: dict[str, Any] = {"days": days, "notice": NOTICE}
    with connection.cursor() as cursor:
        cursor.execute(_SOON, values)
        companies = [row[0] for row in cursor.fetchall()]
    for company_id in companies:
        _remind(company_id, days, now)
        while count := _end_some(company_id, days, now):
            ended += count
    return ended


@transaction.atomic
def _remind(company_id: int, days: int, now: datetime) -> None:
    """Tell the company once a day of what is new among the ending; late notice gives it time."""
    StockConfirmation.objects.get_or_create(company_id=company_id)
    house = StockConfirmation.objects.select_for_update().get(company_id=company_id)
    is_first = house.reminded_at is None or (house.reminded_days or 0) > days
    until = _LONG_AGO if is_first or house.reminded_at is None else house.reminded_at + NOTICE
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "company_id": company_id,
            "days": days,
            "notice": NOTICE,
            "reminded_until": until,
        }
        cursor.execute(_EXPIRING, values)
        told: tuple[datetime, int, datetime | None, datetime | None] = cursor.fetchone() or (
            now,
            0,
            None,
            None,
        )
    clock, count, first_at, fresh_at = told
    if first_at is None or fresh_at is None:
        return
    is_late = is_first or fresh_at < clock + NOTICE - 2 * BETWEEN_REMINDERS
    if not is_late and house.reminded_at and clock < house.reminded_at + BETWEEN_REMINDERS:
        return
    house.reminded_at, house.reminded_days = clock, days
    if is_late:
        house.spared_until = clock + NOTICE
    house.save(update_fields=["reminded_at", "reminded_days", "spared_until"])
    ends_at = max(first_at, clock + NOTICE) if is_late else first_at
    announce(ListingsExpiring(company_id=company_id, count=count, first_at=ends_at), now=now)


@transaction.atomic
def _end_some(company_id: int, days: int, now: datetime) -> int:
    """A slice of what is due, ended by the house itself."""
    take_stock_alone(company_id)
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, {"company_id": company_id, "days": days})
        count: int = cursor.rowcount
        if not count:
            cursor.execute("DROP TABLE planned")
            return 0
    kind = Kind(BulkAct.EXPIRED, lives=False, because=Ending.EXPIRED)
    carry_out(company_id, None, kind, count, count, {"days": days}, now)
    announce(ListingsExpired(company_id=company_id, count=count, at=now), now=now)
    return count
