"""Who may set webhooks up."""

from bourse.members.actor import Actor, Role


def may_set_webhooks(actor: Actor) -> bool:
    """Owners: what leaves the company by itself is theirs to decide."""
    return actor.company_id is not None and actor.role is Role.OWNER
