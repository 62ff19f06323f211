"""Any order for many, against the same edits one by one with asks that plain fractions make."""

from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bourse.market.actions import change_ask, change_planned, withdraw_listing
from bourse.market.bulk import ByPercent, Delist, Planned, Selection, ToAvailability
from bourse.market.models import AskChange, Listing, PastListing
from bourse.market.queries.previews import preview
from bourse.market.refusals import NothingToChange
from bourse.market.stock_filter import StockFilter
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.offering import offered

Row = tuple[int | None, int | None, Decimal, str]
ALL = Selection(filter=StockFilter())
WORDS = st.sampled_from(("Guaranteed available", "On memo", "Not available"))
ASKS = st.none() | st.integers(1, 2_000) | st.integers(1, 10**9)
ROWS = st.lists(st.tuples(ASKS, ASKS, st.decimals("0.01", "20", places=3), WORDS), min_size=1, max_size=6)
PERCENTS = st.decimals(-90, 900, places=2) | st.sampled_from((Decimal(-50), Decimal(0), Decimal("0.5")))
CHANGES = st.one_of(
    st.builds(
        ByPercent, PERCENTS, of=st.sampled_from(("ask", "per_carat")), to=st.sampled_from(("cent", "dollar"))
    ),
    st.builds(ToAvailability, WORDS),
    st.just(Delist()),
)


class Undone(Exception):
    """Takes one example out of the database."""


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, change=CHANGES)
@example(rows=[(1, None, Decimal("3.000"), "On memo")], change=ByPercent(Decimal(50), "per_carat", "cent"))
def test_an_order_for_many_is_the_same_edits_one_by_one(cast: Cast, rows: list[Row], change: Planned) -> None:
    with pytest.raises(Undone), transaction.atomic():
        stock_of(cast.asha, rows)
        told = preview(cast.asha, ALL, change)
        order = {"selection": ALL, "change": change, "fingerprint": told.fingerprint}
        try:
            changed = change_planned(actor=cast.asha, now=NOON, **order).changed  # type: ignore[arg-type]
        except NothingToChange:
            changed = 0
        one_by_one = [edit(cast.ben, listing, change) for listing in stock_of(cast.ben, rows)]
        assert changed == told.changing == sum(one_by_one)
        assert told_of(cast.asha) == told_of(cast.ben)
        raise Undone


def stock_of(actor: Actor, rows: list[Row]) -> list[Listing]:
    """Listings with these asks, cash asks, weights and availabilities."""
    return [
        offered(
            actor,
            f"S-{place}",
            str(7_000_000_000 + place),
            **{"ask_cents": ask, "cash_ask_cents": cash, "weight_ct": weight, "availability": word},
        )
        for place, (ask, cash, weight, word) in enumerate(rows)
    ]


def edit(actor: Actor, found: Listing, change: Planned) -> bool:
    """The change made by hand, if there is anything to change."""
    if isinstance(change, Delist):
        withdraw_listing(actor=actor, listing_id=found.public_id, version=1, now=NOON)
        return True
    now = (found.ask_cents, found.cash_ask_cents, found.availability)
    new = made(found, change)
    if new == now or any(ask is not None and ask < 1 for ask in new[:2]):
        return False
    said: dict[str, Any] = dict(zip(("ask_cents", "cash_ask_cents", "availability"), new, strict=True))
    change_ask(actor=actor, listing_id=found.public_id, version=1, now=NOON, **said)
    return True


def made(found: Listing, change: Planned) -> tuple[int | None, int | None, str]:
    """What the change makes of a listing, by fractions."""
    if isinstance(change, ToAvailability):
        return found.ask_cents, found.cash_ask_cents, change.availability
    assert isinstance(change, ByPercent)
    return (
        moved(found.ask_cents, found, change),
        moved(found.cash_ask_cents, found, change),
        found.availability,
    )


def moved(ask_cents: int | None, found: Listing, change: ByPercent) -> int | None:
    """Half a unit goes up."""
    if ask_cents is None:
        return None
    unit, weight = (100 if change.to == "dollar" else 1), Fraction(found.weight_ct)
    new = ask_cents * (1 + Fraction(change.percent) / 100)
    if change.of == "ask":
        return nearest(new / unit) * unit
    return nearest(nearest(new / weight / unit) * unit * weight)


def nearest(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def told_of(actor: Actor) -> list[tuple[object, ...]]:
    """Every listing of the actor's company, what it was, and its history."""
    told = ("ask_cents", "cash_ask_cents", "availability", "is_live")
    own = Listing.objects.filter(company_id=actor.company_id)
    of_own = {"listing__company_id": actor.company_id or 0}
    return list(
        chain(
            own.order_by("stock_key").values_list(
                "stock_key", "version", "ended_because", "changed_at", *told
            ),
            AskChange.objects.filter(**of_own).order_by("listing__stock_key", "pk").values_list("at", *told),
            PastListing.objects.filter(**of_own)
            .order_by("listing__stock_key", "pk")
            .values_list("until", *told),
        )
    )
