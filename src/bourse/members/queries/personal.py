"""Questions about one's own person: what the house keeps of it, to look at and to take along."""

from datetime import datetime

import msgspec

from bourse.members.actor import Actor, Role
from bourse.members.models import ApiKey, Invitation, MailedLink, Membership, Passkey, Person, SignIn
from bourse.members.profile import Particulars, Place, Profile
from bourse.members.queries.firms import own_firm, places

ERASED_DOMAIN = "erased.invalid"  # a name that no mail server ever has (RFC 2606)
MOST_KEPT = 10_000


class Own(msgspec.Struct, frozen=True):
    """What a person sets of himself."""

    name: str
    telephone: str = ""
    language: str = ""  # "": as the browser says
    time_zone: str = "UTC"


class Former(msgspec.Struct, frozen=True):
    """The words by which people know a person who is to be forgotten."""

    public_id: str
    name: str
    addresses: list[str]
    telephone: str


class KeptMembership(msgspec.Struct, frozen=True):
    """For whom the person acts, and as what."""

    company: str
    role: Role
    since: datetime


class KeptSignIn(msgspec.Struct, frozen=True):
    """Where he is signed in."""

    how: str
    address: str
    device: str
    started_at: datetime
    seen_at: datetime


class KeptPasskey(msgspec.Struct, frozen=True):
    """A passkey of his, without what it signs with."""

    name: str
    created_at: datetime
    used_at: datetime | None


class PersonKept(msgspec.Struct, frozen=True):
    """Everything that the members' room keeps of a person, without what would let somebody in."""

    public_id: str
    email: str
    email_verified_at: datetime | None
    own: Own
    created_at: datetime
    companies: list[KeptMembership]
    sign_ins: list[KeptSignIn]
    passkeys: list[KeptPasskey]


class KeptColleague(msgspec.Struct, frozen=True):
    """A person who acts for the company."""

    name: str
    role: Role
    since: datetime


class KeptInvitation(msgspec.Struct, frozen=True):
    """Whom the company invited, and what became of it."""

    email: str
    name: str
    role: Role
    created_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


class KeptKey(msgspec.Struct, frozen=True):
    """A key of the company, without its secret."""

    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeptBranch(msgspec.Struct, frozen=True):
    """A place of the company, open or closed."""

    place: Place
    created_at: datetime
    closed_at: datetime | None


class CompanyKept(msgspec.Struct, frozen=True):
    """Everything that the members' room keeps of a company, for its owners."""

    public_id: str
    member_since: datetime
    profile: Profile
    particulars: Particulars
    branches: list[KeptBranch]
    colleagues: list[KeptColleague]
    invitations: list[KeptInvitation]
    keys: list[KeptKey]


def own_person(actor: Actor) -> tuple[Own, str]:
    """What the actor has set of himself, and the address that he signs in with."""
    person = Person.objects.get(pk=actor.person_id)
    return msgspec.convert(person, Own, from_attributes=True), person.email


def own_words(person_id: int) -> Former | None:
    """How people know a person whose account was closed; nothing once that is taken out everywhere."""
    person = Person.objects.filter(pk=person_id).exclude(erased_at=None).first()
    if person is None or person.email.endswith(f"@{ERASED_DOMAIN}"):
        return None
    mailed = MailedLink.objects.filter(person=person).values_list("email", "replaced_email")
    addresses = {person.email, *(one for both in mailed for one in both if one)}
    return Former(person.public_id, person.name, sorted(addresses), person.telephone)


def person_kept(actor: Actor) -> PersonKept:
    """Everything that this room keeps of the actor himself."""
    person = Person.objects.get(pk=actor.person_id)
    own, email = own_person(actor)
    joined = Membership.objects.filter(person=person).select_related("company").order_by("id")
    signed_in = SignIn.objects.filter(person=person).order_by("id")[:MOST_KEPT]
    passkeys = Passkey.objects.filter(person=person).order_by("id")
    return PersonKept(
        public_id=person.public_id,
        email=email,
        email_verified_at=person.email_verified_at,
        own=own,
        created_at=person.created_at,
        companies=[KeptMembership(one.company.name, Role(one.role), one.created_at) for one in joined],
        sign_ins=[msgspec.convert(one, KeptSignIn, from_attributes=True) for one in signed_in],
        passkeys=[msgspec.convert(one, KeptPasskey, from_attributes=True) for one in passkeys],
    )


def company_kept(actor: Actor) -> CompanyKept | None:
    """Everything that this room keeps of the actor's company; nothing for whoever is not its owner."""
    if actor.company_id is None or actor.role is not Role.OWNER:
        return None
    firm = own_firm(actor)
    joined = Membership.objects.filter(company_id=actor.company_id).select_related("person").order_by("id")
    invited = Invitation.objects.filter(company_id=actor.company_id).order_by("id")[:MOST_KEPT]
    keys = ApiKey.objects.filter(company_id=actor.company_id).order_by("id")[:MOST_KEPT]
    return CompanyKept(
        public_id=firm.public_id,
        member_since=firm.member_since,
        profile=firm.profile,
        particulars=firm.particulars,
        branches=[KeptBranch(one.place, one.created_at, one.closed_at) for one in places(actor)],
        colleagues=[KeptColleague(one.person.name, Role(one.role), one.created_at) for one in joined],
        invitations=[msgspec.convert(one, KeptInvitation, from_attributes=True) for one in invited],
        keys=[msgspec.convert(one, KeptKey, from_attributes=True) for one in keys],
    )
