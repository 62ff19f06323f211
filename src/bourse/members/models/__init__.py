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

__all__ = [
    "ApiKey",
    "ApiRequest",
    "Application",
    "ApplicationDocument",
    "ApplicationNote",
    "Branch",
    "Company",
    "CompanyPrivate",
    "Exchange",
    "Invitation",
    "Membership",
    "OneTimeLink",
    "People",
    "Person",
    "ScreeningEntry",
    "ScreeningHit",
    "ScreeningList",
    "email_key",
    "secret_hash",
]
