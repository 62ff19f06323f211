"""Questions about who is who, and about how the house is set."""

from bourse.members.queries.exchange import ExchangeView, Logo, exchange, exchange_logo
from bourse.members.queries.people import (
    CompanyView,
    LinkView,
    actor_for,
    actors_of,
    companies,
    companies_of,
    company,
    link,
    own_company,
)
from bourse.members.queries.recipients import Recipient, operators, people_of, recipients

__all__ = [
    "CompanyView",
    "ExchangeView",
    "LinkView",
    "Logo",
    "Recipient",
    "actor_for",
    "actors_of",
    "companies",
    "companies_of",
    "company",
    "exchange",
    "exchange_logo",
    "link",
    "operators",
    "own_company",
    "people_of",
    "recipients",
]
