"""Where an own ask lies among its like, and which rank another price would have."""

from decimal import Decimal

from django.utils.translation import gettext

from bourse.doors.web import figures, typed
from bourse.doors.web.stone import place
from bourse.doors.web.who import MemberRequest
from bourse.kit.refusal import NotThere
from bourse.search.stock import Simulated, position, simulate, steps

PERCENTS = (Decimal(-5), Decimal(-3), Decimal(-1), Decimal(1), Decimal(3), Decimal(5))


def ranks(request: MemberRequest, listing_id: str) -> dict[str, object]:
    """The asks for its like, and the ranks at some prices; of a stone that is no longer live nothing."""
    try:
        found = position(request.actor, listing_id)
    except NotThere:
        return {}
    at = request.GET.get("at", "")
    price = typed.cents(at) if at else None
    tried = simulate(request.actor, listing_id, [price]) if price else []
    moved = zip(PERCENTS, steps(request.actor, listing_id, PERCENTS), strict=False)
    return {
        "place": place.place(found) if found else None,
        "at": at[:20],
        "at_is_wrong": bool(at) and price is None,
        "prices": [_line(one, figures.dollars(one.ppc_cents)) for one in tried]
        + [
            _line(one, gettext("%(percent)s %%") % {"percent": figures.signed(float(by), 0)})
            for by, one in moved
        ],
    }


def _line(one: Simulated, text: str) -> dict[str, str]:
    rank = {"rank": figures.count(one.rank), "of": figures.count(one.of)}
    return {
        "text": text,
        "per_carat": figures.typed(one.ppc_cents),
        "total": figures.typed(one.ask_cents),
        "rank": gettext("%(rank)s of %(of)s") % rank,
        "use": gettext("Ask %(sum)s") % {"sum": figures.dollars(one.ask_cents)},
    }
