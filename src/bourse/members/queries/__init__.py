"""Questions about who is who, and about how the house is set."""

from bourse.members.queries.exchange import ExchangeView, Logo, exchange, exchange_logo
from bourse.members.queries.keys import (
    Caller,
    KeyExpired,
    KeyIsRevoked,
    KeyMistyped,
    KeyState,
    KeyUnknown,
    KeyView,
    caller_of,
    key_names,
    key_of,
    keys_of,
)
from bourse.members.queries.news import KeyNews, key_news
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
from bourse.members.queries.recipients import (
    Recipient,
    operators,
    people_of,
    person_called,
    recipients,
)
from bourse.members.queries.requests import RequestPage, RequestView, WantedRequests, requests_of

__all__ = [
    "Caller",
    "CompanyView",
    "ExchangeView",
    "KeyExpired",
    "KeyIsRevoked",
    "KeyMistyped",
    "KeyNews",
    "KeyState",
    "KeyUnknown",
    "KeyView",
    "LinkView",
    "Logo",
    "Recipient",
    "RequestPage",
    "RequestView",
    "WantedRequests",
    "actor_for",
    "actors_of",
    "caller_of",
    "companies",
    "companies_of",
    "company",
    "exchange",
    "exchange_logo",
    "key_names",
    "key_news",
    "key_of",
    "keys_of",
    "link",
    "operators",
    "own_company",
    "people_of",
    "person_called",
    "recipients",
    "requests_of",
]
