"""Two orders at once: whatever their turn, each is whole, and nothing is overwritten unseen."""

import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from django.db import connection

import cast as people
from bourse.kit.models import Fact
from bourse.kit.refusal import Refusal
from bourse.market.actions import accept_upload, change_ask, withdraw_listing
from bourse.market.models import AskChange, Listing, StagedRow, Stone
from bourse.market.queries import UploadView, difference
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import Row, like, listed, live, many, sent

Order = Callable[[], object]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


@dataclass
class Told:
    """What became of an order."""

    refusal: str = ""


def at_once(orders: Sequence[Order]) -> list[Told]:
    """Run the orders in threads of their own that start together."""
    gate = Barrier(len(orders))

    def run(order: Order) -> Told:
        try:
            gate.wait()
            order()
            return Told()
        except Refusal as refusal:
            return Told(refusal.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(run, orders))


def confirming(actor: Actor, view: UploadView) -> Order:
    told = difference(actor, view.public_id)
    return lambda: accept_upload(
        actor=actor,
        upload_id=view.public_id,
        fingerprint=told.fingerprint,
        removing=told.counts.removed,
        now=NOON,
    )


def history_is_whole() -> None:
    """Every listing's last entry of history is what it says now, and no row is left staged."""
    for listing in Listing.objects.all():
        last = AskChange.objects.filter(listing=listing).latest("pk")
        assert (last.ask_cents, last.availability, last.is_live) == (
            listing.ask_cents,
            listing.availability,
            listing.is_live,
        )


def two_files_of_one_company(cast: Cast, stones: int) -> None:
    """One goes live, the other is refused, because its difference moved."""
    listed(cast.asha, *many(stones))
    files = [[like(row, price=str(price)) for row in many(stones)] for price in (10, 20)]
    told = at_once([confirming(cast.asha, sent(cast.asha, *rows, mode="replace_all")) for rows in files])
    assert sorted(each.refusal for each in told) == ["", "difference_moved"]
    winner = 1_000 if told[0].refusal == "" else 2_000
    assert set(Listing.objects.values_list("ask_cents", "version")) == {(winner, 2)}
    assert StagedRow.objects.count() == stones
    history_is_whole()


def one_file_confirmed_by_many(cast: Cast, stones: int, times: int) -> None:
    """Everybody is told that it went live; it is written once."""
    order = confirming(cast.asha, sent(cast.asha, *many(stones)))
    assert {each.refusal for each in at_once([order] * times)} == {""}
    assert (Listing.objects.count(), AskChange.objects.count(), Fact.objects.count()) == (stones, stones, 1)


def two_companies_with_the_same_stones(cast: Cast, stones: int, seed: int) -> None:
    """Both go live on the same stones; neither waits for the other in a circle."""
    chance = random.Random(seed)
    orders = []
    for actor in (cast.asha, cast.carl):
        rows: list[Row] = many(stones)
        chance.shuffle(rows)
        orders.append(confirming(actor, sent(actor, *rows)))
    assert [each.refusal for each in at_once(orders)] == ["", ""]
    assert (Stone.objects.count(), Listing.objects.filter(is_live=True).count()) == (stones, 2 * stones)


def a_confirm_raced_by_edits(cast: Cast, stones: int, seed: int) -> None:
    """A file and edits by hand: the file is refused or came first, and then the edit saw an older version."""
    chance = random.Random(seed)
    listed(cast.asha, *many(stones))
    order = confirming(cast.asha, sent(cast.asha, *(like(row, price="10") for row in many(stones))))
    touched = [live(row[0]) for row in chance.sample(many(stones), min(stones, 4))]
    told = at_once([order, *(by_hand(cast.tara, listing, chance) for listing in touched)])
    edits = {each.refusal for each in told[1:]}
    if told[0].refusal:
        assert told[0].refusal == "difference_moved"
        assert "" in edits
    else:
        assert edits == {"listing_moved"}
        assert set(Listing.objects.values_list("ask_cents", "is_live")) == {(1_000, True)}
    history_is_whole()


def by_hand(actor: Actor, listing: Listing, chance: random.Random, version: int = 1) -> Order:
    if chance.random() < 0.5:
        return lambda: withdraw_listing(actor=actor, listing_id=listing.public_id, version=version, now=NOON)
    return lambda: change_ask(
        actor=actor,
        listing_id=listing.public_id,
        ask_cents=777,
        availability="On memo",
        version=version,
        now=NOON,
    )


def edits_of_one_listing(cast: Cast, times: int) -> None:
    """One of many edits of the same version is written."""
    listed(cast.asha, *many(1))
    orders = [by_hand(cast.tara, live("M-1"), random.Random(seed)) for seed in range(times)]
    refusals = sorted(each.refusal for each in at_once(orders))
    assert refusals[0] == ""
    assert set(refusals[1:]) <= {"listing_moved", "listing_is_ended"}
    assert AskChange.objects.count() == 2
    history_is_whole()


def test_two_files_of_one_company_at_once(cast: Cast) -> None:
    two_files_of_one_company(cast, 20)


def test_one_file_confirmed_twice_at_once(cast: Cast) -> None:
    one_file_confirmed_by_many(cast, 20, 2)


def test_two_companies_with_the_same_stones_at_once(cast: Cast) -> None:
    two_companies_with_the_same_stones(cast, 50, seed=1)


def test_a_confirm_raced_by_edits(cast: Cast) -> None:
    a_confirm_raced_by_edits(cast, 20, seed=1)


def test_edits_of_one_listing_at_once(cast: Cast) -> None:
    edits_of_one_listing(cast, 4)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_races_many_times(cast: Cast, seed: int) -> None:
    chance = random.Random(f"{os.environ.get('BOURSE_SEED', '1')} {seed}")
    race = chance.choice(
        [
            lambda: two_files_of_one_company(cast, chance.randint(1, 2_000)),
            lambda: one_file_confirmed_by_many(cast, chance.randint(1, 500), 6),
            lambda: two_companies_with_the_same_stones(cast, 3_000, seed),
            lambda: a_confirm_raced_by_edits(cast, chance.randint(5, 2_000), seed),
            lambda: edits_of_one_listing(cast, 12),
        ]
    )
    race()
