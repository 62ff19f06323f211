"""A listing put up without a file, for tests of what becomes of it."""

from decimal import Decimal
from typing import Any

from bourse.market.claims import report_key, stock_key
from bourse.market.models import AskChange, Listing, Stone
from bourse.members.actor import Actor
from cast import NOON

CLAIMED: dict[str, Any] = {
    "growth": "Natural",
    "shape": "Round",
    "weight_ct": Decimal("1.01"),
    "colour": "G",
    "clarity": "VS1",
    "cut": "Excellent",
    "polish": "Excellent",
    "symmetry": "Very Good",
    "fluorescence": "None",
    "laboratory": "GIA",
    "length_mm": Decimal("6.41"),
    "width_mm": Decimal("6.44"),
    "depth_mm": Decimal("3.95"),
    "depth_percent": Decimal("61.5"),
    "table_percent": Decimal("57"),
    "country": "Belgium",
    "city": "Antwerp",
    "ask_cents": 707_000,
    "availability": "Guaranteed available",
}


def offered(actor: Actor, stock_number: str = "A-1", report: str = "7000000001", **claims: Any) -> Listing:
    """The actor's company's live listing of the stone with this report, and the first line of its history."""
    assert actor.company_id is not None
    said = CLAIMED | claims
    stone, _ = Stone.objects.get_or_create(
        laboratory=said["laboratory"], report_number=report, defaults={"created_at": NOON}
    )
    listing = Listing.objects.create(
        company_id=actor.company_id,
        stone=stone,
        supplier_stock_number=stock_number,
        stock_key=stock_key(stock_number),
        report_number=report,
        report_key=report_key(said["laboratory"], report),
        listed_at=NOON,
        changed_at=NOON,
        **said,
    )
    AskChange.objects.create(
        listing=listing,
        at=NOON,
        person_id=actor.person_id,
        ask_cents=listing.ask_cents,
        cash_ask_cents=listing.cash_ask_cents,
        availability=listing.availability,
        hides_ask=listing.hides_ask,
        hides_cash_ask=listing.hides_cash_ask,
    )
    return listing
