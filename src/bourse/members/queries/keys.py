"""Questions about a company's keys: which there are, and for whom one asks."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actor import Actor, Role, Scope
from bourse.members.key_text import MARK, hash_of, is_well_written
from bourse.members.models import ApiKey, Membership
from bourse.members.policy import may_keep_keys_of
from bourse.members.refusals import OnlyOwnersKeepKeys

MOST_SHOWN = 200


class KeyMistyped(Refusal):
    """The text is no key: its checksum says that a letter is wrong or missing."""

    status = 401


class KeyUnknown(Refusal):
    """A well written key that the house never made, or whose company is gone."""

    status = 401


class KeyIsRevoked(Refusal):
    """The key was good, until somebody took it back or its maker left the company."""

    status = 401


class KeyExpired(Refusal):
    """The key was good until a set time."""

    status = 401


class KeyState(StrEnum):
    """What becomes of a call with the key."""

    WORKS = "works"
    EXPIRED = "expired"
    REVOKED = "revoked"


class KeyView(msgspec.Struct, frozen=True):
    """A key as its company's owners see it: never its secret."""

    public_id: str
    name: str
    shown: str
    scopes: list[Scope]
    made_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_used_from: str
    state: KeyState
    is_replaced: bool


class Caller(NamedTuple):
    """Who asks by a key: as whom, and the key's public id for the record of acts."""

    actor: Actor
    key: str


def keys_of(actor: Actor, now: datetime) -> list[KeyView]:
    """The company's keys, those that work first, then the latest first; for its owners."""
    company_id = company_of_keys(actor)
    found = ApiKey.objects.filter(company_id=company_id).select_related("person", "replaced_by")
    views = [_view(key, now) for key in found.order_by("-pk")[:MOST_SHOWN]]
    return sorted(views, key=lambda view: view.state is not KeyState.WORKS)


def key_names(actor: Actor) -> list[tuple[str, str]]:
    """Public id and name of each of the company's keys, for a choice among them."""
    found = ApiKey.objects.filter(company_id=company_of_keys(actor)).order_by("name", "pk")
    return [(key.public_id, f"{key.name} ({key.prefix})") for key in found[:MOST_SHOWN]]


def key_of(actor: Actor, key_id: str, now: datetime) -> KeyView:
    """One of the company's keys."""
    return _view(own_key(actor, key_id), now)


def own_key(actor: Actor, key_id: str, *, lock: bool = False) -> ApiKey:
    """The one guarded way to a key: another company's looks like none."""
    company_id = company_of_keys(actor)
    keys = ApiKey.objects.select_for_update(of=("self",)) if lock else ApiKey.objects
    found = keys.filter(public_id=key_id, company_id=company_id).select_related("person").first()
    if found is None:
        raise NotThere("There is no such key.")
    return found


def company_of_keys(actor: Actor) -> int:
    """The company whose keys the actor keeps; refused to whoever is no owner."""
    if actor.company_id is None or not may_keep_keys_of(actor, actor.company_id):
        raise OnlyOwnersKeepKeys
    return actor.company_id


def caller_of(text: str, now: datetime) -> Caller:
    """For whom the key asks. Asked at each call and never remembered: what is revoked ends at once."""
    if not is_well_written(text):
        raise KeyMistyped("This is no key of ours: a letter is wrong or missing. Copy the whole key again.")
    found = ApiKey.objects.filter(secret_hash=hash_of(text)).select_related("company").first()
    if found is None:
        raise KeyUnknown("This house made no such key. Look whether it is for another exchange.")
    if found.revoked_at:
        raise KeyIsRevoked(f"This key was revoked on {found.revoked_at:%Y-%m-%d}. Make another one.")
    if found.expires_at and found.expires_at <= now:
        raise KeyExpired(f"This key expired on {found.expires_at:%Y-%m-%d}. Make another one.")
    member = Membership.objects.filter(
        person_id=found.person_id, company_id=found.company_id, person__is_active=True
    ).first()
    if member is None:
        raise KeyIsRevoked("Whoever made this key acts for the company no more. Make another one.")
    return Caller(_actor(found, Role(member.role)), found.public_id)


def _actor(found: ApiKey, role: Role) -> Actor:
    return Actor(
        found.person_id,
        found.company_id,
        Role.VIEWER if role is Role.VIEWER else Role.TRADER,  # what is the owner's alone is done by people
        is_suspended=found.company.suspended_at is not None,
        key_id=found.pk,
        scopes=frozenset(map(Scope, found.scopes)),
    )


def _view(found: ApiKey, now: datetime) -> KeyView:
    return KeyView(
        public_id=found.public_id,
        name=found.name,
        shown=f"{MARK}{found.prefix}_…{found.last_four}",
        scopes=[Scope(scope) for scope in found.scopes],
        made_by=found.person.name,
        created_at=found.created_at,
        expires_at=found.expires_at,
        revoked_at=found.revoked_at,
        last_used_at=found.last_used_at,
        last_used_from=found.last_used_from,
        state=_state(found, now),
        is_replaced=hasattr(found, "replaced_by"),
    )


def _state(found: ApiKey, now: datetime) -> KeyState:
    if found.revoked_at:
        return KeyState.REVOKED
    return KeyState.EXPIRED if found.expires_at and found.expires_at <= now else KeyState.WORKS
