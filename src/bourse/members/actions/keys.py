"""Orders about a company's keys: made, put in another's place, taken back."""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.db.models import Q

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor, Scope
from bourse.members.facts import KeyMade, KeyRevoked, KeyRotated
from bourse.members.key_text import KeyText, new_key
from bourse.members.models import ApiKey, Company
from bourse.members.queries.keys import company_of_keys, own_key

OVERLAP = timedelta(days=7)
LONGEST_OVERLAP = timedelta(days=30)
LONGEST_NAME = 100
MOST_WORKING = 50  # of a company: more are a leak that nobody looks after


class KeyNameMissing(Refusal):
    """A key has a name, by which people know what it is for."""


class ScopeNotChosen(Refusal):
    """A key may do at least one thing."""


class KeyExpiryNotAhead(Refusal):
    """A key works until a time to come, or without an end."""


class OverlapTooLong(Refusal):
    """An old key works beside its follower for a while, not for good."""


class KeyDoesNotWork(Refusal):
    """The key is expired, revoked, or has its follower already."""

    status = 409


class TooManyKeys(Refusal):
    """A company has as many working keys as it may."""

    status = 409


class MadeKey(msgspec.Struct, frozen=True):
    """A new key: `secret` is all of it, told this once and kept nowhere."""

    public_id: str
    name: str
    secret: str


@transaction.atomic
def make_key(
    *, actor: Actor, name: str, scopes: Collection[Scope], expires_at: datetime | None, now: datetime
) -> MadeKey:
    """A key of the company that asks in the actor's name."""
    company_id = _company_of(actor)
    name = _given_name(name)
    if not scopes:
        raise ScopeNotChosen("Choose at least one thing that the key may do.")
    if expires_at is not None and expires_at <= now:
        raise KeyExpiryNotAhead("Choose a time to come, or no end.")
    _refuse_too_many(company_id, now)
    made = new_key()
    key = _kept(actor, company_id, made, name, sorted(scopes), expires_at, now)
    announce(KeyMade(key_id=key.pk, company_id=company_id, person_id=actor.person_id), now=now)
    _record("members.make_key", actor, key, now, after=_told(key))
    return MadeKey(key.public_id, key.name, made.whole)


@transaction.atomic
def rotate_key(*, actor: Actor, key_id: str, now: datetime, overlap: timedelta = OVERLAP) -> MadeKey:
    """A key in this one's place, which works beside it for a while: programs change over one by one."""
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise OverlapTooLong(f"The old key may work for at most {LONGEST_OVERLAP.days} days more.")
    old = own_key(actor, key_id, lock=True)
    if not _works(old, now) or ApiKey.objects.filter(replaces=old).exists():
        raise KeyDoesNotWork("This key works no more, or has its follower already.")
    made, before = new_key(), _told(old)
    lives = old.expires_at - old.created_at if old.expires_at else None
    new = _kept(
        actor, old.company_id, made, old.name, old.scopes, now + lives if lives else None, now, replaces=old
    )
    old.expires_at = min(now + overlap, old.expires_at or now + overlap)
    old.save(update_fields=["expires_at"])
    announce(KeyRotated(key_id=new.pk, old_key_id=old.pk, company_id=old.company_id), now=now)
    _record("members.rotate_key", actor, old, now, before=before, after=_told(old) | {"new": new.public_id})
    return MadeKey(new.public_id, new.name, made.whole)


@transaction.atomic
def revoke_key(*, actor: Actor, key_id: str, now: datetime) -> None:
    """The key opens nothing from now on; revoked again, it stays as it was."""
    found = own_key(actor, key_id, lock=True)
    if found.revoked_at is None:
        _revoke(found, actor.person_id, now)
        _record("members.revoke_key", actor, found, now, after={"revoked_at": now})


@transaction.atomic
def revoke_keys_of(*, actor: Actor, company_id: int, person_id: int, now: datetime) -> int:
    """Each key that the person made for the company, revoked since he acts for it no more; how many."""
    found = ApiKey.objects.select_for_update().filter(
        company_id=company_id, person_id=person_id, revoked_at=None
    )
    keys = list(found)
    for key in keys:
        _revoke(key, actor.person_id, now)
    return len(keys)


def _company_of(actor: Actor) -> int:
    """The actor's company, locked so that keys are counted one order at a time."""
    company_id = company_of_keys(actor)
    return Company.objects.select_for_update().values_list("pk", flat=True).get(pk=company_id)


def _given_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise KeyNameMissing(f"Enter a name of 1 to {LONGEST_NAME} characters: what the key is for.")
    return name


def _refuse_too_many(company_id: int, now: datetime) -> None:
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    if ApiKey.objects.filter(alive, company_id=company_id, revoked_at=None).count() >= MOST_WORKING:
        raise TooManyKeys(f"Your company has {MOST_WORKING} keys that work. Revoke one first.")


def _kept(
    actor: Actor,
    company_id: int,
    made: KeyText,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None,
    now: datetime,
    replaces: ApiKey | None = None,
) -> ApiKey:
    return ApiKey.objects.create(
        company_id=company_id,
        person_id=actor.person_id,
        name=name,
        prefix=made.prefix,
        last_four=made.last_four,
        secret_hash=made.hash,
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
        replaces=replaces,
    )


def _works(key: ApiKey, now: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > now)


def _revoke(key: ApiKey, person_id: int, now: datetime) -> None:
    key.revoked_at, key.revoked_by_id = now, person_id
    key.save(update_fields=["revoked_at", "revoked_by"])
    announce(KeyRevoked(key_id=key.pk, company_id=key.company_id), now=now)


def _told(key: ApiKey) -> dict[str, object]:
    return {"scopes": list(key.scopes), "expires_at": key.expires_at}


def _record(act: str, actor: Actor, key: ApiKey, now: datetime, **states: dict[str, object]) -> None:
    audit.record(
        act,
        person_id=actor.person_id,
        company_id=key.company_id,
        about=f"key {key.public_id}",
        now=now,
        **states,
    )
