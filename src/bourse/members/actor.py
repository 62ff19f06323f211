"""Who asks: passed into every order, never looked up inside a room."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    TRADER = "trader"
    VIEWER = "viewer"


class Scope(StrEnum):
    """What a key may do; a person who is signed in has all of them."""

    READ_SEARCH = "read search"
    MANAGE_STOCK = "manage stock"
    TRADE = "trade"
    FEEDS = "feeds"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one company, or the operator acting for the house (no company)."""

    person_id: int
    company_id: int | None
    role: Role | None
    is_operator: bool = False
    is_suspended: bool = False  # his company: it keeps its records and does nothing on the exchange
    key_id: int | None = None  # the company's key that asks in the person's name
    scopes: frozenset[Scope] = ALL_SCOPES

    @property
    def is_member(self) -> bool:
        """Whether the market is open to him: he acts for a company that is not suspended."""
        return self.company_id is not None and not self.is_suspended

    @property
    def may_trade(self) -> bool:
        """Owners and traders change stock and trade; viewers look."""
        return self.is_member and self.role in (Role.OWNER, Role.TRADER)
