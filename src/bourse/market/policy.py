"""Who may do what with a company's stock, and as what somebody looks at it."""

from enum import StrEnum

from bourse.members.actor import Actor, Role


class Viewer(StrEnum):
    """As what somebody looks at a listing; what each sees of it stands in market.visible."""

    VISITOR = "visitor"  # not signed in, or acting for no company
    MEMBER = "member"  # of another company
    OPERATOR = "operator"
    OWN = "own"  # the listing's own company


def viewer_of(actor: Actor | None, company_id: int | None) -> Viewer:
    """As what the actor looks at the stock of this company."""
    if actor is None:
        return Viewer.VISITOR
    if actor.company_id is not None and actor.company_id == company_id:
        return Viewer.OWN
    if actor.is_operator:
        return Viewer.OPERATOR
    return Viewer.VISITOR if actor.company_id is None else Viewer.MEMBER


def may_see_stock_of(actor: Actor | None, company_id: int) -> bool:
    """A company's own people see its uploads, its ended listings and its private fields."""
    return viewer_of(actor, company_id) is Viewer.OWN


def may_change_stock_of(actor: Actor | None, company_id: int) -> bool:
    """Owners and traders change their own company's stock; viewers look."""
    return actor is not None and actor.may_trade and actor.company_id == company_id


def may_set_showing_of(actor: Actor | None, company_id: int) -> bool:
    """What the others see of all its listings is decided by a company's owners."""
    return actor is not None and actor.role is Role.OWNER and actor.company_id == company_id


def may_see_differing(actor: Actor | None) -> bool:
    """Where suppliers contradict each other the operator sees who says what."""
    return actor is not None and actor.is_operator
