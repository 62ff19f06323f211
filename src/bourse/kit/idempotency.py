"""A call with an operation id is done once: sent again it gets the same answer, and nothing happens twice.

The answer is written in the transaction of the order itself, so a process that is killed leaves either both
or neither. Two calls with one id at the same time wait for each other, for a while. An id belongs to a
company: another company's is another id. Decision 0023 says what is kept and what is not.
"""

import time
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from django.db import connection, transaction

from bourse.kit.models import OperationId
from bourse.kit.refusal import Refusal

KEPT = timedelta(days=30)
MOST_OF_A_COMPANY = 100_000
PATIENCE_S = 2.0
LOOK_S = 0.02
ADDING_S = 40.0  # what is not final after so long never will be: its process died after the order
SLICE = 5_000


class OperationInFlight(Refusal):
    """A call with this id is being done at this moment."""

    status = 409


class OperationIdUsed(Refusal):
    """The id stands for another call: other address, other body, other person."""


class TooManyOperationIds(Refusal):
    """A company's ids of the last thirty days are as many as the house keeps."""

    status = 429


class Kept(msgspec.Struct, frozen=True):
    """An answer as it is kept."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_final: bool = True  # nothing more is added to it


class Done(msgspec.Struct, frozen=True):
    """The answer, and whether it is the one of an earlier call."""

    answer: Kept
    is_replayed: bool


def once(
    order: Callable[[], Kept],
    *,
    company_id: int,
    key: str,
    fingerprint: bytes,
    now: datetime,
    is_kept: Callable[[Kept], bool],
) -> Done:
    """What the order answers, done by this call or by an earlier one with the same id and fingerprint."""
    with transaction.atomic():
        _take_alone(company_id, key)
        if not OperationId.objects.filter(company_id=company_id, key=key).exists():
            _refuse_too_many(company_id)
            answer = order()
            if is_kept(answer):
                _keep(answer, company_id, key, fingerprint, now)
            return Done(answer, False)
    return Done(_settled(company_id, key, fingerprint, now), True)


def _keep(answer: Kept, company_id: int, key: str, fingerprint: bytes, now: datetime) -> None:
    OperationId.objects.create(
        company_id=company_id,
        key=key,
        fingerprint=fingerprint,
        at=now,
        status=answer.status,
        headers=answer.headers,
        body=zlib.compress(answer.body, 1),
        is_final=answer.is_final,
    )


def settle(answer: Kept, *, company_id: int, key: str) -> None:
    """Nothing more is added to the answer of this call; from now on it is given as it stands here."""
    OperationId.objects.filter(company_id=company_id, key=key).update(
        status=answer.status, headers=answer.headers, body=zlib.compress(answer.body, 1), is_final=True
    )


def forget_old(now: datetime) -> int:
    """Forget the ids of more than thirty days ago, in slices; how many went."""
    gone = 0
    while True:
        old = OperationId.objects.filter(at__lt=now - KEPT).order_by("at").values("pk")[:SLICE]
        count, _ = OperationId.objects.filter(pk__in=old).delete()
        gone += count
        if count < SLICE:
            return gone


def _settled(company_id: int, key: str, fingerprint: bytes, now: datetime) -> Kept:
    """The kept answer once it is final; the one that was committed where nobody will add to it any more."""
    until = time.monotonic() + PATIENCE_S
    while True:
        found = OperationId.objects.get(company_id=company_id, key=key)
        if bytes(found.fingerprint) != fingerprint:
            raise OperationIdUsed(
                "This operation id stands for another call. Use a new one for each operation; "
                "send a call again exactly as it was."
            )
        if found.is_final or now - found.at > timedelta(seconds=ADDING_S):
            return Kept(found.status, found.headers, zlib.decompress(bytes(found.body)))
        if time.monotonic() >= until:
            raise _in_flight()
        time.sleep(LOOK_S)


def _take_alone(company_id: int, key: str) -> None:
    """The right to do this operation, until the transaction ends."""
    until = time.monotonic() + PATIENCE_S
    while not _is_taken(f"operation {company_id} {key}"):
        if time.monotonic() >= until:
            raise _in_flight()
        time.sleep(LOOK_S)


def _is_taken(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [name])
        row = cursor.fetchone()
    return bool(row[0])


def _in_flight() -> OperationInFlight:
    return OperationInFlight("A call with this operation id is being done now. Ask again in a second.")


def _refuse_too_many(company_id: int) -> None:
    own = OperationId.objects.filter(company_id=company_id).order_by("-id")
    if own.values_list("pk", flat=True)[MOST_OF_A_COMPANY - 1 : MOST_OF_A_COMPANY]:
        raise TooManyOperationIds(
            f"Your company has used {MOST_OF_A_COMPANY:,} operation ids in 30 days, and no more are kept. "
            "Calls without an id go on."
        )
