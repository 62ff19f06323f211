"""Tables without a header: columns named by what their cells are."""

from collections.abc import Sequence

from bourse.dialects.dictionary import Dictionary
from bourse.dialects.layout import Placed
from bourse.dialects.meaning import meanings_of
from bourse.dialects.tables import Sheet

_LEAST_COLUMNS = 5
_SHOWN = {"shape", "color", "clarity"}


def place_unnamed(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """A headerless table, or None where its cells do not show which columns hold shape, colour and
    clarity.
    """
    width = max(sheet.rows.lengths())
    if width < _LEAST_COLUMNS:
        return None
    rows = sheet.rows.below(0)
    placed = Placed(sheet.name, [""] * width, [""] * width, rows, list(sheet.numbers))
    return placed if _shows_itself(placed, dictionary) else None


def _shows_itself(placed: Placed, dictionary: Dictionary) -> bool:
    shown: Sequence[str] = [
        name for meaning in meanings_of(placed.columns(), dictionary) for name in meaning.fields
    ]
    return set(shown) >= _SHOWN
