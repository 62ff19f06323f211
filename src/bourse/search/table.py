"""The columns of each table: which there are, and which a person wants to see, in his order."""

from collections.abc import Mapping, Sequence

import msgspec

from bourse.members.actor import Actor
from bourse.search.models import TableColumns

RESULTS = "results"
STOCK = "stock"  # a company's own
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

STOCK_COLUMNS = (
    "stone",
    "stock_number",
    "report",
    "per_carat",
    "total",
    "rank",
    "among",
    "availability",
    "confirmed",
    "health",
    "make",
    "cash",
    "expires",
    "fluorescence",
    "growth",
    "laboratory",
    "goods",
    "place",
    "media",
    "changed",
    "listed",
)
"""The same for own stock."""

USUAL = COLUMNS[:14]
FIRST = COLUMNS[0]  # it names the row, so it always stands first
VIEWS = ("table", "cards")


class Kind(msgspec.Struct, frozen=True):
    """A table of the house: its columns, the first of which names the row, and those that are usual."""

    columns: tuple[str, ...]
    usual: tuple[str, ...]


TABLES: Mapping[str, Kind] = {
    RESULTS: Kind(COLUMNS, USUAL),
    STOCK: Kind(STOCK_COLUMNS, STOCK_COLUMNS[:10]),
}


class Table(msgspec.Struct, frozen=True):
    """How a person looks at rows: the columns in his order, and table or cards."""

    columns: tuple[str, ...] = USUAL
    view: str = VIEWS[0]


def table_of(actor: Actor, name: str = RESULTS) -> Table:
    """What the person chose, or the usual columns."""
    kept = TableColumns.objects.filter(person_id=actor.person_id, table=name)
    chosen = kept.values_list("columns", "view").first()
    return Table(known(chosen[0], name), chosen[1]) if chosen else Table(TABLES[name].usual)


def known(columns: Sequence[str], name: str = RESULTS) -> tuple[str, ...]:
    """The columns that there are, each once, the first one first; the usual ones where none is left."""
    all_columns = TABLES[name].columns
    kept = tuple(dict.fromkeys(one for one in columns if one in all_columns and one != all_columns[0]))
    return (all_columns[0], *kept) if kept else TABLES[name].usual
