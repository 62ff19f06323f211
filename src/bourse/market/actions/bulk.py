"""Orders for many listings at once: one transaction, the history of each, one fact, one audit line."""

# ruff: noqa: S608  the statements are made of this room's own names; every value is passed apart

from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere
from bourse.market.bulk import (
    SUMMARY,
    ByPercent,
    Delist,
    Kind,
    ListAgain,
    Plan,
    Planned,
    Selection,
    ToAvailability,
    kind_of,
    plan,
)
from bourse.market.confirming import confirm_listings, confirm_whole_stock
from bourse.market.facts import StockChanged, StockConfirmed
from bourse.market.locks import share_stock, take_stock_alone
from bourse.market.models import BulkAct, BulkChange, Listing
from bourse.market.past import keep_planned, next_revision
from bourse.market.queries.previews import own_company_id, refuse_too_many, revision_of
from bourse.market.refusals import (
    NothingToChange,
    PreviewMoved,
    UndoTooLate,
)
from bourse.members.actor import Actor

UNDO_MINUTES = 10
_CHANGE = """
    UPDATE market_listing AS stock
    SET ask_cents = new_ask, cash_ask_cents = new_cash, availability = new_availability,
        priced_in = CASE WHEN {same} THEN stock.priced_in ELSE '' END,
        rate = CASE WHEN {same} THEN stock.rate END, rate_date = CASE WHEN {same} THEN stock.rate_date END,
        is_live = %(lives)s, ended_at = CASE WHEN NOT %(lives)s THEN %(now)s::timestamptz END,
        ended_because = %(because)s, changed_at = %(now)s, version = stock.version + 1,
        revision = %(revision)s
    FROM planned WHERE planned.why IS NULL AND stock.id = planned.listing_id""".format(
    same="(stock.ask_cents, stock.cash_ask_cents) IS NOT DISTINCT FROM (new_ask, new_cash)"
)
_REMEMBER = """
    INSERT INTO market_askchange (listing_id, at, person_id, hides_ask, hides_cash_ask, ask_cents,
                                  cash_ask_cents, availability, is_live)
    SELECT stock.id, %(now)s, %(person_id)s, stock.hides_ask, stock.hides_cash_ask, stock.ask_cents,
           stock.cash_ask_cents, stock.availability, stock.is_live
    FROM planned JOIN market_listing AS stock ON stock.id = planned.listing_id
    WHERE planned.why IS NULL ORDER BY stock.id"""


class Done(msgspec.Struct, frozen=True):
    """The order as it was carried out, and the fact by which search learns of it."""

    order: str
    changed: int
    left: int
    fact_id: int


class Confirmed(msgspec.Struct, frozen=True):
    """How many listings were confirmed, and the fact by which search learns of it."""

    count: int
    fact_id: int


@transaction.atomic
def change_planned(
    *, actor: Actor, selection: Selection, change: Planned, fingerprint: str, now: datetime
) -> Done:
    """What a preview with this fingerprint told, done. Asked again after a lost answer, the same answer."""
    company_id = own_company_id(actor)
    take_stock_alone(company_id)
    if done := BulkChange.objects.filter(company_id=company_id, fingerprint=fingerprint).first():
        return Done(done.public_id, done.changed, 0, done.fact_id or 0)
    planned = plan(company_id, selection, change, revision_of(company_id, selection))
    selected, changing, found = put_plan(planned, kind_of(change).act)
    if found != fingerprint:
        raise PreviewMoved(
            "Your stock, or the market, changed after this was shown. Look at it again, then do it."
        )
    if not changing:
        raise NothingToChange("Nothing of what you selected would change.")
    return carry_out(
        company_id, actor.person_id, kind_of(change), selected, changing, _said(change), now, fingerprint
    )


@transaction.atomic
def undo_delist(*, actor: Actor, order: str, now: datetime) -> Done:
    """What an order took down is live again, but for what was listed anew or has another in its place."""
    company_id = own_company_id(actor)
    take_stock_alone(company_id)
    _refuse_unless_undoable(company_id, order)
    selection = Selection(order=order)
    planned = plan(company_id, selection, ListAgain(), revision_of(company_id, selection))
    selected, changing, fingerprint = put_plan(planned, BulkAct.LISTED_AGAIN)
    if not changing:
        raise NothingToChange("Nothing of what this order took down can come back; it was listed anew since.")
    kind = kind_of(ListAgain())
    return carry_out(
        company_id, actor.person_id, kind, selected, changing, {"undoes": order}, now, fingerprint
    )


