"""Why a stone is in a result or not: each criterion of the filter, asked of that stone alone."""

from datetime import datetime

import msgspec

from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended
from bourse.search import catalogue
from bourse.search.asking import criteria
from bourse.search.engine import Criterion, Engine, Question, WithKey
from bourse.search.filter import Filter
from bourse.search.queries import SearchNotBuilt
from bourse.search.records import key_of
from bourse.search.rows import ResultRow, result_row

MOST_EXPLAINED = 8


class Explained(msgspec.Struct, frozen=True):
    """A listing, and of each parameter that the filter asks something of whether it holds."""

    row: ResultRow
    holds: dict[str, bool]

    @property
    def failing(self) -> list[str]:
        """The parameters that leave it out; none where it is in the result."""
        return [name for name, holds in self.holds.items() if not holds]


def explained(actor: Actor, filter: Filter, number: str, now: datetime) -> list[Explained]:
    """The listings of the report or stock number, as the engine judges each of the filter's criteria.

    The engine that answers the search answers here too, so that no second judgement can differ from it.
    """
    refuse_suspended(actor)
    engine = catalogue.current()
    if engine is None:
        raise SearchNotBuilt
    key = key_of(number)
    if not key:
        return []
    named = WithKey(["report", "stock"], [key])
    asked = criteria(engine, filter, now)
    slots = engine.search(Question({"named": named}, limit=MOST_EXPLAINED)).slots
    rows = [result_row(engine, slot, actor.company_id) for slot in slots]
    return [Explained(row, {name: _holds(engine, row, one) for name, one in asked.items()}) for row in rows]


def _holds(engine: Engine, row: ResultRow, criterion: Criterion) -> bool:
    alone = WithKey(["listing"], [row.public_id.encode()])
    return engine.search(Question({"asked": criterion, "alone": alone}, limit=0)).total == 1
