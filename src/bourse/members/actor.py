"""Who asks: passed into every order, never looked up inside a room."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    TRADER = "trader"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one company, or the operator acting for the house (no company)."""

    person_id: int
    company_id: int | None
    role: Role | None
    is_operator: bool = False

    @property
    def may_trade(self) -> bool:
        """Owners and traders change stock and trade; viewers look."""
        return self.company_id is not None and self.role in (Role.OWNER, Role.TRADER)
