"""Orders of whoever was invited: he comes in with a new account, or joins with the one that he has."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.people import AlreadyAMember, given_name, set_password
from bourse.members.actions.screening import screen_company
from bourse.members.actor import Actor
from bourse.members.facts import PersonJoined
from bourse.members.models import Company, Invitation, Membership, Person, secret_hash
from bourse.members.queries.invitations import InvitationState, signs_in_already, state_of


class InvitationUsed(Refusal):
    """An invitation is good once."""

    status = 409


class InvitationWithdrawn(Refusal):
    """Who invited thought better of it, or sent the invitation again."""

    status = 410


class InvitationTooOld(Refusal):
    """An invitation is good for 72 hours."""

    status = 410


class InvitationForAnother(Refusal):
    """The invitation was mailed to another address than the one that the person signs in with."""

    status = 403


class HasAnAccount(Refusal):
    """Whoever was invited signs in here already, and joins with the account that he has."""

    status = 409


@transaction.atomic
def come_in(*, secret: str, name: str, password: str | None, now: datetime) -> Person:
    """A new person of the company that invited him; without a password he adds a passkey at once.

    His address is verified: the link was mailed there and nowhere else.
    """
    invitation = _good(secret, now)
    known = Person.objects.select_for_update().filter(email=invitation.email).first()
    if known is not None and signs_in_already(known):
        raise HasAnAccount("You sign in here already: sign in, and join with that account.")
    person = known or Person(email=invitation.email, created_at=now)
    person.name, person.email_verified_at, person.password = given_name(name), now, make_password(None)
    if password is not None:
        set_password(person, password)
    person.save()
    _join(invitation, person, now)
    return person


@transaction.atomic
def join(*, actor: Actor, secret: str, now: datetime) -> str:
    """The actor acts for the company that invited him, beside those that he acts for; its public id."""
    invitation = _good(secret, now)
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    refuse_another(person.email, invitation.email)
    _join(invitation, person, now)
    return invitation.company.public_id


def refuse_another(own: str, invited: str) -> None:
    """Nothing for whoever was invited; his own sentence for somebody else who holds the link."""
    if own != invited:
        raise InvitationForAnother(
            "This invitation is for another address than the one you are signed in with. Sign out, then open "
            "the link again; or ask for an invitation to your own address."
        )


def refuse_unless_good(state: InvitationState) -> None:
    """Nothing for an invitation that can be used; else its own sentence."""
    if state is InvitationState.USED:
        raise InvitationUsed("This invitation was used already. Sign in with the account that you have.")
    if state is InvitationState.WITHDRAWN:
        raise InvitationWithdrawn(
            "This invitation was withdrawn. If a later mail invites you, use the link in that one."
        )
    if state is InvitationState.TOO_OLD:
        raise InvitationTooOld(
            "This invitation is older than 72 hours. Ask whoever invited you to send it again."
        )


def _good(secret: str, now: datetime) -> Invitation:
    """The invitation, its company and itself locked, so that of two who use it only one can pass."""
    found = Invitation.objects.filter(secret_hash=secret_hash(secret)).first()
    if found is None:
        raise NotThere("This invitation is not known here.")
    Company.objects.select_for_update().get(pk=found.company_id)
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("company").get(pk=found.pk)
    refuse_unless_good(state_of(locked, now))
    return locked


def _join(invitation: Invitation, person: Person, now: datetime) -> None:
    company = invitation.company
    _, is_new = Membership.objects.get_or_create(
        person=person, company=company, defaults={"role": invitation.role, "created_at": now}
    )
    if not is_new:
        raise AlreadyAMember(f"You act for {company.name} already.")
    invitation.used_at, invitation.used_by = now, person
    invitation.save(update_fields=["used_at", "used_by"])
    fact = PersonJoined(person_id=person.pk, company_id=company.pk, invitation_id=invitation.pk)
    announce(fact, now=now)
    screen_company(company_id=company.pk)
    audit.record(
        "members.join",
        person_id=person.pk,
        company_id=company.pk,
        about=f"invitation {invitation.public_id}",
        after={"role": invitation.role},
        now=now,
    )
