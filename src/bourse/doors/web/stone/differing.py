"""Claims in which the suppliers of one stone differ, as people read them."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web import figures, words
from bourse.market.queries import ClaimDifference

PLACES = {"weight_ct": 3, "depth_percent": 1, "table_percent": 1}


def said(field: str, value: object) -> str:
    """A claim with its unit; what is not given says so."""
    if isinstance(value, Decimal):
        number = figures.decimal(value, PLACES.get(field, 2))
        return f"{number}{words.unit(UNIT_OF.get(field, field))}"
    return words.word(str(value)) if value else words.not_given()


UNIT_OF = {"weight_ct": "carat", "depth_percent": "depth_pct", "table_percent": "table_pct"}


def lines(found: list[ClaimDifference]) -> list[dict[str, str]]:
    """A sentence for each difference, and the way to the other offer."""
    return [
        {
            "sentence": gettext("%(field)s: you say %(own)s, %(company)s says %(other)s")
            % {
                "field": words.field(one.field),
                "own": said(one.field, one.own),
                "company": one.company_name or gettext("another member"),
                "other": said(one.field, one.other),
            },
            "address": reverse("stone", args=[one.listing_id]),
        }
        for one in found
    ]
