"""The tables of who is who."""

from bourse.members.models.companies import Branch, Company, CompanyPrivate
from bourse.members.models.exchange import Exchange
from bourse.members.models.joining import (
    Application,
    ApplicationDocument,
    ApplicationNote,
    ScreeningEntry,
    ScreeningHit,
    ScreeningList,
)
from bourse.members.models.keys import ApiKey, ApiRequest
from bourse.members.models.people import (
    Invitation,
    Membership,
    OneTimeLink,
    People,
    Person,
    email_key,
    secret_hash,
)
from bourse.members.models.signing import CodeApp, MailedLink, Passkey, RecoveryCode, SignIn

__all__ = [
    "ApiKey",
    "ApiRequest",
    "Application",
    "ApplicationDocument",
    "ApplicationNote",
    "Branch",
    "CodeApp",
    "Company",
    "CompanyPrivate",
    "Exchange",
    "Invitation",
    "MailedLink",
    "Membership",
    "OneTimeLink",
    "Passkey",
    "People",
    "Person",
    "RecoveryCode",
    "ScreeningEntry",
    "ScreeningHit",
    "ScreeningList",
    "SignIn",
    "email_key",
    "secret_hash",
]
