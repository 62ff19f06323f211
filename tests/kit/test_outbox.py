"""Facts: written with the order, heard after it, at least once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from bourse.kit import models, outbox
from bourse.kit.outbox import announce, deliver, is_delivered, waiting
from bourse.market.facts import AskChanged, ListingTakenDown
from cast import NOON

pytestmark = pytest.mark.django_db


class Ear:
    """A listener that remembers, and can be made to fail."""

    def __init__(self) -> None:
        self.batches: list[list[outbox.Fact]] = []
        self.fails = False

    def __call__(self, facts: Sequence[outbox.Fact], now: datetime) -> None:
        if self.fails:
            raise RuntimeError("not now")
        self.batches.append(list(facts))


def test_a_fact_is_heard_once_by_everybody_who_listens_to_it() -> None:
    first, second = Ear(), Ear()
    wiring = {AskChanged: [first, second], ListingTakenDown: [first]}
    numbers = [
        announce(fact, now=NOON) for fact in (AskChanged(listing_id=1), ListingTakenDown(listing_id=1))
    ]
    assert [is_delivered(number) for number in numbers] == [False, False]
    assert deliver(wiring, now=NOON) == 2
    assert first.batches == [[AskChanged(listing_id=1), ListingTakenDown(listing_id=1)]]
    assert second.batches == [[AskChanged(listing_id=1)]]
    assert [is_delivered(number) for number in numbers] == [True, True]
    assert deliver(wiring, now=NOON) == 0


def test_a_listener_that_fails_is_told_again_with_all_the_others() -> None:
    sound, sick = Ear(), Ear()
    sick.fails = True
    number = announce(AskChanged(listing_id=1), now=NOON)
    with pytest.raises(RuntimeError), transaction.atomic():
        deliver({AskChanged: [sound, sick]}, now=NOON)
    assert not is_delivered(number)
    sick.fails = False
    deliver({AskChanged: [sound, sick]}, now=NOON)
    assert (len(sound.batches), len(sick.batches)) == (2, 1)


def test_an_order_that_is_undone_announces_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        announce(AskChanged(listing_id=1), now=NOON)
        raise RuntimeError
    assert not models.Fact.objects.exists()


def test_a_fact_that_nobody_hears_is_delivered_all_the_same() -> None:
    number = announce(AskChanged(listing_id=1), now=NOON)
    assert deliver({}, now=NOON) == 1
    assert is_delivered(number)


def test_a_round_takes_the_oldest_up_to_its_limit() -> None:
    ear = Ear()
    for number in range(5):
        announce(AskChanged(listing_id=number), now=NOON)
    assert [deliver({AskChanged: [ear]}, now=NOON, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [fact.listing_id for batch in ear.batches for fact in batch if isinstance(fact, AskChanged)] == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_how_many_wait_and_how_long() -> None:
    assert waiting(NOON) == (0, 0.0)
    for age in (30, 10):
        announce(AskChanged(listing_id=1), now=NOON - timedelta(seconds=age))
    assert waiting(NOON) == (2, 30.0)


def test_a_fact_that_is_not_there_counts_as_heard() -> None:
    assert is_delivered(10**9)
