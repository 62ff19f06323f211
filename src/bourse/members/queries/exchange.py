"""Questions about how the house is set."""

from datetime import datetime

import msgspec

from bourse.kit.refusal import NotThere
from bourse.members import palette
from bourse.members.models import Exchange
from bourse.members.public_fields import ALWAYS_PUBLIC, PUBLIC_UNLESS_SET, PublicField

USUAL_LISTING_DAYS = 14
USUAL_DECLINED_DAYS = 180


class Limits(msgspec.Struct, frozen=True):
    """How long listings stand unconfirmed and who was declined is known, how much a company may look at."""

    listing_days: int = USUAL_LISTING_DAYS
    search_depth_rows: int = 10_000
    export_rows_a_day: int = 10_000
    declined_days: int = USUAL_DECLINED_DAYS


class ExchangeView(msgspec.Struct, frozen=True):
    """How the operator has set the house; `version` stands in the addresses of its logo and colours."""

    name: str
    logo_type: str
    colours: dict[palette.Role, palette.Colours]
    public_fields: frozenset[PublicField]
    version: str
    changed_at: datetime | None
    changed_by: str
    limits: Limits = Limits()


class Logo(msgspec.Struct, frozen=True):
    """The picture that stands for the house."""

    media_type: str
    content: bytes


def exchange() -> ExchangeView:
    """How the house is set; as it came until the operator says otherwise."""
    found = Exchange.objects.select_related("changed_by").defer("logo").first()
    if found is None:
        return ExchangeView("Bourse", "", {}, PUBLIC_UNLESS_SET, "0", None, "")
    known = {field.value for field in PublicField}
    chosen = found.public_fields
    return ExchangeView(
        name=found.name,
        logo_type=found.logo_type,
        colours=msgspec.convert(found.colours, dict[palette.Role, palette.Colours]),
        public_fields=PUBLIC_UNLESS_SET
        if chosen is None
        else ALWAYS_PUBLIC.union(PublicField(field) for field in chosen if field in known),
        version=f"{found.changed_at:%Y%m%d%H%M%S%f}",
        changed_at=found.changed_at,
        changed_by=found.changed_by.name if found.changed_by else "",
        limits=Limits(*(getattr(found, name) for name in Limits.__struct_fields__)),
    )


def listing_days() -> int:
    """After how many days a listing ends that nobody confirms."""
    found = Exchange.objects.values_list("listing_days", flat=True).first()
    return USUAL_LISTING_DAYS if found is None else found


def limits() -> Limits:
    """The limits that the operator has set, in one question."""
    found = Exchange.objects.values_list(*Limits.__struct_fields__).first()
    return Limits(*found) if found else Limits()


def exchange_logo() -> Logo:
    """The picture that stands for the house."""
    found = Exchange.objects.exclude(logo=None).first()
    if found is None or found.logo is None:
        raise NotThere("This exchange has no logo.")
    return Logo(found.logo_type, bytes(found.logo))
