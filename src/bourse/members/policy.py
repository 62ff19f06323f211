"""Who may admit and invite."""

from bourse.members.actor import Actor, Role


def may_admit(actor: Actor) -> bool:
    """Only the operator opens the house to a company."""
    return actor.is_operator


def may_add_people_to(actor: Actor, company_id: int) -> bool:
    """The operator anywhere, an owner at his own company."""
    return actor.is_operator or (actor.company_id == company_id and actor.role is Role.OWNER)


def may_see_company(actor: Actor, company_id: int) -> bool:
    """The operator sees every company's own page, its people see theirs."""
    return actor.is_operator or actor.company_id == company_id


def may_set_exchange(actor: Actor) -> bool:
    """How the house is set is the operator's decision."""
    return actor.is_operator


def may_keep_keys_of(actor: Actor, company_id: int) -> bool:
    """An owner makes, looks at and revokes his company's keys, a suspended company's too."""
    return actor.key_id is None and actor.company_id == company_id and actor.role is Role.OWNER


def may_lead(actor: Actor, company_id: int) -> bool:
    """What a company says of itself, its places and its people are decided by its owners in person."""
    return actor.key_id is None and actor.company_id == company_id and actor.role is Role.OWNER
