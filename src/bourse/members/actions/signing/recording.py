"""How orders about a person's own signing in are recorded: by whom, of whom, and no value of it."""

from datetime import datetime

from bourse.kit import audit


def record(
    act: str, person_id: int, now: datetime, *, company_id: int | None = None, **after: object
) -> None:
    """One entry about the person himself."""
    audit.record(
        f"members.{act}",
        person_id=person_id,
        company_id=company_id,
        about=f"person:{person_id}",
        after=after,
        now=now,
    )
