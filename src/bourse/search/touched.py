"""The listings that facts touched, as everybody may see them now, in slices."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bourse.kit.outbox import Fact
from bourse.market.facts import (
    AskChanged,
    ListingTakenDown,
    MediaChanged,
    ShowingChanged,
    StockChanged,
    UploadFinished,
)
from bourse.market.queries import CatalogueRow, catalogue_rows, changes, live_rows_of, rows_of_order
from bourse.members.facts import CompanyReinstated, CompanyRenamed, CompanySuspended

AT_ONCE = 10_000


def touched(facts: Sequence[Fact]) -> Iterator[Sequence[CatalogueRow]]:
    """The listings behind the facts, ended ones too, at most AT_ONCE in a slice."""
    of_one = AskChanged | MediaChanged | ListingTakenDown
    by_hand = sorted({fact.listing_id for fact in facts if isinstance(fact, of_one)})
    for first in range(0, len(by_hand), AT_ONCE):
        yield catalogue_rows(by_hand[first : first + AT_ONCE])
    for upload_id in sorted({fact.upload_id for fact in facts if isinstance(fact, UploadFinished)}):
        yield from _slices(changes, upload_id)
    orders = {(fact.company_id, fact.revision) for fact in facts if isinstance(fact, StockChanged)}
    for company_id, revision in sorted(orders):
        yield from _slices(partial(rows_of_order, company_id), revision)
    whole = ShowingChanged | CompanySuspended | CompanyReinstated | CompanyRenamed
    for company_id in sorted({fact.company_id for fact in facts if isinstance(fact, whole)}):
        yield from _slices(live_rows_of, company_id)


def _slices(
    question: Callable[[int, int, int], Sequence[CatalogueRow]], of: int
) -> Iterator[Sequence[CatalogueRow]]:
    after = 0
    while rows := question(of, after, AT_ONCE):
        yield rows
        after = rows[-1].id
