"""What search takes in of confirmations: times, of listings that changed in nothing else."""

from datetime import datetime

import msgspec

from bourse.market.models import Listing, Showing, StockConfirmation
from bourse.market.visible import column, day_of, shown


class Confirmations(msgspec.Struct, frozen=True):
    """What a company confirmed, as others are told it: its whole stock, and listings by their keys."""

    whole_at: datetime | None
    listings: dict[int, datetime]


def confirmations(company_id: int, since: datetime) -> Confirmations:
    """What the company confirmed at this time or later."""
    whole = (
        StockConfirmation.objects.filter(company_id=company_id, at__gte=since)
        .values_list("at", flat=True)
        .first()
    )
    if whole and Showing.objects.filter(company_id=company_id, hides_name=True).exists():
        whole = day_of(whole)
    return Confirmations(whole, _listings(company_id, since))


def _listings(company_id: int, since: datetime) -> dict[int, datetime]:
    own = Listing.objects.filter(company_id=company_id, is_live=True, confirmation__at__gte=since)
    return dict(shown(own, "confirmed_at").values_list("pk", column("confirmed_at")))
