"""What changed since a time at one's own stock and around it: one question for the top of a dealer's morning.

What others did is told as they show it: of a house that hides its name to the day, of an ask that is hidden,
or was then, not at all.
"""

from datetime import datetime, timedelta

import msgspec
import numpy as np

from bourse.kit import clock
from bourse.market.queries.moved import (
    Endings,
    EndingSoon,
    Hand,
    OwnMove,
    OwnMoves,
    StoneWords,
    ending_soon,
    own_moves,
    own_stones_of,
    stone_words,
)
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended
from bourse.search import catalogue
from bourse.search.engine import MISSING, Engine
from bourse.search.peers import peers_of
from bourse.search.rivals import Rivals
from bourse.search.rows import result_row

__all__ = [
    "Double",
    "Doubles",
    "EndingSoon",
    "Endings",
    "Hand",
    "OwnMove",
    "OwnMoves",
    "Since",
    "StoneWords",
    "Undercut",
    "Undercuts",
    "since",
]

LONGEST = timedelta(days=31)
MOST_FIRST = 50


class Undercut(msgspec.Struct, frozen=True):
    """An own stone below which others have put its like: its rank, that without them, the lowest of them."""

    stone: StoneWords
    ppc_cents: int
    rank: int
    rank_then: int
    of: int
    rival_id: str
    rival_company: str
    rival_ppc_cents: int


class Undercuts(msgspec.Struct, frozen=True):
    """How many own stones lost ranks so, the most ranks first; not whole where too much moved to look at."""

    count: int = 0
    is_whole: bool = True
    first: list[Undercut] = []


class Double(msgspec.Struct, frozen=True):
    """An own stone whose report number another company has listed."""

    stone: StoneWords
    rival_id: str
    rival_company: str
    listed_at: datetime


class Doubles(msgspec.Struct, frozen=True):
    """How many own stones are offered by others since, and the latest of them."""

    count: int = 0
    first: list[Double] = []


class Since(msgspec.Struct, frozen=True):
    """What changed since a time: by own hands, by others', and what ends soon."""

    at: datetime
    listed: OwnMoves = OwnMoves()
    ended: OwnMoves = OwnMoves()
    repriced: OwnMoves = OwnMoves()
    undercut: Undercuts = Undercuts()
    elsewhere: Doubles = Doubles()
    expiring: Endings = Endings()


def since(actor: Actor, at: datetime, first: int = 5, now: datetime | None = None) -> Since:
    """What changed since the time, a month ago at most, with the first of each; nothing without a company."""
    refuse_suspended(actor)
    at, first = max(at, (now or clock.now()) - LONGEST), max(1, min(first, MOST_FIRST))
    if actor.company_id is None:
        return Since(at)
    undercut, elsewhere = Undercuts(), Doubles()
    if engine := catalogue.current():
        undercut = _undercut(engine, actor.company_id, at, first)
        elsewhere = _elsewhere(engine, actor.company_id, at, first)
    own = own_moves(actor.company_id, at, first)
    return Since(
        at, **own, undercut=undercut, elsewhere=elsewhere, expiring=ending_soon(actor.company_id, first)
    )


def _elsewhere(engine: Engine, company_id: int, at: datetime, first: int) -> Doubles:
    """Others' new listings whose report number is one of ours; which stone it is the market says."""
    house, listed, keys = engine.column("house"), engine.column("listed"), engine.column("listing")
    new = np.flatnonzero((house != company_id) & (listed >= at.timestamp()))
    if not new.size:
        return Doubles()
    found = own_stones_of(company_id, keys[new].tolist())
    slots = dict(zip(keys[new].tolist(), new.tolist(), strict=True))
    rows = [(stone, result_row(engine, slots[key], company_id)) for key, stone in found[:first]]
    doubles = [Double(stone, row.public_id, row.company_name, row.listed_at) for stone, row in rows]
    return Doubles(len(found), doubles)


def _undercut(engine: Engine, company_id: int, at: datetime, first: int) -> Undercuts:
    """Own stones that stood there, and below whose ask others' moved that were not below it before."""
    peers = peers_of(engine)
    own = peers.own(company_id)
    stood_there = engine.column("listed")[own] <= at.timestamp()
    own = own[stood_there & (peers.kind[own] >= 0) & (peers.ppc[own] != MISSING)]
    rivals = Rivals(peers, company_id, own, at)
    lost = rivals.gone_below(own)
    order = np.lexsort((own, -lost))[: int((lost > 0).sum())]
    chosen = own[order[:first]].tolist()
    words = stone_words(company_id, [int(peers.listing[slot]) for slot in chosen])
    rows = [
        _row(engine, company_id, words[key], slot, rivals)
        for slot in chosen
        if (key := int(peers.listing[slot])) in words
    ]
    return Undercuts(int(order.size), rivals.is_whole, rows)


def _row(engine: Engine, company_id: int, stone: StoneWords, slot: int, rivals: Rivals) -> Undercut:
    peers = peers_of(engine)
    place, rival = peers.place(slot), rivals.lowest_gone_below(slot)
    own, rank = int(peers.ppc[slot]), (place.rank or 1) if place else 1
    lost = int(rivals.gone_below(np.array([slot], np.int64))[0])
    other = result_row(engine, rival, company_id)
    return Undercut(
        stone=stone,
        ppc_cents=own,
        rank=rank,
        rank_then=rank - lost,
        of=place.of if place else 1,
        rival_id=other.public_id,
        rival_company=other.company_name,
        rival_ppc_cents=int(peers.ppc[rival]),
    )
