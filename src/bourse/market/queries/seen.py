"""What one asker sees of one listing."""

from datetime import datetime
from typing import Any

import msgspec

from bourse.market.claims import Claims
from bourse.market.models import Listing
from bourse.market.policy import Viewer, viewer_of
from bourse.market.visible import SUPPLIER, column, day_of, fields
from bourse.members.actor import Actor
from bourse.members.queries import exchange

OPEN_TO_OWN = frozenset(Claims._fields) - {"stock_key", "report_key", "private", "particulars"}


class OthersSee(msgspec.Struct, frozen=True):
    """What is left of an own listing for other members: its asks, and whether the company is named."""

    ask_cents: int | None
    cash_ask_cents: int | None
    is_named: bool


class Visible(msgspec.Struct, frozen=True):
    """As what somebody looks at a listing, the names of what he sees, and the asks as he sees them."""

    viewer: Viewer
    names: frozenset[str]
    ask_cents: int | None
    cash_ask_cents: int | None
    sees_ask: bool
    sees_cash_ask: bool
    others_see: OthersSee

    @property
    def is_own(self) -> bool:
        """Whether the listing is of the asker's own company."""
        return self.viewer is Viewer.OWN

    def may(self, name: str) -> bool:
        """Whether the asker sees this column or particular."""
        return self.is_own or name in self.names

    def time(self, at: datetime) -> datetime:
        """A time as the asker is told it: to the day where the supplier is not named."""
        return at if self.may(SUPPLIER) else day_of(at)


def visible_of(actor: Actor | None, found: Listing) -> Visible:
    """What the actor sees of a listing that was fetched by market.visible.shown."""
    viewer = viewer_of(actor, found.company_id)
    others_see = OthersSee(
        ask_cents=_shown(found, "memo_ask_cents"),
        cash_ask_cents=_shown(found, "cash_ask_cents"),
        is_named=not _shown(found, "hides_name"),
    )
    if viewer is Viewer.OWN:
        return Visible(viewer, frozenset(), found.ask_cents, found.cash_ask_cents, True, True, others_see)
    return _of_another(viewer, found, others_see)


def _of_another(viewer: Viewer, found: Listing, others_see: OthersSee) -> Visible:
    """As somebody of another company sees it: by the table, and no ask that is hidden."""
    public = exchange().public_fields if viewer is Viewer.VISITOR else ()
    names = fields(viewer, public, hides_name=not others_see.is_named)
    asks = (others_see.ask_cents, others_see.cash_ask_cents) if "ask_cents" in names else (None, None)
    return Visible(
        viewer=viewer,
        # By which rate a hidden ask was converted is nobody's business either.
        names=names if any(asks) else names - {"priced_in", "rate", "rate_date"},
        ask_cents=asks[0],
        cash_ask_cents=asks[1],
        sees_ask="ask_cents" in names and not _shown(found, "hides_ask"),
        sees_cash_ask="ask_cents" in names and not _shown(found, "hides_cash_ask"),
        others_see=others_see,
    )


def _shown(found: Listing, name: str) -> Any:
    return vars(found)[column(name)]
