"""What notices are about, why somebody gets one, and how it reaches him until he says otherwise. Pure."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Topic(StrEnum):
    ACCOUNT = "account"
    COMPANY = "company"
    JOINING = "joining"
    UPLOADS = "uploads"
    LISTINGS = "listings"
    SEARCHES = "searches"
    TRADING = "trading"
    NEWS = "news"
    OPERATIONS = "operations"


class Reason(StrEnum):
    """Why this person gets it."""

    OWN_ACCOUNT = "own account"
    OWN_ACT = "own act"  # he began it: sent the file, set the feed up, invited the colleague
    OWNER = "owner"
    TRADER = "trader"  # he is one of those who change the company's stock: owners and traders
    MEMBER = "member"  # he acts for the company, as whatever
    OPERATOR = "operator"
    OWN_SEARCH = "own search"  # he saved it and chose to hear of what it finds


WHY: Mapping[Reason, str] = {
    Reason.OWN_ACCOUNT: "It is about your own account.",
    Reason.OWN_ACT: "You began what it tells of.",
    Reason.OWNER: "You are an owner of the company.",
    Reason.TRADER: "You are one of those who change the company's stock.",
    Reason.MEMBER: "You act for the company.",
    Reason.OPERATOR: "You run this exchange.",
    Reason.OWN_SEARCH: "You saved the search and chose to hear of what it finds.",
}


class Mailing(StrEnum):
    AT_ONCE = "at once"
    DIGEST = "digest"
    OFF = "off"


class Choice(msgspec.Struct, frozen=True):
    """How a topic reaches a person."""

    in_app: bool
    mail: Mailing


UNLESS_SET: Mapping[Topic, Choice] = {
    Topic.ACCOUNT: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.COMPANY: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.JOINING: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.UPLOADS: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.LISTINGS: Choice(in_app=True, mail=Mailing.DIGEST),
    Topic.SEARCHES: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.TRADING: Choice(in_app=True, mail=Mailing.AT_ONCE),
    Topic.NEWS: Choice(in_app=True, mail=Mailing.OFF),
    Topic.OPERATIONS: Choice(in_app=True, mail=Mailing.AT_ONCE),
}
ALWAYS = frozenset({Topic.ACCOUNT})
"""Who guards an account has to hear of it, at any hour: these topics keep their ways whatever is set."""

HEADS: Mapping[Topic, str] = {
    Topic.ACCOUNT: "Your account",
    Topic.COMPANY: "Your company and its people",
    Topic.JOINING: "Firms that want to join",
    Topic.UPLOADS: "Uploads and feeds",
    Topic.LISTINGS: "Listings",
    Topic.SEARCHES: "Saved searches",
    Topic.TRADING: "Trading",
    Topic.NEWS: "News",
    Topic.OPERATIONS: "How the house fares",
}

OPERATORS_OWN = frozenset({Topic.JOINING, Topic.OPERATIONS})
"""Topics of which only operators hear; applicants are written to as people without an account."""
