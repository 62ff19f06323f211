"""Restores, files and edits of one company at once: each is whole, and nothing is overwritten unseen."""

import os
import random

import pytest

import cast as people
from bourse.market.actions import read_upload, start_restore, start_upload
from bourse.market.models import Listing, PastListing, StagedRow, Upload
from bourse.market.queries import UploadView, difference, uploads
from cast import NOON, Cast
from market.files import like, listed, live, many, read, sent, stock_file
from market.stock import as_it_stands
from market.test_races import at_once, by_hand, confirming, history_is_whole


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people.assemble()


def spans_are_whole() -> None:
    """The past of each listing ends where its present begins."""
    for listing in Listing.objects.all():
        spans = [*PastListing.objects.filter(listing=listing).order_by("revision")]
        assert [*[span.revision for span in spans][1:], listing.revision] == (
            [span.until_revision for span in spans] or [listing.revision]
        )


def taken_back(cast: Cast) -> UploadView:
    """A restore of the latest upload, read."""
    latest = next(line.public_id for line in uploads(cast.asha) if line.state == "confirmed")
    return read(cast.asha, start_restore(actor=cast.asha, upload_id=latest, now=NOON))


def a_restore_raced_by_a_file(cast: Cast, stones: int) -> None:
    """One goes live, the other is refused, because its difference moved."""
    listed(cast.asha, *many(stones))
    first = as_it_stands(cast.asha)
    listed(cast.asha, *(like(row, price="10") for row in many(stones)))
    restore = taken_back(cast)
    file = sent(cast.asha, *(like(row, price="20") for row in many(stones)), mode="replace_all")
    told = at_once([confirming(cast.asha, restore), confirming(cast.tara, file)])
    assert sorted(each.refusal for each in told) == ["", "difference_moved"]
    if told[0].refusal == "":
        assert as_it_stands(cast.asha) == first
    else:
        assert set(Listing.objects.values_list("ask_cents", "version")) == {(2_000, 3)}
    history_is_whole()
    spans_are_whole()


def a_restore_raced_by_edits(cast: Cast, stones: int, seed: int) -> None:
    """The restore is refused, or came first and the edit saw an older version: no edit is undone unseen."""
    chance = random.Random(seed)
    listed(cast.asha, *many(stones))
    listed(cast.asha, *(like(row, price="10") for row in many(stones)))
    order = confirming(cast.asha, taken_back(cast))
    touched = chance.sample([live(row[0]) for row in many(stones)], min(stones, 4))
    told = at_once([order, *(by_hand(cast.tara, listing, chance, version=2) for listing in touched)])
    edits = {each.refusal for each in told[1:]}
    if told[0].refusal:
        assert (told[0].refusal, "" in edits) == ("difference_moved", True)
    else:
        assert edits == {"listing_moved"}
        assert not Listing.objects.filter(ask_cents=1_000).exists()
    history_is_whole()
    spans_are_whole()


def one_file_read_by_two_workers(cast: Cast, stones: int) -> None:
    """A job that was thought dead: both read, one writes, and no row stands twice or is missing."""
    begun = start_upload(
        actor=cast.asha, file_name="s.csv", content=stock_file(*many(stones)), mode="replace_all", now=NOON
    )
    number = Upload.objects.get(public_id=begun.public_id).pk
    at_once([lambda: read_upload(upload_id=number, now=NOON)] * 2)
    assert Upload.objects.get(pk=number).state == "ready"
    assert StagedRow.objects.filter(upload=number).count() == stones
    assert difference(cast.asha, begun.public_id).counts.new == stones


def test_a_restore_raced_by_a_file(cast: Cast) -> None:
    a_restore_raced_by_a_file(cast, 20)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_restore_raced_by_edits(cast: Cast, seed: int) -> None:
    a_restore_raced_by_edits(cast, 20, seed)


def test_one_file_read_by_two_workers(cast: Cast) -> None:
    one_file_read_by_two_workers(cast, 50)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_races_of_restores_many_times(cast: Cast, seed: int) -> None:
    chance = random.Random(f"{os.environ.get('BOURSE_SEED', '1')} restores {seed}")
    race = chance.choice(
        [
            lambda: a_restore_raced_by_a_file(cast, chance.randint(1, 2_000)),
            lambda: a_restore_raced_by_edits(cast, chance.randint(5, 1_000), seed),
            lambda: one_file_read_by_two_workers(cast, chance.randint(100, 15_000)),
        ]
    )
    race()
