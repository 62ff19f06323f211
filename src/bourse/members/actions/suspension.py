"""Orders of the operator that take a company off the market for a time, and bring it back as it was.

Nothing of its stock is written: what others see asks whether the company is suspended, so all comes back
exactly. Who hears the facts hides and shows it within a moment.
"""

from datetime import datetime

import msgspec
from django.db import transaction

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.people import OnlyTheOperator
from bourse.members.actor import Actor
from bourse.members.facts import CompanyReinstated, CompanySuspended
from bourse.members.models import Company
from bourse.members.policy import may_admit

LONGEST_REASON = 1_000


class SuspensionReasonMissing(Refusal):
    """A suspension needs its reason, which the company's people read on every page."""


class SuspendedAlready(Refusal):
    """Another operator suspended the company first."""

    status = 409


class NotSuspended(Refusal):
    """The company is on the market."""

    status = 409


class Told(msgspec.Struct, frozen=True):
    """The company's public id, and the number of the fact: an answer may wait until search has heard it."""

    company_id: str
    fact_id: int


@transaction.atomic
def suspend_company(*, actor: Actor, company_id: str, because: str, now: datetime) -> Told:
    """The company off the market: its people keep its records, nobody finds its stock, its bids end."""
    found = _locked(actor, company_id)
    if found.suspended_at is not None:
        raise SuspendedAlready(f"{found.name} is suspended already.")
    if not because.strip():
        raise SuspensionReasonMissing("Write why: the company’s people read it on every page.")
    found.suspended_at, found.suspended_because = now, because.strip()[:LONGEST_REASON]
    found.save(update_fields=["suspended_at", "suspended_because"])
    _record("members.suspend_company", found, actor, {"suspended": False}, {"suspended": True}, now)
    return Told(found.public_id, announce(CompanySuspended(company_id=found.pk, at=now), now=now))


@transaction.atomic
def reinstate_company(*, actor: Actor, company_id: str, now: datetime) -> Told:
    """The company back on the market, with the stock that it has."""
    found = _locked(actor, company_id)
    if found.suspended_at is None:
        raise NotSuspended(f"{found.name} is not suspended.")
    found.suspended_at, found.suspended_because = None, ""
    found.save(update_fields=["suspended_at", "suspended_because"])
    _record("members.reinstate_company", found, actor, {"suspended": True}, {"suspended": False}, now)
    return Told(found.public_id, announce(CompanyReinstated(company_id=found.pk, at=now), now=now))


def _locked(actor: Actor, company_id: str) -> Company:
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator suspends and reinstates a company.")
    found = Company.objects.select_for_update().filter(public_id=company_id).first()
    if found is None:
        raise NotThere("There is no such company.")
    return found


def _record(
    act: str,
    found: Company,
    actor: Actor,
    before: dict[str, object],
    after: dict[str, object],
    now: datetime,
) -> None:
    about = f"company {found.public_id}"
    audit.record(
        act, person_id=actor.person_id, company_id=found.pk, about=about, before=before, after=after, now=now
    )
