"""Questions about invitations: what a link that was mailed still does."""

from datetime import datetime
from enum import StrEnum

import msgspec

from bourse.kit.refusal import NotThere
from bourse.members.actor import Role
from bourse.members.models import Invitation, Passkey, Person, secret_hash
from bourse.members.secrets import derived_secret


class InvitationState(StrEnum):
    """Whether a link of an invitation lets somebody in."""

    GOOD = "good"
    USED = "used"
    WITHDRAWN = "withdrawn"
    TOO_OLD = "too old"


class InvitationView(msgspec.Struct, frozen=True):
    """An invitation as the holder of its link sees it."""

    company: str
    role: Role
    email: str
    name: str
    invited_by: str
    expires_at: datetime
    state: InvitationState
    has_account: bool


class InvitationMail(msgspec.Struct, frozen=True):
    """What the mail of an invitation says; the secret is derived for it and kept nowhere."""

    public_id: str
    secret: str
    email: str
    name: str
    company: str
    invited_by: str
    is_by_colleague: bool
    expires_at: datetime


def invitation(secret: str, *, now: datetime) -> InvitationView:
    """The invitation behind a link, whatever became of it."""
    joined = Invitation.objects.select_related("company", "invited_by")
    if (found := joined.filter(secret_hash=secret_hash(secret)).first()) is None:
        raise NotThere("This invitation is not known here.")
    person = Person.objects.filter(email=found.email).first()
    return InvitationView(
        company=found.company.name,
        role=Role(found.role),
        email=found.email,
        name=found.name,
        invited_by=found.invited_by.name,
        expires_at=found.expires_at,
        state=state_of(found, now),
        has_account=person is not None and signs_in_already(person),
    )


def mail_of_invitation(invitation_id: int, *, now: datetime) -> InvitationMail | None:
    """What is mailed to whoever was invited; nothing where the link lets nobody in any more."""
    found = Invitation.objects.select_related("company", "invited_by").filter(pk=invitation_id).first()
    if found is None or state_of(found, now) is not InvitationState.GOOD:
        return None
    return InvitationMail(
        public_id=found.public_id,
        secret=derived_secret("invitation", found.public_id),
        email=found.email,
        name=found.name,
        company=found.company.name,
        invited_by=found.invited_by.name,
        is_by_colleague=found.invited_by.memberships.filter(company=found.company).exists(),
        expires_at=found.expires_at,
    )


def state_of(found: Invitation, now: datetime) -> InvitationState:
    """What the invitation's link does at this moment."""
    if found.used_at is not None:
        return InvitationState.USED
    if found.withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.TOO_OLD if found.expires_at <= now else InvitationState.GOOD


def signs_in_already(person: Person) -> bool:
    """Whether the person has something to sign in with; an account without is still to be set up."""
    return person.has_usable_password() or Passkey.objects.filter(person=person).exists()
