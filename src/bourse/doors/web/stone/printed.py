"""A stone as a sheet or a label: what the asker may see of it, and a code that leads to its page."""

from decimal import Decimal

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bourse.doors.web import figures, stones, words
from bourse.doors.web.stone import sheet
from bourse.doors.web.who import actor_of
from bourse.kit import clock
from bourse.market import queries
from bourse.market.queries import ListingView


@require_safe
def stone_sheet(request: HttpRequest, listing_id: str) -> HttpResponse:
    """The stone for paper; `?size=label` for the parcel's label."""
    view = queries.listing(actor_of(request), listing_id)
    address = request.build_absolute_uri(reverse("stone", args=[view.public_id]))
    path, size = code(address)
    claimed = view.claims
    is_label = request.GET.get("size") == "label"
    shown = {
        "name": stones.name(claimed),
        "number": stones.text_of(claimed, "supplier_stock_number"),
        "report": stones.report(claimed) or gettext("no report"),
        "growth": words.word(stones.text_of(claimed, "growth")),
        "is_lab": stones.is_lab(claimed),
        "make": words.make(*(stones.text_of(claimed, name) for name in ("cut", "polish", "symmetry"))),
        "measurements": sheet.measurements(claimed),
        "ask": _ask(view),
        "seller": view.company_name,
        "groups": [] if is_label else sheet.groups(view),
        "address": address,
        "code": path,
        "code_size": size,
        "code_says": gettext("A code (QR) that leads to the page of this stone"),
        "printed": gettext("As of %(time)s") % {"time": figures.minute(clock.now())},
        "is_label": is_label,
        "page_address": reverse("stone", args=[view.public_id]),
        "other_address": request.path if is_label else f"{request.path}?size=label",
        "other_text": gettext("As a sheet") if is_label else gettext("As a label"),
    }
    return render(request, "web/stone/sheet.html", {"sheet": shown})


def code(address: str) -> tuple[str, int]:
    """The code as one path of squares, and how many squares a side has, its quiet edge too."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    made.add_data(address)
    made.make(fit=True)
    rows = made.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return "".join(squares), len(rows)


def _ask(view: ListingView) -> str:
    if view.ask_cents is None:
        return ""
    per_carat = figures.per_carat_cents(view.ask_cents, Decimal(str(view.claims["weight_ct"])))
    told = {"per_carat": figures.dollars(per_carat), "total": figures.dollars(view.ask_cents)}
    return gettext("%(per_carat)s /ct, %(total)s in total") % told
