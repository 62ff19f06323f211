"""Stocks drawn by a seed, full of clashes: whatever comes after whatever, the confirm never breaks a rule."""

import os
import random
from collections import Counter
from datetime import timedelta

import pytest

from bourse.market.models import AskChange, Listing
from bourse.market.queries import Difference
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, Row, like, listed

Offer = tuple[str, str, str, int | None]


def drawn(chance: random.Random) -> list[Row]:
    """Some rows from few stock numbers and few reports, neither twice in a file."""
    numbers = chance.sample(["", *(f"N-{number}" for number in range(6))] * 2, 8)
    reports = chance.sample(["", *(f"70000000{number}" for number in range(10, 16))] * 2, 8)
    rows: list[Row] = []
    for number, report in zip(numbers, reports, strict=True):
        if (number and number in {row[0] for row in rows}) or (report and report in {row[6] for row in rows}):
            continue
        clarity, price = chance.choice(["VS1", "SI1"]), chance.choice(["1000", "2000", ""])
        lab = "GIA" if report else ""
        rows.append(like(A1, stock=number, report=report, lab=lab, clarity=clarity, price=price))
    return rows or [A1]


def stock_of(actor: Actor) -> Counter[Offer]:
    """What the company offers, as a file would say it."""
    live = Listing.objects.filter(company_id=actor.company_id, is_live=True)
    return Counter(live.values_list("supplier_stock_number", "report_number", "clarity", "ask_cents"))


def said_in(rows: list[Row]) -> Counter[Offer]:
    """The same of a file."""
    return Counter((row[0], row[6], row[4], int(row[7]) * 100 if row[7] else None) for row in rows)


def everything_fits(actor: Actor, told: Difference, before: Counter[Offer]) -> None:
    """The counts add up, each listing has its own stone, and its history ends with what it says."""
    counts = told.counts
    assert sum(stock_of(actor).values()) == sum(before.values()) + counts.new - counts.removed
    for listing in Listing.objects.select_related("stone"):
        said = (listing.stone.laboratory, listing.stone.report_number)
        assert said == (("GIA", listing.report_number) if listing.report_number else ("", ""))
        last = AskChange.objects.filter(listing=listing).latest("pk")
        assert (last.ask_cents, last.is_live) == (listing.ask_cents, listing.is_live)


def any_stock_after_any_other(cast: Cast, seed: int, files: int) -> None:
    chance = random.Random(f"{os.environ.get('BOURSE_SEED', '1')} {seed}")
    for day in range(files):
        rows, mode = drawn(chance), chance.choice(["replace_all", "add_and_update"])
        before, now = stock_of(cast.asha), NOON + timedelta(days=day)
        told = listed(cast.asha, *rows, mode=mode, now=now)
        everything_fits(cast.asha, told, before)
        if mode == "replace_all":
            assert stock_of(cast.asha) == said_in(rows)
        again = listed(cast.asha, *rows, mode=mode, now=now).counts
        if not told.counts.refused:  # what held a refused row back may be gone after the first time
            assert (again.new, again.changed, again.removed, again.refused) == (0, 0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_any_stock_after_any_other(cast: Cast, seed: int) -> None:
    any_stock_after_any_other(cast, seed, files=6)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_any_stock_after_any_other_many_times(cast: Cast, seed: int) -> None:
    any_stock_after_any_other(cast, seed, files=60)
