"""How orders about stock are recorded: what was ordered, of which thing, and what it was before and after."""

from collections.abc import Mapping
from datetime import datetime

from bourse.kit import audit
from bourse.members.actor import Actor

ASK = ("ask_cents", "cash_ask_cents", "availability", "is_live", "hides_ask", "hides_cash_ask")


def record(
    act: str,
    actor: Actor,
    about: str,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """One entry for the order, in its own transaction."""
    audit.record(
        f"market.{act}",
        person_id=actor.person_id,
        company_id=actor.company_id,
        about=about,
        before=before,
        after=after,
        now=now,
    )


def fields_of(row: object, *names: str) -> dict[str, object]:
    """The row's values of these fields, as they are now."""
    return {name: getattr(row, name) for name in names}
