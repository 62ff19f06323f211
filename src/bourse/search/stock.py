"""A company's own stock among the market: its table, where each ask lies, and what a price would do."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec
import numpy as np

from bourse.kit.refusal import NotThere
from bourse.market.queries import listing
from bourse.market.queries.stock_table import StockCounts, StockLine, stock_counts, stock_lines
from bourse.market.stock_filter import Health, StockFilter, StockOrder
from bourse.members.actor import Actor
from bourse.search import catalogue
from bourse.search.peers import FAR_PERCENT, LEAST_PEERS, Place, peers_of
from bourse.search.positions import Position, like
from bourse.search.rows import per_carat

FEW = 3


class OwnRow(StockLine, frozen=True):
    """A line of the table with its place; None for a parcel, a stone without grades, or one not in search."""

    place: Place | None = None


class OwnPage(msgspec.Struct, frozen=True):
    """A page of the table; `after` fetches the next one, None on the last."""

    total: int
    rows: list[OwnRow]
    after: str | None


def own_rows(
    actor: Actor,
    filter: StockFilter,
    order: StockOrder = StockOrder.LATEST,
    *,
    after: str | None = None,
    limit: int = 50,
    total: int | None = None,
) -> OwnPage:
    """A page of the own listings that the filter finds, counted unless their `total` is known."""
    off_peers = _off_peers(actor, filter)
    found = stock_lines(actor, filter, order, after=after, limit=limit, off_peers=off_peers, total=total)
    places = _places(actor, found.rows)
    rows = [_row(line, places.get(line.listing_key)) for line in found.rows]
    return OwnPage(found.total, rows, found.after)


def _row(line: StockLine, place: Place | None) -> OwnRow:
    row = OwnRow(**msgspec.structs.asdict(line), place=place)
    is_far = place and place.of >= LEAST_PEERS and abs(place.percent_of_median or 0) > FAR_PERCENT
    return msgspec.structs.replace(row, health=(*row.health, Health.OFF_PEERS)) if is_far else row


def _places(actor: Actor, lines: Sequence[StockLine]) -> dict[int, Place]:
    """The place of each line, by its key; few are looked up alone, sooner than all peers are worked out."""
    if len(lines) <= FEW:
        alone = {line.listing_key: like(line.public_id) for line in lines}
        return {key: _place(position) for key, position in alone.items() if position}
    engine = catalogue.current()
    if engine is None or actor.company_id is None:
        return {}
    peers, keys = peers_of(engine), [line.listing_key for line in lines]
    found = {key: peers.place(slot) for key, slot in peers.slots_of(actor.company_id, keys).items()}
    return {key: place for key, place in found.items() if place}


def _place(position: Position) -> Place:
    ppc, median = position.ppc_cents, position.median
    return Place(
        rank=position.rank,
        of=position.of,
        lowest=position.lowest,
        median=median,
        mean=position.mean,
        highest=position.highest,
        ppc_cents=ppc,
        percent_of_median=None if ppc is None else round((ppc / median - 1) * 100, 1),
    )


def own_counts(actor: Actor, filter: StockFilter) -> StockCounts:
    """How much stock the filter finds, and what each facet holds."""
    return stock_counts(actor, filter, _off_peers(actor, None))


def _off_peers(actor: Actor, filter: StockFilter | None) -> Sequence[int]:
    """Listings far off their peers; looked for where the filter asks for them, or counts are wanted."""
    engine = catalogue.current()
    is_wanted = filter is None or Health.OFF_PEERS in filter.health
    if engine is None or actor.company_id is None or not is_wanted:
        return ()
    return peers_of(engine).far_off(actor.company_id)


class Simulated(msgspec.Struct, frozen=True):
    """An ask that might be, and the rank that it would have among so many."""

    ppc_cents: int
    ask_cents: int
    rank: int
    of: int


def position(actor: Actor, listing_id: str) -> Position | None:
    """Where one own listing lies among its like, with the spread of their asks."""
    _own_weight(actor, listing_id)
    return like(listing_id)


def simulate(actor: Actor, listing_id: str, ppc_cents: Sequence[int]) -> list[Simulated]:
    """The rank that an own listing would have at each price per carat; none where it has no like."""
    key, weight_ct = _own_weight(actor, listing_id)
    engine = catalogue.current()
    slots = peers_of(engine).slots_of(actor.company_id or 0, [key]) if engine else {}
    if engine is None or key not in slots or peers_of(engine).kind[slots[key]] < 0:
        return []
    others = peers_of(engine).asks(slots[key], is_without_own=True)
    of = int(others.size) + 1
    return [
        Simulated(price, whole(price, weight_ct), int(np.searchsorted(others, price)) + 1, of)
        for price in ppc_cents
    ]


def steps(actor: Actor, listing_id: str, percents: Sequence[Decimal]) -> list[Simulated]:
    """The rank that an own listing would have if its ask moved by so many percent; none without an ask."""
    view = listing(actor, listing_id)
    weight_ct = Decimal(str(view.claims["weight_ct"]))
    now = per_carat(view.ask_cents, weight_ct)
    if not view.is_own or now is None:
        return []
    return simulate(actor, listing_id, [_moved(now, percent) for percent in percents])


def _moved(cents: int, percent: Decimal) -> int:
    return max(1, int((cents * (100 + percent) / 100).to_integral_value(ROUND_HALF_UP)))


def whole(ppc_cents: int, weight_ct: Decimal) -> int:
    """The ask for the whole stone at a price per carat, half a cent rounded up."""
    return int((ppc_cents * weight_ct).to_integral_value(ROUND_HALF_UP))


def _own_weight(actor: Actor, listing_id: str) -> tuple[int, Decimal]:
    lines = stock_lines(actor, StockFilter(listings=(listing_id,)), limit=1).rows
    if not lines:
        raise NotThere("There is no such listing.")
    return lines[0].listing_key, lines[0].weight_ct
