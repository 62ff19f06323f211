"""How the operator sets the house: its name, its logo, its colours, and what a visitor sees of a stone."""

from collections.abc import Collection, Mapping
from datetime import datetime
from math import floor
from unicodedata import category

import msgspec
from django.db import transaction

from bourse.kit import audit
from bourse.kit.refusal import Refusal
from bourse.members.actions.people import OnlyTheOperator
from bourse.members.actor import Actor
from bourse.members.models import Exchange
from bourse.members.palette import Colours, Lack, Role, colour, lacks
from bourse.members.pictures import media_type
from bourse.members.policy import may_set_exchange
from bourse.members.public_fields import ALWAYS_PUBLIC, PublicField
from bourse.members.queries import ExchangeView, Limits, exchange

LONGEST_NAME = 60
_JOINERS = "\u200c\u200d"
MOST_LOGO_BYTES = 200 * 1000


class ExchangeNameMissing(Refusal):
    """An exchange has a name, of at most 60 characters."""


class ColourNotKnown(Refusal):
    """A colour is written as #rrggbb, for light paper and for dark."""


class ContrastTooLow(Refusal):
    """A text in or on this colour could not be read."""


class LogoNotTaken(Refusal):
    """A logo is a whole PNG, JPEG or WebP picture of at most 200 kB."""


class LimitNotTaken(Refusal):
    """A limit of the house lies outside what it may be."""


LIMITS = {
    "listing_days": (1, 365),
    "search_depth_rows": (1_000, 1_000_000),
    "export_rows_a_day": (0, 1_000_000),
    "declined_days": (1, 3_650),
}


@transaction.atomic
def set_exchange(
    *,
    actor: Actor,
    name: str,
    colours: Mapping[Role, Colours],
    public_fields: Collection[PublicField],
    now: datetime,
    logo: bytes | msgspec.UnsetType | None = msgspec.UNSET,
    limits: Limits | None = None,
) -> ExchangeView:
    """The house as it is set from now on. What is not given stays; None for the logo takes it away."""
    if not may_set_exchange(actor):
        raise OnlyTheOperator("Only the operator sets up this exchange.")
    Exchange.objects.get_or_create(pk=1, defaults={"changed_at": now})
    found = Exchange.objects.select_for_update().get(pk=1)
    before = _told_of(found)
    found.name, found.colours = _given_name(name), _given_colours(colours)
    found.public_fields = sorted(ALWAYS_PUBLIC.union(public_fields))
    if logo is not msgspec.UNSET:
        found.logo, found.logo_type = logo, _logo_type(logo)
    for name, number in _given(limits).items():
        setattr(found, name, number)
    found.changed_at, found.changed_by_id = now, actor.person_id
    found.save()
    after = _told_of(found) | {"logo_changed": logo is not msgspec.UNSET}
    audit.record(
        "members.set_exchange",
        person_id=actor.person_id,
        company_id=None,
        about="exchange",
        before=before,
        after=after,
        now=now,
    )
    return exchange()


def _told_of(found: Exchange) -> dict[str, object]:
    names = ("name", "colours", "public_fields", *LIMITS)
    return {name: getattr(found, name) for name in names}


def _given(limits: Limits | None) -> dict[str, int]:
    if limits is None:
        return {}
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(limits, name) <= most:
            raise LimitNotTaken(f"This limit is a whole number from {least:,} to {most:,}.")
    return msgspec.structs.asdict(limits)


def _given_name(name: str) -> str:
    """Without signs that cannot be seen; what is left of a name made of them is none."""
    name = " ".join("".join(sign for sign in name if not _is_unseen(sign)).split())
    if not name.strip(f"{_JOINERS} ") or len(name) > LONGEST_NAME:
        raise ExchangeNameMissing(f"Enter a name of 1 to {LONGEST_NAME} characters.")
    return name


def _is_unseen(sign: str) -> bool:
    """Whether a sign only steers what stands beside it; joiners are a part of some scripts' words."""
    return not sign.isspace() and sign not in _JOINERS and category(sign)[0] == "C"


def _given_colours(chosen: Mapping[Role, Colours]) -> dict[str, dict[str, str]]:
    """The colours as they are kept; refused where a text could not be read."""
    typed = {role: (colour(pair.light), colour(pair.dark)) for role, pair in chosen.items()}
    read = {role: Colours(light, dark) for role, (light, dark) in typed.items() if light and dark}
    if unread := typed.keys() - read.keys():
        raise ColourNotKnown(f"Enter the {min(unread)} as six figures for light and for dark: #0b5a75.")
    if lacking := lacks(read):
        raise ContrastTooLow(" ".join(map(_told, lacking[:3])))
    return {role.value: msgspec.to_builtins(pair) for role, pair in read.items()}


def _told(lack: Lack) -> str:
    ratio = floor(lack.ratio * 100) / 100  # rounded up, 4.497 would look like enough
    return (
        f"The {lack.role} against {lack.against} in {lack.paper} has a contrast of {ratio:.2f} : 1; "
        f"it needs {lack.needed:g} : 1."
    )


def _logo_type(logo: bytes | None) -> str:
    if logo is None:
        return ""
    if len(logo) > MOST_LOGO_BYTES:
        raise LogoNotTaken(f"The logo has {len(logo):,} bytes; at most {MOST_LOGO_BYTES:,} are taken.")
    if not (found := media_type(logo)):
        raise LogoNotTaken("The logo is no whole PNG, JPEG or WebP picture. Send one of these.")
    return found
