"""What of a listing is seen by whom: written once, for the catalogue in SQL and for pages and API by name.

A company hides its name or its asks on everything (Showing), or an ask on one listing. A hidden ask is *no
ask* to others. A hidden name takes along what gives it away: stock number, place below the country, comments,
and links, whose hosts bear names.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from bourse.market.models import Listing

HIDES_NAME = Q(company__showing__hides_name=True)
HIDES_ASK = Q(hides_ask=True) | Q(company__showing__hides_ask=True)
HIDES_CASH_ASK = Q(hides_cash_ask=True) | Q(company__showing__hides_cash_ask=True)


def _unless(hidden: Q, shown: str | Combinable, otherwise: object) -> Case:
    return Case(When(hidden, then=Value(otherwise)), default=F(shown) if isinstance(shown, str) else shown)


def _has(field: str) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(~Q(**{field: []}), output_field=BooleanField())


_MEMO = _unless(HIDES_ASK, "ask_cents", None)
_CASH = _unless(HIDES_CASH_ASK, "cash_ask_cents", None)
SHOWN: Mapping[str, Combinable] = {
    "ask_cents": Coalesce(_MEMO, _CASH),  # the one that is searched and counted
    "memo_ask_cents": _MEMO,
    "cash_ask_cents": _CASH,
    "company_name": _unless(HIDES_NAME, "company__name", ""),
    "company_public_id": _unless(HIDES_NAME, "company__public_id", ""),
    "supplier_stock_number": _unless(HIDES_NAME, "supplier_stock_number", ""),
    "pair_stock_number": _unless(HIDES_NAME, "pair_stock_number", ""),
    "state": _unless(HIDES_NAME, "state", ""),
    "city": _unless(HIDES_NAME, "city", ""),
    "comment": _unless(HIDES_NAME, "comment", ""),
    "has_image": _unless(HIDES_NAME, _has("image_urls"), False),
    "has_video": _unless(HIDES_NAME, _has("video_urls"), False),
    "has_certificate": _unless(
        HIDES_NAME, ExpressionWrapper(~Q(certificate_url=""), output_field=BooleanField()), False
    ),
}
"""Columns of a listing as another member sees them, by the name under which they are asked for."""


def shown(listings: QuerySet[Listing], *names: str) -> QuerySet[Listing]:
    """The listings with these columns as others see them, where they can be hidden (without names: all)."""
    return listings.annotate(**{column(name): SHOWN[name] for name in names or SHOWN if name in SHOWN})


def column(name: str) -> str:
    """What to select for a column as others see it: the annotation of `shown`, or the column itself."""
    return f"shown_{name}" if name in SHOWN else name