@transaction.atomic
def keep_alive(*, actor: Actor, selection: Selection | None = None, now: datetime) -> Confirmed:
    """The stock, or what is selected of it, confirmed as of now; what moved since it was seen is not."""
    company_id = own_company_id(actor)
    share_stock(company_id)
    if selection is None:
        confirm_whole_stock(company_id, now)
        count = Listing.objects.filter(company_id=company_id, is_live=True).count()
    else:
        planned = plan(company_id, selection, Delist(), revision_of(company_id, selection))
        _, count, _ = put_plan(planned, BulkAct.DELISTED)
        confirm_listings("planned", "why IS NULL", now)
        _drop()
    audit.record(
        "market.keep_alive",
        person_id=actor.person_id,
        company_id=company_id,
        about="stock",
        after={"confirmed": count, "all": selection is None},
        now=now,
    )
    return Confirmed(count, announce(StockConfirmed(company_id=company_id, count=count, at=now), now=now))


def put_plan(planned: Plan, act: BulkAct) -> tuple[int, int, str]:
    """The plan as a table of this transaction; how many are selected, how many change, the fingerprint."""
    with connection.cursor() as cursor:
        cursor.execute(planned.as_table(), planned.values)
        cursor.execute("ANALYZE planned")
        cursor.execute(SUMMARY, {"kind": act.value})
        selected, changing, _, _, _, fingerprint = cursor.fetchone() or (0, 0, 0, 0, 0, "")
    refuse_too_many(selected)
    return selected, changing, fingerprint


def carry_out(
    company_id: int,
    person_id: int | None,
    kind: Kind,
    selected: int,
    changing: int,
    said: dict[str, object],
    now: datetime,
    fingerprint: str = "",
) -> Done:
    """The plan of this transaction, written: listings, past, history, confirmation, fact and audit."""
    values: dict[str, Any] = {
        "person_id": person_id,
        "upload_id": None,
        "revision": (revision := next_revision()),
        "lives": kind.lives,
        "because": kind.because,
        "now": now,
    }
    with connection.cursor() as cursor:
        for statement in (keep_planned(), _CHANGE, _REMEMBER):
            cursor.execute(statement, values)
    if kind.lives:
        confirm_listings("planned", "(why IS NULL OR why = 'same') AND is_told", now)
    _drop()
    fact = StockChanged(company_id=company_id, revision=revision, act=kind.act.value, changed=changing)
    order = BulkChange.objects.create(
        company_id=company_id,
        person_id=person_id,
        act=kind.act,
        revision=revision,
        changed=changing,
        at=now,
        fingerprint=fingerprint,
        fact_id=announce(fact, now=now),
    )
    audit.record(
        "market.change_stock",
        person_id=person_id,
        company_id=company_id,
        about=f"order {order.public_id}",
        after={"act": kind.act.value, "changed": changing, "left": selected - changing, **said},
        now=now,
    )
    return Done(order.public_id, changing, selected - changing, order.fact_id or 0)


def _drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE planned")


def _said(change: Planned) -> dict[str, object]:
    """What of the change is worth keeping in the audit."""
    match change:
        case ByPercent():
            return {"percent": str(change.percent), "of": change.of, "to": change.to}
        case ToAvailability():
            return {"availability": change.availability}
        case _:
            return {}


def _refuse_unless_undoable(company_id: int, order: str) -> None:
    """By the database's own clock: the order may have waited for the stock."""
    own = BulkChange.objects.filter(company_id=company_id, public_id=order, act=BulkAct.DELISTED)
    if not own.exists():
        raise NotThere("There is no such order.")
    in_time = own.extra(  # noqa: S610  no value of anybody stands in it
        where=[f"at > clock_timestamp() - interval '{UNDO_MINUTES} minutes'"]
    )
    if not in_time.exists():
        raise UndoTooLate(f"This can be undone for {UNDO_MINUTES} minutes. List the stones again instead.")
