"""Orders about a company's people: who is wanted, what each may do, who leaves, who leads."""

from datetime import datetime, timedelta
from math import ceil

from django.db import transaction

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.public_id import public_id
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.keys import revoke_keys_of
from bourse.members.actions.owning import own_company_locked, record, refuse_without_owner
from bourse.members.actions.people import AlreadyAMember, OnlyOwners, given_email, given_name
from bourse.members.actions.signing.sign_ins import end_sign_ins_of
from bourse.members.actor import Actor, Role
from bourse.members.facts import ColleagueInvited, CompanyHandedOver, PersonRemoved, RoleChanged
from bourse.members.models import Company, Invitation, Membership, secret_hash
from bourse.members.policy import may_add_people_to, may_see_company
from bourse.members.secrets import derived_secret

INVITATION = "invitation"  # the purpose under which its link's secret is derived
INVITATION_LIVES = timedelta(hours=72)
MOST_WAITING = 50
MOST_AN_HOUR = 3  # to one address: whoever wants it has it by then
ONLY_OWNERS = "Colleagues are invited, given their roles and taken out by the owners of your company."


class InvitedAlready(Refusal):
    """One open invitation for an address is enough."""

    status = 409


class TooManyInvitations(Refusal):
    """A company has so many people invited at most."""

    status = 409


class InvitedTooOften(Refusal):
    """Nobody is sent one invitation after another."""

    status = 429


class InvitationIsOver(Refusal):
    """The invitation was used, or was withdrawn."""

    status = 409


class NotToYourself(Refusal):
    """A company is handed over to somebody else."""

    status = 409


@transaction.atomic
def invite(*, actor: Actor, company_id: str, email: str, name: str, role: Role, now: datetime) -> Invitation:
    """An invitation for somebody to act for the company, good once and for 72 hours; he is told by mail.

    The operator may invite into any company, an owner into his own: nobody gives a role above his own.
    """
    company = Company.objects.select_for_update().filter(public_id=company_id).first()
    if company is None or not may_see_company(actor, company.pk):
        raise NotThere("There is no such company.")
    if not may_add_people_to(actor, company.pk) or actor.key_id is not None:
        raise OnlyOwners(ONLY_OWNERS)
    email, name = given_email(email), given_name(name)
    _refuse_known(company, email)
    return _invited(actor, company, email, name, role, now)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: str, now: datetime) -> None:
    """The invitation lets nobody in any more."""
    company = own_company_locked(actor, ONLY_OWNERS)
    _withdraw(_open(company, invitation_id), now)
    record("withdraw_invitation", actor, company.pk, f"invitation {invitation_id}", now)


@transaction.atomic
def send_invitation_again(*, actor: Actor, invitation_id: str, now: datetime) -> Invitation:
    """A fresh invitation of the same words; the link that was sent before is good no longer."""
    company = own_company_locked(actor, ONLY_OWNERS)
    old = _open(company, invitation_id)
    _withdraw(old, now)
    return _invited(actor, company, old.email, old.name, Role(old.role), now)


@transaction.atomic
def change_role(*, actor: Actor, person_id: str, role: Role, now: datetime) -> None:
    """What the colleague may do from now on; the last owner stays one."""
    company = own_company_locked(actor, ONLY_OWNERS)
    membership = _membership(company, person_id)
    before, whom = membership.role, membership.person_id
    if before == role:
        return
    if before == Role.OWNER:
        refuse_without_owner(company, whom)
    _give(membership, role, now)
    fact = RoleChanged(
        person_id=whom, company_id=company.pk, role=role.value, by_id=actor.person_id, at=now.isoformat()
    )
    announce(fact, now=now)
    record("change_role", actor, company.pk, f"person:{whom}", now, {"role": before}, role=role.value)


@transaction.atomic
def hand_company_over(*, actor: Actor, person_id: str, now: datetime) -> None:
    """The colleague is an owner from now on, and the actor a trader."""
    company = own_company_locked(actor, "A company is handed over by one of its owners.")
    heir = _membership(company, person_id)
    if heir.person_id == actor.person_id:
        raise NotToYourself("Choose a colleague: you are an owner already.")
    _give(heir, Role.OWNER, now)
    _give(Membership.objects.get(company=company, person_id=actor.person_id), Role.TRADER, now)
    fact = CompanyHandedOver(
        company_id=company.pk, from_id=actor.person_id, to_id=heir.person_id, at=now.isoformat()
    )
    announce(fact, now=now)
    record("hand_company_over", actor, company.pk, f"person:{heir.person_id}", now, role=Role.OWNER.value)


