"""Keeps the catalogue level with the market: hears its facts, reads what changed, publishes once a round.

It runs in the one process that delivers facts and keeps every live row in that process's memory. The memory
is read anew when the process starts, and whenever the file in place is not the one that it wrote.
"""

import gc
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
import structlog

from bourse.kit.outbox import Fact
from bourse.market.facts import (
    StockConfirmed,
    UploadFinished,
)
from bourse.market.queries import (
    CatalogueRow,
    Confirmations,
    all_catalogue_rows,
    confirmations,
)
from bourse.search import catalogue
from bourse.search.engine import Payloads, Store, forget_others, write
from bourse.search.records import KEYS, KeyOrder, Words, columns_of, in_usual_order, no_records, records_of
from bourse.search.rows import payload_of
from bourse.search.taken import Slice
from bourse.search.touched import AT_ONCE, touched

log = structlog.get_logger()

MOST_WASTE = 32 << 20  # bytes of payloads that nobody reads any more, beside as many again as are read


class Memory:
    """Every live listing as the catalogue searches it, and where its payload lies."""

    def __init__(self, place: Path) -> None:
        self.words = Words()
        self._store = Store(place, secrets.token_hex(8))
        self._places: dict[int, int] = {}
        self._records = no_records(1_024)
        self._key_orders: dict[str, KeyOrder] = {}
        self._payloads = np.zeros((1_024, 2), np.int64)
        self._catalogue = place

    def __len__(self) -> int:
        return len(self._places)

    def put(self, rows: Sequence[CatalogueRow]) -> None:
        """Take in live rows and drop ended ones."""
        live = [row for row in rows if row.is_live]
        for row in rows:
            if not row.is_live:
                self._drop(row.id)
        if not live:
            return
        taken = Slice(live)
        places = np.array([self._place(row.id) for row in live])
        kept = self._store.add(list(map(payload_of, live, taken.ppc)))
        for name, column in records_of(taken, self.words).items():
            if (
                name.removeprefix("key ") in self._key_orders
                and (self._records[name][places] != column).any()
            ):
                self._key_orders.clear()
            self._records[name][places] = column
        self._payloads[places] = kept

    def confirm(self, company_id: int, told: Confirmations) -> None:
        """Take in when listings were last confirmed; of their bytes nothing changes."""
        confirmed = self._records["number confirmed"][: len(self)]
        if told.whole_at:
            own = self._records["number house"][: len(self)] == company_id
            confirmed[own] = np.maximum(confirmed[own], int(told.whole_at.timestamp()))
        for listing_id, at in told.listings.items():
            if (place := self._places.get(listing_id)) is not None:
                confirmed[place] = max(confirmed[place], int(at.timestamp()))

    def is_wasteful(self) -> bool:
        """Whether most of the payloads' file is read by nobody any more."""
        live = int(self._payloads[: len(self), 1].sum())
        return self._store.size > 2 * live + MOST_WASTE

    def publish(self) -> None:
        """Write the file that readers take up with their next question."""
        records = {name: column[: len(self)] for name, column in self._records.items()}
        order = in_usual_order(records)
        offsets, lengths = self._payloads[order].T
        payloads = Payloads(
            self._store.generation, self._store.size, offsets.copy(), lengths.astype(np.int32)
        )
        slot_of_place = np.empty_like(order)
        slot_of_place[order] = np.arange(order.size)
        keys = {name: self._key_order(name).slots(slot_of_place) for name in KEYS}
        about = {"boot": catalogue.boot()}
        write(self._catalogue, columns_of(records, order, payloads, keys, self.words, about))
        forget_others(self._catalogue, self._store.generation)

    def _key_order(self, name: str) -> KeyOrder:
        if name not in self._key_orders:
            self._key_orders[name] = KeyOrder(self._records[f"key {name}"][: len(self)])
        return self._key_orders[name]

    def _place(self, listing_id: int) -> int:
        place = self._places.get(listing_id)
        if place is None:
            self._key_orders.clear()
            place = self._places[listing_id] = len(self._places)
            if place == len(self._payloads):
                more = no_records(place)
                for name, column in self._records.items():
                    self._records[name] = np.concatenate([column, more[name]])
                self._payloads = np.concatenate([self._payloads, np.zeros_like(self._payloads)])
        return place

    def _drop(self, listing_id: int) -> None:
        """The last row takes the place of the one that goes."""
        place = self._places.pop(listing_id, None)
        if place is None:
            return
        self._key_orders.clear()
        last = len(self._places)
        if place != last:
            for column in (*self._records.values(), self._payloads):
                column[place] = column[last]
            self._places[int(self._records["number listing"][place])] = place


class _Follower:
    """The memory of this process, and which published file shows exactly it."""

    def __init__(self) -> None:
        self.memory: Memory | None = None
        self.published: tuple[Path, tuple[int, int, int] | None] | None = None

    def is_shown(self) -> bool:
        """Whether the file in place is the one that this memory wrote last."""
        place = catalogue.path()
        return self.published is not None and self.published == (place, catalogue.stamp(place))

    def publish(self, memory: Memory) -> None:
        """Write the memory's file and remember it."""
        place = catalogue.path()
        memory.publish()
        self.memory, self.published = memory, (place, catalogue.stamp(place))


_follower = _Follower()


def rebuild() -> int:
    """The catalogue made anew from the market's live rows; how many there are."""
    forget()
    memory = Memory(catalogue.path())
    after = 0
    with _nothing_tidied():
        while rows := all_catalogue_rows(after, AT_ONCE):
            memory.put(rows)
            after = rows[-1].id
    _follower.publish(memory)
    log.info("catalogue_rebuilt", rows=len(memory))
    return len(memory)


def refresh(facts: Sequence[Fact], now: datetime) -> None:
    """Take in what the facts changed and publish, if they did. Told twice, it comes to the same end."""
    if keep_in_place():
        return
    memory = _follower.memory
    assert memory is not None
    is_news = False
    with _nothing_tidied():
        for rows in touched(facts):
            memory.put(rows)
            is_news = True
        for company_id, since in _confirmed(facts).items():
            memory.confirm(company_id, confirmations(company_id, since))
            is_news = True
    if memory.is_wasteful():
        rebuild()
    elif is_news:
        _follower.publish(memory)


def keep_in_place() -> bool:
    """Make the catalogue anew where the file in place is not ours; whether that was needed."""
    if _follower.is_shown():
        return False
    rebuild()
    return True


def forget() -> None:
    """Nothing is remembered: the next fact makes the catalogue anew."""
    _follower.memory = _follower.published = None


@contextmanager
def _nothing_tidied() -> Iterator[None]:
    """Rows leave no garbage in circles, and looking for it among so many takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _confirmed(facts: Sequence[Fact]) -> dict[int, datetime]:
    """The companies that confirmed something, and since when."""
    earliest: dict[int, datetime] = {}
    for fact in facts:
        at = fact.at if isinstance(fact, StockConfirmed) else None
        if isinstance(fact, UploadFinished):
            at = fact.confirmed_at
        if at and isinstance(fact, StockConfirmed | UploadFinished):
            earliest[fact.company_id] = min(at, earliest.get(fact.company_id, at))
    return earliest
