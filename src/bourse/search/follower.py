"""Keeps the catalogue level with the market: hears its facts, reads what changed, publishes once a round.

It runs in the one process that delivers facts and keeps every live row in that process's memory. The memory
is read anew when the process starts, and whenever the file in place is not the one that it wrote.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import structlog

from bourse.kit.outbox import Fact
from bourse.market.facts import AskChanged, ListingTakenDown, UploadFinished
from bourse.market.queries import CatalogueRow, all_catalogue_rows, catalogue_rows, changes
from bourse.search import catalogue
from bourse.search.engine import write
from bourse.search.rows import Record, columns_of, record_of

log = structlog.get_logger()

AT_ONCE = 10_000


class _Memory:
    """Every live listing, and which published file shows exactly these."""

    def __init__(self) -> None:
        self.records: dict[int, Record] = {}
        self.published: tuple[Path, tuple[int, int, int] | None] | None = None

    def is_shown(self) -> bool:
        """Whether the file in place is the one that this memory wrote last."""
        place = catalogue.path()
        return self.published is not None and self.published == (place, catalogue.stamp(place))

    def put(self, rows: Sequence[CatalogueRow]) -> None:
        """Take in live rows and drop ended ones."""
        for row in rows:
            if row.is_live:
                self.records[row.id] = record_of(row)
            else:
                self.records.pop(row.id, None)

    def publish(self) -> None:
        """Write the file that readers take up with their next question."""
        place = catalogue.path()
        # By the listings' own keys: the order in which they came breaks ties, and it never changes.
        write(place, columns_of([self.records[key] for key in sorted(self.records)]))
        self.published = place, catalogue.stamp(place)


_memory = _Memory()


def rebuild() -> int:
    """The catalogue made anew from the market's live rows; how many there are."""
    forget()
    after = 0
    while rows := all_catalogue_rows(after, AT_ONCE):
        _memory.put(rows)
        after = rows[-1].id
    _memory.publish()
    log.info("catalogue_rebuilt", rows=len(_memory.records))
    return len(_memory.records)


def refresh(facts: Sequence[Fact], now: datetime) -> None:
    """Take in what the facts changed and publish. Told twice, it comes to the same end."""
    if keep_in_place():
        return
    for listing_ids in _touched(facts):
        _memory.put(catalogue_rows(listing_ids))
    _memory.publish()


def keep_in_place() -> bool:
    """Make the catalogue anew where the file in place is not ours; whether that was needed."""
    if _memory.is_shown():
        return False
    rebuild()
    return True


def forget() -> None:
    """Nothing is remembered: the next fact makes the catalogue anew."""
    _memory.records.clear()
    _memory.published = None


def _touched(facts: Sequence[Fact]) -> Iterator[Sequence[int]]:
    """The listings behind the facts, in slices."""
    by_hand = sorted({fact.listing_id for fact in facts if isinstance(fact, AskChanged | ListingTakenDown)})
    for first in range(0, len(by_hand), AT_ONCE):
        yield by_hand[first : first + AT_ONCE]
    for fact in facts:
        if isinstance(fact, UploadFinished):
            yield from _changed_by(fact.upload_id)


def _changed_by(upload_id: int) -> Iterator[Sequence[int]]:
    after = 0
    while listing_ids := changes(upload_id, after, AT_ONCE):
        yield listing_ids
        after = listing_ids[-1]
