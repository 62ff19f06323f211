"""Who may do what with a company's stock."""

from bourse.members.actor import Actor


def may_see_stock_of(actor: Actor | None, company_id: int) -> bool:
    """A company's own people see its uploads, its ended listings and its private fields."""
    return actor is not None and actor.company_id == company_id


def may_change_stock_of(actor: Actor | None, company_id: int) -> bool:
    """Owners and traders change their own company's stock; viewers look."""
    return actor is not None and actor.may_trade and actor.company_id == company_id
