"""Orders about who is who, and about how the house is set."""

from bourse.members.actions.exchange import (
    ColourNotKnown,
    ContrastTooLow,
    ExchangeNameMissing,
    LogoNotTaken,
    set_exchange,
)
from bourse.members.actions.people import (
    LINK_LIVES,
    AlreadyAMember,
    CompanyNameTaken,
    EmailNotValid,
    EmailTaken,
    LinkNotValid,
    NameMissing,
    OnlyOwners,
    OnlyTheOperator,
    OperatorExists,
    PasswordTooWeak,
    add_person,
    admit_company,
    first_operator_link,
    use_link,
)

__all__ = [
    "LINK_LIVES",
    "AlreadyAMember",
    "ColourNotKnown",
    "CompanyNameTaken",
    "ContrastTooLow",
    "EmailNotValid",
    "EmailTaken",
    "ExchangeNameMissing",
    "LinkNotValid",
    "LogoNotTaken",
    "NameMissing",
    "OnlyOwners",
    "OnlyTheOperator",
    "OperatorExists",
    "PasswordTooWeak",
    "add_person",
    "admit_company",
    "first_operator_link",
    "set_exchange",
    "use_link",
]
