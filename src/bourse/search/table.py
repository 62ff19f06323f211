"""The columns of the results table: which there are, and which a person wants to see, in his order."""

from collections.abc import Sequence

import msgspec

from bourse.members.actor import Actor
from bourse.search.models import TableColumns

RESULTS = "results"
COLUMNS = (
    "shape",
    "weight",
    "colour",
    "clarity",
    "make",
    "fluorescence",
    "report",
    "depth",
    "table",
    "per_carat",
    "total",
    "availability",
    "seller",
    "confirmed",
    "cash",
    "cut",
    "polish",
    "symmetry",
    "laboratory",
    "measurements",
    "ratio",
    "crown",
    "pavilion",
    "girdle",
    "culet",
    "shade",
    "milky",
    "black",
    "eye_clean",
    "treatment",
    "goods",
    "growth",
    "place",
    "media",
    "brand",
    "provenance",
    "stock_number",
    "changed",
    "listed",
)
"""All columns, the usual ones first. This order is a habit of many hands: it changes only with notice."""

USUAL = COLUMNS[:14]
FIRST = COLUMNS[0]  # it names the row, so it always stands first
VIEWS = ("table", "cards")


class Table(msgspec.Struct, frozen=True):
    """How a person looks at results: the columns in his order, and table or cards."""

    columns: tuple[str, ...] = USUAL
    view: str = VIEWS[0]


def table_of(actor: Actor) -> Table:
    """What the person chose, or the usual columns."""
    kept = TableColumns.objects.filter(person_id=actor.person_id, table=RESULTS)
    chosen = kept.values_list("columns", "view").first()
    return Table(known(chosen[0]), chosen[1]) if chosen else Table()


def known(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that there are, each once, the first one first; the usual ones where none is left."""
    kept = tuple(dict.fromkeys(name for name in columns if name in COLUMNS and name != FIRST))
    return (FIRST, *kept) if kept else USUAL
