"""What all orders of a company's owners share: the company locked, its owners counted, one line on record."""

from collections.abc import Mapping
from datetime import datetime

from bourse.kit import audit
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.people import OnlyOwners
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership
from bourse.members.policy import may_lead


class FormOutOfDate(Refusal):
    """What a form shows was changed by somebody else meanwhile."""

    status = 409


class LastOwner(Refusal):
    """A company has at least one owner at any time."""

    status = 409


def own_company_locked(actor: Actor, sentence: str) -> Company:
    """The actor's own company, locked; the sentence refuses whoever is not its owner."""
    if actor.company_id is None:
        raise NotThere("There is no such company.")
    if not may_lead(actor, actor.company_id):
        raise OnlyOwners(sentence)
    return Company.objects.select_for_update().get(pk=actor.company_id)


def refuse_without_owner(company: Company, person_id: int) -> None:
    """Nothing, unless the person is the only one. The company is locked: two owners do not both leave."""
    others = Membership.objects.filter(company=company, role=Role.OWNER.value, person__is_active=True)
    if not others.exclude(person_id=person_id).exists():
        raise LastOwner(
            f"You are the only owner of {company.name}. "
            "Hand it over to a colleague, or make one an owner first."
        )


def refuse_stale(seen: str, now_there: str) -> None:
    """Nothing, if the form was made of what is there."""
    if seen != now_there:
        raise FormOutOfDate(
            "Somebody else changed this after your page was loaded. Load it again, then make your change."
        )


def record(
    act: str,
    actor: Actor,
    company_id: int | None,
    about: str,
    now: datetime,
    before: Mapping[str, object] | None = None,
    **after: object,
) -> None:
    """One entry of the audit; fields are named, people's values are not in it."""
    audit.record(
        f"members.{act}",
        person_id=actor.person_id,
        company_id=company_id,
        about=about,
        before=before,
        after=after,
        now=now,
    )
