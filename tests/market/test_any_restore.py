"""Random lives of one stock: whatever happened, a restore brings back what was, save what is told as kept."""

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bourse.market.actions import accept_upload, change_ask, start_restore, withdraw_listing
from bourse.market.models import Listing, PastListing, Upload
from bourse.market.queries import Difference, difference
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import Row, like, listed, many, read
from market.stock import as_it_stands

Stock = dict[int, tuple[object, ...]]
STONES = 8
WORDS = ("Guaranteed", "Memo", "Subject to prior sale", "Not available")
HELD = ("On memo", "Not available")


@dataclass
class Life:
    """A company's stock, and what a plain model remembers of it: the stock before and after each upload."""

    actor: Actor
    chance: random.Random
    before: dict[int, Stock] = field(default_factory=dict)
    after: dict[int, Stock] = field(default_factory=dict)
    by_hand: list[tuple[int, int]] = field(default_factory=list)  # listing, and the last upload before it
    restores: int = 0

    def live(self) -> Stock:
        return {row[0]: row[1:] for row in as_it_stands(self.actor)}  # type: ignore[misc]

    def last(self) -> int:
        found = Upload.objects.filter(state="confirmed").order_by("-revision").first()
        return found.pk if found else 0

    def upload(self) -> None:
        """Some stones, a few of them under each other's numbers, at other prices."""
        rows: list[Row] = self.chance.sample(many(STONES), self.chance.randint(1, STONES))
        numbers = [row[0] for row in rows]
        if self.chance.random() < 0.4:
            self.chance.shuffle(numbers)
        rows = [
            like(
                row,
                stock="" if self.chance.random() < 0.1 else number,
                lab=("" if bare else row[5]),
                report=("" if bare else row[6]),
                price=str(self.chance.choice((100, 200, 300))),
                availability=self.chance.choice(WORDS),
            )
            for row, number in zip(rows, numbers, strict=True)
            for bare in (self.chance.random() < 0.2,)
        ]
        was = self.live()
        listed(self.actor, *rows, mode=self.chance.choice(("replace_all", "add_and_update")))
        self.before[self.last()], self.after[self.last()] = was, self.live()

    def edit(self) -> None:
        """One listing changed or withdrawn by hand."""
        found = self.chance.choice([*Listing.objects.filter(is_live=True), None])
        if found is None:
            return
        self.by_hand.append((found.pk, self.last()))
        act = {"actor": self.actor, "listing_id": found.public_id, "version": found.version, "now": NOON}
        if self.chance.random() < 0.4:
            withdraw_listing(**act)  # type: ignore[arg-type]
        else:
            word = self.chance.choice(("On memo", "Guaranteed available"))
            change_ask(**act, ask_cents=self.chance.choice((777, 888)), availability=word)  # type: ignore[arg-type]

    def restore(self) -> None:
        """The stock before some upload: exactly that, but for what is told."""
        if not self.before:
            return
        undone = self.chance.choice(sorted(self.before))
        was, now = self.live(), NOON + timedelta(days=1)
        begun = start_restore(actor=self.actor, upload_id=Upload.objects.get(pk=undone).public_id, now=now)
        view = read(self.actor, begun)
        told = difference(self.actor, view.public_id, limit=1_000)
        accept_upload(
            actor=self.actor,
            upload_id=view.public_id,
            fingerprint=told.fingerprint,
            removing=told.counts.removed,
            now=now,
        )
        self.judge(undone, was, told)
        self.before[self.last()], self.after[self.last()] = was, self.live()
        self.restores += 1

    def judge(self, undone: int, was: Stock, told: Difference) -> None:
        kept, refused = names(told.kept), names(told.refused)
        now, then = self.live(), self.before[undone]
        for listing in was.keys() | then.keys() | now.keys():
            expected = was if listing in kept | refused else then
            assert now.get(listing) == expected.get(listing), listing
        since = {listing for listing, upload in self.by_hand if upload >= undone}
        differing = {listing for listing in was.keys() | then.keys() if was.get(listing) != then.get(listing)}
        held = {
            listing
            for listing in differing & was.keys()
            if was[listing][-1] in HELD and was[listing][-1] != self.after[undone].get(listing, ("",))[-1]
        }
        assert kept == differing & (since | held)
        places = {place for listing in kept | refused for place in places_of(was.get(listing))}
        for listing in refused:
            assert places & places_of(then[listing])

    def history_is_whole(self) -> None:
        """The spans of each listing follow one another up to the one that it is in."""
        for listing in Listing.objects.all():
            past = PastListing.objects.filter(listing=listing).order_by("revision")
            spans = [*past.values_list("revision", "until_revision")]
            ends = [until for _, until in spans]
            assert [*[begin for begin, _ in spans][1:], listing.revision] == (ends or [listing.revision])


def names(rows: list[object]) -> set[int]:
    public = {row.listing_public_id for row in rows}  # type: ignore[attr-defined]
    return set(Listing.objects.filter(public_id__in=public).values_list("pk", flat=True))


def places_of(row: tuple[object, ...] | None) -> set[tuple[str, object]]:
    """The stone and the stock number that a live listing takes up."""
    if row is None:
        return set()
    return {("stone", row[0])} | ({("number", row[1])} if row[1] else set())


def live_through(cast: Cast, seed: str, steps: int) -> int:
    life = Life(cast.asha, random.Random(seed))
    acts = [life.upload] * 4 + [life.edit] * 4 + [life.restore] * 3
    for _ in range(steps):
        life.chance.choice(acts)()
    life.history_is_whole()
    return life.restores


@pytest.mark.parametrize("seed", range(6))
def test_a_short_life(cast: Cast, seed: int) -> None:
    live_through(cast, f"{os.environ.get('BOURSE_SEED', '1')} short {seed}", 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_a_long_life(cast: Cast, seed: int, record_property: pytest.FixtureRequest) -> None:
    restores = live_through(cast, f"{os.environ.get('BOURSE_SEED', '1')} long {seed}", 150)
    record_property("restores", restores)  # type: ignore[operator]
