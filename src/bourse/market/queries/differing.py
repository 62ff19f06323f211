"""Where the suppliers of one stone say different things of it: each claim stands, none overwrites another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Max, Min, Q, QuerySet

from bourse.kit.refusal import NotThere
from bourse.market.models import Listing, Stone
from bourse.market.policy import may_see_differing, may_see_stock_of
from bourse.market.visible import IS_SUSPENDED, column, shown
from bourse.members.actor import Actor

MOST_ON_A_PAGE = 250
MOST_OFFERS = 100  # of one stone
GRADES = (
    "shape",
    "growth",
    "colour",
    "colour_to",
    "fancy_colour",
    "fancy_intensity",
    "fancy_overtone",
    "clarity",
    "clarity_to",
    "cut",
    "polish",
    "symmetry",
    "fluorescence",
    "fluorescence_colour",
    "treatment",
)
"""Words: any other word is another claim."""

TOLERANCES: Mapping[str, Decimal] = {
    "weight_ct": Decimal("0.005"),
    "length_mm": Decimal("0.02"),
    "width_mm": Decimal("0.02"),
    "depth_mm": Decimal("0.02"),
    "depth_percent": Decimal("0.2"),
    "table_percent": Decimal("1"),
}
"""How far apart two figures may lie and still be one claim: what rounding does, a table to the percent."""

SOMETIMES_EMPTY = frozenset({"colour_to", "clarity_to", "treatment", "fancy_intensity", "fancy_overtone"})
"""Here silence is a claim too: one grade and no range, no treatment."""


class ClaimDifference(msgspec.Struct, frozen=True):
    """A claim of another supplier that is not the own one; nobody is named where the name is hidden."""

    field: str
    own: object
    other: object
    listing_id: str
    company_name: str


class Claim(msgspec.Struct, frozen=True):
    """What one supplier says, as the operator sees it."""

    company_name: str
    listing_id: str
    value: object


class DifferingStone(msgspec.Struct, frozen=True):
    """A stone of which its suppliers say different things, field by field."""

    stone_id: str
    laboratory: str
    report_number: str
    claims: dict[str, list[Claim]]


class DifferingPage(msgspec.Struct, frozen=True):
    """A page of such stones; `after` fetches the next one, None on the last."""

    stones: list[DifferingStone]
    after: str | None


def differing(actor: Actor, listing_id: str) -> list[ClaimDifference]:
    """What other suppliers say of the stone of an own live listing where it differs from the own claims."""
    own = Listing.objects.filter(public_id=listing_id).first()
    if own is None or not may_see_stock_of(actor, own.company_id):
        raise NotThere("There is no such listing.")
    others = (
        shown(_live(own.stone_id).exclude(pk=own.pk), "company_name")
        if own.is_live and not actor.is_suspended
        else Listing.objects.none()
    )
    return [
        ClaimDifference(
            name,
            getattr(own, name),
            getattr(other, name),
            other.public_id,
            vars(other)[column("company_name")],
        )
        for other in others.order_by("pk")[:MOST_OFFERS]
        for name in fields_that_differ(own, other)
    ]


def differing_stones(actor: Actor, after: str | None = None, limit: int = 50) -> DifferingPage:
    """Every stone whose suppliers differ, the latest first: the operator's list, with every name."""
    if not may_see_differing(actor):
        raise NotThere("There is no such page.")
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    stones = list(_stones_that_differ(after)[: limit + 1])
    listings = _listings_of(stones[:limit])
    shown_stones = [_differing_stone(stone, listings[stone.pk]) for stone in stones[:limit]]
    return DifferingPage(shown_stones, stones[limit - 1].public_id if len(stones) > limit else None)


def fields_that_differ(one: Listing, other: Listing) -> list[str]:
    """The graded claims in which two listings contradict each other; silence contradicts nothing else."""
    words = [name for name in GRADES if _other_word(name, getattr(one, name), getattr(other, name))]
    numbers = [
        name
        for name, tolerance in TOLERANCES.items()
        if _too_far(getattr(one, name), getattr(other, name), tolerance)
    ]
    return [*words, *numbers]


def _other_word(name: str, one: str, other: str) -> bool:
    return one != other and (name in SOMETIMES_EMPTY or bool(one and other))


def _too_far(one: Decimal | None, other: Decimal | None, tolerance: Decimal) -> bool:
    return one is not None and other is not None and abs(one - other) > tolerance


def _live(stone_id: int) -> QuerySet[Listing]:
    return Listing.objects.filter(stone_id=stone_id, is_live=True).exclude(IS_SUSPENDED)


def _stones_that_differ(after: str | None) -> QuerySet[Stone]:
    """Stones with several live listings whose claims lie apart, found by the database alone."""
    live = Q(listings__is_live=True, listings__company__suspended_at=None)
    apart = Q()
    spans: dict[str, Any] = {}
    for name in GRADES:
        given = live if name in SOMETIMES_EMPTY else live & ~Q(**{f"listings__{name}": ""})
        spans[f"{name}_words"] = Count(f"listings__{name}", filter=given, distinct=True)
        apart |= Q(**{f"{name}_words__gt": 1})
    for name, tolerance in TOLERANCES.items():
        spans[f"{name}_span"] = Max(f"listings__{name}", filter=live) - Min(f"listings__{name}", filter=live)
        apart |= Q(**{f"{name}_span__gt": tolerance})
    on_market = Listing.objects.filter(is_live=True).exclude(IS_SUSPENDED)
    offers = on_market.values("stone").annotate(Count("pk"))
    found = Stone.objects.filter(pk__in=offers.filter(pk__count__gt=1).values("stone"))
    if after:
        found = found.filter(pk__lt=Stone.objects.filter(public_id=after).values("pk")[:1])
    return found.annotate(**spans).filter(apart).order_by("-pk")


def _listings_of(stones: Iterable[Stone]) -> Mapping[int, list[Listing]]:
    """The live listings of the stones with their companies, by the stone's key."""
    found = Listing.objects.filter(stone__in=[stone.pk for stone in stones], is_live=True)
    found = found.exclude(IS_SUSPENDED)
    by_stone: dict[int, list[Listing]] = defaultdict(list)
    for listing in found.select_related("company").order_by("pk"):
        by_stone[listing.stone_id].append(listing)
    return by_stone


def _differing_stone(stone: Stone, listings: list[Listing]) -> DifferingStone:
    names = {name: None for one in listings for other in listings for name in fields_that_differ(one, other)}
    claims = {
        name: [Claim(one.company.name, one.public_id, getattr(one, name)) for one in listings]
        for name in names
    }
    return DifferingStone(stone.public_id, stone.laboratory, stone.report_number, claims)
