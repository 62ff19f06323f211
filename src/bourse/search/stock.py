"""A company's own stock among the market: its table, where each ask lies, and what a price would do."""

from collections.abc import Sequence

import msgspec

from bourse.market.queries.stock_table import StockCounts, StockLine, stock_counts, stock_lines
from bourse.market.stock_filter import StockFilter, StockOrder
from bourse.members.actor import Actor


class Place(msgspec.Struct, frozen=True):
    """An ask per carat among those for its like, in cents: its rank from the lowest, of how many.

    The rank is None where others see no ask; `percent_of_median` tells how far above or below the middle.
    """

    rank: int | None
    of: int
    lowest: int
    median: int
    mean: int
    highest: int
    ppc_cents: int | None
    percent_of_median: float | None


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
) -> OwnPage:
    """A page of the own listings that the filter finds."""
    found = stock_lines(actor, filter, order, after=after, limit=limit, off_peers=_off_peers(actor, filter))
    return OwnPage(found.total, [OwnRow(**msgspec.structs.asdict(line)) for line in found.rows], found.after)


def own_counts(actor: Actor, filter: StockFilter) -> StockCounts:
    """How much stock the filter finds, and what each facet holds."""
    return stock_counts(actor, filter, _off_peers(actor, filter))


def _off_peers(actor: Actor, filter: StockFilter) -> Sequence[int]:
    return ()
