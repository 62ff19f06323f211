"""What the members' room announces: ids and counts only, since a fact is kept and read by many."""

from datetime import datetime

from bourse.kit.outbox import Fact


class ApplicationReceived(Fact, frozen=True):
    """A firm asks to become a member; it waits for its link, and the operator has something to vet."""

    application_id: int


class ApplicationAsked(Fact, frozen=True):
    """The operator wants to know more of an applicant; the note holds what."""

    application_id: int
    note_id: int


class ApplicationAnswered(Fact, frozen=True):
    """An applicant answered, or added a document."""

    application_id: int


class ApplicationDecided(Fact, frozen=True):
    """The operator accepted or declined; the note holds the sentence written for the applicant."""

    application_id: int
    note_id: int
    is_accepted: bool


class CompanyAdmitted(Fact, frozen=True):
    """A firm became a member."""

    company_id: int


class ColleagueInvited(Fact, frozen=True):
    """Somebody is wanted by a company; the invitation waits for him under its link."""

    invitation_id: int
    company_id: int


class CompanySuspended(Fact, frozen=True):
    """A company left the market for a time: nobody finds its stock, and its open bids end."""

    company_id: int
    at: datetime


class CompanyReinstated(Fact, frozen=True):
    """A suspended company is back, with the stock that it had."""

    company_id: int
    at: datetime


class ScreeningHitsFound(Fact, frozen=True):
    """Names of applicants or members are like names on a list; the operator has to decide each."""

    count: int


class KeyMade(Fact, frozen=True):
    """A company has one more key, by which its programs come in."""

    key_id: int
    company_id: int
    person_id: int


class KeyRotated(Fact, frozen=True):
    """A key has its follower, and works beside it for a while."""

    key_id: int
    old_key_id: int
    company_id: int


class KeyRevoked(Fact, frozen=True):
    """A key opens nothing any more."""

    key_id: int
    company_id: int


class SignedInOnNewDevice(Fact, frozen=True):
    """Somebody came in with a browser that he had never used here."""

    person_id: int
    sign_in_id: int


class PasswordChanged(Fact, frozen=True):
    """A person signs in with another password from now on."""

    person_id: int
    at: datetime


class SecondFactorAdded(Fact, frozen=True):
    """A person has one more passkey, or an app that shows codes; `what` says which."""

    person_id: int
    at: datetime
    what: str


class SecondFactorRemoved(Fact, frozen=True):
    """A passkey, or the app that shows codes, lets nobody in any more."""

    person_id: int
    at: datetime
    what: str


class RecoveryCodesDrawn(Fact, frozen=True):
    """A person has new codes on paper; those of before are good no longer."""

    person_id: int
    at: datetime


class RecoveryCodeUsed(Fact, frozen=True):
    """Somebody came in with one of a person's codes on paper."""

    person_id: int
    at: datetime
    left: int


class LinkAsked(Fact, frozen=True):
    """A link waits to be mailed: members.queries.signing.mail_of says where and what."""

    link_id: int
    purpose: str


class EmailChanged(Fact, frozen=True):
    """A person signs in with another address; the link's row holds the one of before, which is told."""

    person_id: int
    link_id: int


class CompanyRenamed(Fact, frozen=True):
    """A company has another name: it is screened again, and search shows the new one."""

    company_id: int
    person_id: int


class PersonJoined(Fact, frozen=True):
    """Somebody took up an invitation and acts for a company from now on."""

    person_id: int
    company_id: int
    invitation_id: int


class RoleChanged(Fact, frozen=True):
    """A person does more or less for a company than before."""

    person_id: int
    company_id: int
    role: str
    by_id: int
    at: str


class PersonRemoved(Fact, frozen=True):
    """A person acts for a company no more: an owner took him out, or he left."""

    person_id: int
    company_id: int
    by_id: int
    at: str


class CompanyHandedOver(Fact, frozen=True):
    """An owner put another in his place."""

    company_id: int
    from_id: int
    to_id: int
    at: str


class PersonErased(Fact, frozen=True):
    """An account was closed for good; the words by which people knew its person are taken out everywhere."""

    person_id: int