@transaction.atomic
def remove_person(*, actor: Actor, person_id: str, now: datetime) -> None:
    """The colleague acts for the company no more: out of every browser, his keys and invitations void."""
    company = own_company_locked(actor, ONLY_OWNERS)
    membership = _membership(company, person_id)
    whom = membership.person_id
    leave(actor, company, membership, now)
    if whom != actor.person_id:
        end_sign_ins_of(whom)


@transaction.atomic
def leave_company(*, actor: Actor, now: datetime) -> None:
    """The actor acts for his company no more, by his own will; its last owner hands it over first."""
    company = Company.objects.select_for_update().filter(pk=actor.company_id or 0).first()
    if company is None or actor.key_id is not None:
        raise NotThere("There is no such company.")
    leave(actor, company, Membership.objects.get(company=company, person_id=actor.person_id), now)


def leave(actor: Actor, company: Company, membership: Membership, now: datetime) -> None:
    """Take a person out of a locked company; within the order that does so."""
    person_id, role = membership.person_id, membership.role
    if role == Role.OWNER:
        refuse_without_owner(company, person_id)
    membership.delete()
    revoked = revoke_keys_of(actor=actor, company_id=company.pk, person_id=person_id, now=now)
    _withdraw_all_of(company, person_id, now)
    fact = PersonRemoved(
        person_id=person_id, company_id=company.pk, by_id=actor.person_id, at=now.isoformat()
    )
    announce(fact, now=now)
    about = f"person:{person_id}"
    record("remove_person", actor, company.pk, about, now, {"role": role}, keys_revoked=revoked)


def _refuse_known(company: Company, email: str) -> None:
    if Membership.objects.filter(company=company, person__email=email).exists():
        raise AlreadyAMember(f"{email} acts for {company.name} already.")
    waiting = Invitation.objects.filter(company=company, used_at=None, withdrawn_at=None)
    if waiting.filter(email=email).exists():
        raise InvitedAlready(f"{email} is invited already. Send that invitation again, or withdraw it.")
    if waiting.count() >= MOST_WAITING:
        raise TooManyInvitations(f"{MOST_WAITING} invitations wait already. Withdraw one first.")


def _refuse_too_often(company: Company, email: str, now: datetime) -> None:
    """Whichever way it was sent: anew, again, or after it was withdrawn."""
    hour = timedelta(hours=1)
    sent = Invitation.objects.filter(company=company, email=email, created_at__gt=now - hour)
    times = list(sent.order_by("created_at").values_list("created_at", flat=True))
    if len(times) >= MOST_AN_HOUR:
        refusal = InvitedTooOften(
            f"{MOST_AN_HOUR} invitations went to {email} within an hour. Wait before you send another."
        )
        refusal.retry_after_s = ceil((times[-MOST_AN_HOUR] + hour - now).total_seconds())
        raise refusal


def _invited(actor: Actor, company: Company, email: str, name: str, role: Role, now: datetime) -> Invitation:
    _refuse_too_often(company, email, now)
    number = public_id()
    made = Invitation.objects.create(
        public_id=number,
        secret_hash=secret_hash(derived_secret(INVITATION, number)),
        company=company,
        email=email,
        name=name,
        role=role.value,
        invited_by_id=actor.person_id,
        created_at=now,
        expires_at=now + INVITATION_LIVES,
    )
    announce(ColleagueInvited(invitation_id=made.pk, company_id=company.pk), now=now)
    audit.record(
        "members.invite",
        person_id=actor.person_id,
        company_id=company.pk,
        about=f"invitation {number}",
        after={"role": role.value},
        now=now,
    )
    return made


def _open(company: Company, invitation_id: str) -> Invitation:
    found = Invitation.objects.select_for_update().filter(company=company, public_id=invitation_id).first()
    if found is None:
        raise NotThere("There is no such invitation.")
    if found.used_at is not None or found.withdrawn_at is not None:
        raise InvitationIsOver("This invitation was used or withdrawn meanwhile.")
    return found


def _withdraw(invitation: Invitation, now: datetime) -> None:
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])


def _withdraw_all_of(company: Company, person_id: int, now: datetime) -> None:
    """Whoever leads no more has nobody waiting to come in by his word."""
    waiting = Invitation.objects.filter(
        company=company, invited_by_id=person_id, used_at=None, withdrawn_at=None
    )
    waiting.update(withdrawn_at=now)


def _membership(company: Company, person_id: str) -> Membership:
    found = Membership.objects.filter(company=company, person__public_id=person_id).first()
    if found is None:
        raise NotThere("There is no such colleague.")
    return found


def _give(membership: Membership, role: Role, now: datetime) -> None:
    membership.role = role.value
    membership.save(update_fields=["role"])
    if role is not Role.OWNER:
        _withdraw_all_of(membership.company, membership.person_id, now)
