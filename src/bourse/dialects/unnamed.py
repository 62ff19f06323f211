"""Tables without a header: columns named by what their cells are."""

from bourse.dialects.dictionary import Dictionary
from bourse.dialects.layout import Placed
from bourse.dialects.tables import Sheet


def place_unnamed(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """A headerless table with the headers that its cells show, or None where they do not show enough."""
    return None
