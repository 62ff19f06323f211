"""From a wanted rank to an ask for each stone; the market changes them, search only says which."""

from collections.abc import Sequence

import numpy as np

from bourse.market.bulk import HIGHEST_CENTS, Change, Planned, Selection, ToAsks, ToRank
from bourse.market.queries.previews import PricedLine, priced_lines
from bourse.market.refusals import RankNotTaken
from bourse.members.actor import Actor
from bourse.search import catalogue
from bourse.search.engine import MISSING
from bourse.search.peers import peers_of

MOST_RANK, MOST_PERCENT = 10_000, 100


def planned(actor: Actor, selection: Selection, change: Change) -> Planned:
    """The change as the market takes it: a rank is asks by now."""
    return _asks(actor, selection, change) if isinstance(change, ToRank) else change


def _asks(actor: Actor, selection: Selection, change: ToRank) -> ToAsks:
    if not 1 <= change.rank <= MOST_RANK or not 1 <= change.most_percent <= MOST_PERCENT:
        raise RankNotTaken(
            f"A rank is from 1 to {MOST_RANK:,}, and an ask moves by 1 to {MOST_PERCENT} percent at most."
        )
    lines = priced_lines(actor, selection)
    prices = _prices(actor, lines, change.rank)
    made = [_made(line, price, change) for line, price in zip(lines, prices, strict=True)]
    return ToAsks([line.key for line in lines], [ask for ask, _ in made], [why for _, why in made])


def _prices(actor: Actor, lines: Sequence[PricedLine], rank: int) -> list[int | str]:
    """For each line the ask per carat that it has to stay below, or why there is none."""
    engine = catalogue.current()
    if engine is None or actor.company_id is None:
        return ["not_in_search"] * len(lines)
    peers = peers_of(engine)
    slots = peers.slots_of(actor.company_id, [line.key for line in lines])
    known = np.array([slots.get(line.key, 0) for line in lines], np.int64)
    found = peers.below(actor.company_id, known, rank)
    return [
        _price(line.key in slots, kind=int(peers.kind[slot]), ask=ask)
        for line, slot, ask in zip(lines, known.tolist(), found.tolist(), strict=True)
    ]


def _price(is_there: bool, *, kind: int, ask: int) -> int | str:
    if not is_there:
        return "not_in_search"
    if kind < 0:
        return "not_ranked"
    return "too_few" if ask == MISSING else ask


def _made(line: PricedLine, price: int | str, change: ToRank) -> tuple[int | None, str]:
    """The highest ask that is cheaper per carat by a cent, or why it is left."""
    if line.is_hidden:
        return None, "hidden"
    if line.ask_cents is None:
        return None, "no_ask"
    if isinstance(price, str):
        return None, price
    thousandths = int(line.weight_ct * 1000)
    ask = (thousandths * (2 * (price - 1) + 1) - 1) // 2000
    if ask < 1:
        return None, "too_low"
    if abs(ask - line.ask_cents) * 100 > line.ask_cents * change.most_percent:
        return None, "too_far"
    return (ask, "") if ask < HIGHEST_CENTS else (None, "too_high")
