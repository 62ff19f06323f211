"""Random filters answered by the catalogue and by one row of the database after the other: no difference.

Before an upload, while it is staged, after its confirm when its fact still waits, and after it was heard.
"""

import csv
import io
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from bourse.market.actions import accept_upload, change_ask, set_showing, withdraw_listing
from bourse.market.models import Listing
from bourse.market.queries import UploadView, difference
from bourse.members.actor import Actor, Role
from bourse.members.models import Company
from bourse.search import follower
from bourse.search.filter import Filter, from_query
from bourse.search.measures import Range
from bourse.search.queries import Found, find
from bourse.search.scales import BANDS, CHOICES, MEASURES, Growing, Sort
from cast import NOON, joins
from market.files import sent_file
from search.conftest import follow
from search.made import fill
from search.reference import Answer, Market

pytestmark = pytest.mark.django_db

LIMIT = 50
LATER = NOON + timedelta(hours=1)
TAGS = {
    "country": ("India", "israel", "Atlantis", "Nowhere"),
    "state": ("New York", "CALIFORNIA"),
    "brand": ("ARGYLE BLUE", "North"),
    "provenance": ("Tracr",),
}


def made_filter(random: Random, market: Market) -> Filter:
    """Any filter, broad or narrow, in any order, any page."""
    parts: dict[str, Any] = {}
    for name in random.sample(sorted(CHOICES), random.choice((0, 1, 1, 2, 2, 3, 5))):
        values = CHOICES[name].values
        parts[name] = tuple(random.sample(values, random.randint(1, max(1, min(8, len(values) - 1)))))
    for name in random.sample(sorted(MEASURES), random.choice((0, 0, 1, 1, 2))):
        parts[name] = tuple(_range(random, market, name) for _ in range(random.choice((1, 1, 2))))
    if random.random() < 0.15:
        name = random.choice(sorted(TAGS))
        parts[name] = tuple(random.sample(TAGS[name], 1))
    if random.random() < 0.06:
        parts["company"] = (random.choice(market.rows).tags["company"] or "nobody",)
    if random.random() < 0.12:
        parts[random.choice(("number", "report", "stock"))] = tuple(_numbers(random, market))
    if random.random() < 0.08:
        parts[random.choice(("days", "confirmed"))] = random.choice((1, 7, 30))
    growth = random.choice((Growing.NATURAL, Growing.NATURAL, Growing.LAB_GROWN, Growing.BOTH))
    return Filter(growth=growth, sort=random.choice(list(Sort)), page=random.choice((1, 1, 2, 7)), **parts)


def _range(random: Random, market: Market, name: str) -> Range:
    given = [row.numbers[name] for row in random.sample(market.rows, 40) if name in row.numbers] or [100]
    low, high = sorted((random.choice(given), random.choice(given)))
    return random.choice((Range(low, high), Range(low=low), Range(high=high)))


def _numbers(random: Random, market: Market) -> list[str]:
    keys = [random.choice(market.rows).keys[random.choice(("report", "stock"))] for _ in range(5)]
    shown = [key[: random.choice((3, 40))] for key in keys if key]
    return [*shown, "nobodys1"]


def differences(found: Found, right: Answer, facets: list[str], measures: list[str]) -> list[str]:
    """In what the catalogue's answer is not the right one."""
    wrong = []
    if found.total != right.total:
        wrong.append(f"total {found.total}, not {right.total}")
    if [row.public_id for row in found.rows] != right.page(LIMIT):
        wrong.append("page")
    for name in facets:
        if name in BANDS:
            same = [value.count for value in found.facets[name]] == right.bands(name)
        else:
            same = _counted(found, name) == right.facet(name)
        wrong += [] if same else [f"facet {name}"]
    wrong += [f"span {name}" for name in measures if found.spans[name] != right.span(name)]
    return wrong


def _counted(found: Found, name: str) -> Counter[str]:
    values = [value for value in found.facets[name] if (name, value.value) != ("colour", "Fancy")]
    fold = str.casefold if name in TAGS else str
    return Counter({fold(value.value): value.count for value in values if value.count})


def all_right(random: Random, market: Market, questions: int) -> None:
    """This many random filters are answered without a difference."""
    names = ["growth", *CHOICES, *BANDS, *TAGS]
    for _ in range(questions):
        filter_ = made_filter(random, market)
        assert from_query(filter_.to_query()) == (filter_, [])
        found = find(None, filter_, LIMIT, now=NOON)
        right = market.answer(filter_, NOON)
        wrong = differences(found, right, random.sample(names, 8), random.sample(sorted(MEASURES), 2))
        assert not wrong, (filter_.to_query(), wrong)


def stock_of(house: Company, random: Random, count: int) -> bytes:
    """A new file of a company: some of its stones again at other asks, some new ones."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Stock #", "Shape", "Weight", "Color", "Clarity", "Lab", "Report #", "Total Price"])
    for number in range(count):
        report = f"{5_000_000_000 + number}"
        writer.writerow(
            [f"N-{number}", "Oval", "1.51", "F", "VS2", "GIA", report, random.randint(2_000, 9_000)]
        )
    return out.getvalue().encode()


def confirmed(actor: Actor, upload: UploadView) -> None:
    """Put live what was read."""
    told = difference(actor, upload.public_id)
    accept_upload(
        actor=actor,
        upload_id=upload.public_id,
        fingerprint=told.fingerprint,
        removing=told.counts.removed,
        now=LATER,
    )


def edited(actor: Actor, house: Company, random: Random) -> None:
    """A few listings changed and withdrawn by hand."""
    own = list(Listing.objects.filter(company=house, is_live=True).order_by("pk")[:40])
    for listing in random.sample(own, 10):
        change_ask(
            actor=actor,
            listing_id=listing.public_id,
            ask_cents=random.choice((None, random.randint(100_000, 900_000))),
            availability="On memo",
            version=listing.version,
            now=NOON,
        )
    withdrawn = next(listing for listing in own if listing.version == 1)
    withdrawn.refresh_from_db()
    withdraw_listing(actor=actor, listing_id=withdrawn.public_id, version=withdrawn.version, now=NOON)


def answers_are_right_through_uploads(listings: int, questions: int, seed: int) -> None:
    """The questions are asked in equal parts in each state of an upload and of what follows it."""
    random, part = Random(seed), questions // 5
    houses = fill(listings, seed)
    owner = joins("Olga", houses[5], Role.OWNER)
    assert follower.rebuild() == listings
    before = Market()
    all_right(random, before, part)
    upload = sent_file(owner, stock_of(houses[5], random, 200))
    all_right(random, before, part)
    confirmed(owner, upload)
    all_right(random, before, part)
    follow()
    all_right(random, Market(), part)
    edited(owner, houses[5], random)
    set_showing(actor=owner, hides_name=True, hides_ask=False, hides_cash_ask=True, now=LATER)
    follow()
    all_right(random, Market(), part)


def test_two_thousand_answers_are_right_before_during_and_after_uploads() -> None:
    answers_are_right_through_uploads(20_000, 2_000, seed=20261124)


@pytest.mark.long
def test_two_thousand_answers_are_right_at_a_hundred_thousand_listings() -> None:
    answers_are_right_through_uploads(100_000, 2_000, seed=7)
