"""Where people are signed in: begun, seen, ended."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bourse.kit import audit, spool
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.members.facts import SignedInOnNewDevice
from bourse.members.models import Person
from bourse.members.models.signing import SignIn
from bourse.members.ways import How

MOST_SEEN = 10_000


class _Seen(msgspec.Struct):
    """That a sign-in was used, on its way to the table."""

    sign_in_id: str
    at_s: float


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Seen).decode


@transaction.atomic
def sign_in(
    *, person_id: int, session_key: str, how: How, device: str, is_new_device: bool, now: datetime
) -> SignIn:
    """The person is signed in there from now on; he is told of a device that he never used before."""
    begun, _ = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "person_id": person_id,
            "how": how.value,
            "address": audit.origin.get().address,
            "device": device[:300],
            "started_at": now,
            "seen_at": now,
        },
    )
    Person.objects.filter(pk=person_id).update(last_login=now)
    _record("sign_in", person_id, begun, now, how=how.value, is_new_device=is_new_device)
    if is_new_device:
        announce(SignedInOnNewDevice(person_id=person_id, sign_in_id=begun.pk), now=now)
    return begun


@transaction.atomic
def sign_out(*, session_key: str, now: datetime) -> None:
    """Whoever was signed in there is so no longer."""
    for ended in SignIn.objects.select_for_update().filter(session_key=session_key):
        _end(SignIn.objects.filter(pk=ended.pk))
        _record("sign_out", ended.person_id, ended, now)


@transaction.atomic
def end_sign_in(*, actor: Actor, sign_in_id: str, now: datetime) -> None:
    """The actor is signed in there no longer: its browser has to sign in again."""
    own = SignIn.objects.select_for_update().filter(person_id=actor.person_id, public_id=sign_in_id)
    if (ended := own.first()) is None:
        raise NotThere("There is no such sign-in.")
    _end(own)
    _record("end_sign_in", actor.person_id, ended, now, company_id=actor.company_id)


@transaction.atomic
def end_other_sign_ins(*, actor: Actor, session_key: str, now: datetime) -> int:
    """The actor is signed in nowhere but there; how many were ended."""
    count = end_sign_ins_of(actor.person_id, but=session_key)
    audit.record(
        "members.end_other_sign_ins",
        person_id=actor.person_id,
        company_id=actor.company_id,
        about=f"person:{actor.person_id}",
        after={"ended": count},
        now=now,
    )
    return count


def end_sign_ins_of(person_id: int, *, but: str = "") -> int:
    """End the person's sign-ins, except that of a session; for orders after which they must not go on."""
    return _end(SignIn.objects.filter(person_id=person_id).exclude(session_key=but))


def hand_over_seen(folder: Path, sign_in_id: str, at_s: float) -> None:
    """Leave word that the sign-in (public id) was used just now: who looks at a page writes no table."""
    spool.add(_spooled(folder), _encode(_Seen(sign_in_id, at_s)))


def take_in_seen(folder: Path) -> int:
    """Note in one batch when sign-ins were last used; how many were."""
    taken = spool.take(_spooled(folder))
    if taken is None:
        return 0
    seen: dict[str, datetime] = {}
    for line in spool.lines(taken):
        with suppress(msgspec.MsgspecError):
            one = _decode(line)
            seen[one.sign_in_id] = datetime.fromtimestamp(one.at_s, UTC)
    count = _note_seen(seen)
    taken.unlink()
    return count


@transaction.atomic
def _note_seen(seen: Mapping[str, datetime]) -> int:
    rows = list(SignIn.objects.select_for_update().filter(public_id__in=list(seen)[:MOST_SEEN]))
    for row in rows:
        row.seen_at = max(row.seen_at, seen[row.public_id])  # taken twice, or late, it changes nothing
    return SignIn.objects.bulk_update(rows, ["seen_at"], batch_size=1000)


@transaction.atomic
def forget_ended(*, now: datetime) -> None:
    """Forget sessions that are over, and what was signed in with them."""
    Session.objects.filter(expire_date__lt=now - timedelta(days=1)).delete()
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    SignIn.objects.filter(~Exists(living), started_at__lt=now - timedelta(minutes=1)).delete()


def _spooled(folder: Path) -> Path:
    return folder / "run" / "seen"


def _end(sign_ins: QuerySet[SignIn]) -> int:
    keys = list(sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return SignIn.objects.filter(session_key__in=keys).delete()[0]


def _record(
    act: str, person_id: int, about: SignIn, now: datetime, company_id: int | None = None, **after: object
) -> None:
    audit.record(
        f"members.{act}",
        person_id=person_id,
        company_id=company_id,
        about=f"sign_in:{about.public_id}",
        after=after,
        now=now,
    )
