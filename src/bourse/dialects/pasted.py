"""Lists pasted as text from mail or chat, and tables without a header: read by the words themselves."""

from bourse.dialects.dictionary import Dictionary
from bourse.dialects.layout import Placed
from bourse.dialects.tables import Sheet


def as_table(sheet: Sheet, dictionary: Dictionary) -> Placed | None:
    """The stones of a headerless sheet or text put into columns with headers, or None where there are none."""
    return None
