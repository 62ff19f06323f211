"""Foreign spellings: a supplier's file, of whatever layout, read into the trade's own words.

`tables` opens the bytes; this room finds the header row, the meaning of each column and the value of each
cell.
What neither the words nor the values settle becomes a question, never a guess; what cannot be read keeps its
reason. Pure: no database, no clock, no network. `read_file` is the whole of it, in one call.
"""

from bourse.dialects.field_names import FieldName, field_names
from bourse.dialects.reading import (
    Ask,
    Block,
    Column,
    Correction,
    DoubtfulCell,
    Question,
    Rate,
    Reading,
    RefusedRow,
    SheetFound,
    Surety,
    TakenStone,
    UnreadCell,
    ValueMapping,
)
from bourse.dialects.stock import NotAStockList, layout_of, look_at, read, read_file, read_remembered

__all__ = [
    "Ask",
    "Block",
    "Column",
    "Correction",
    "DoubtfulCell",
    "FieldName",
    "NotAStockList",
    "Question",
    "Rate",
    "Reading",
    "RefusedRow",
    "SheetFound",
    "Surety",
    "TakenStone",
    "UnreadCell",
    "ValueMapping",
    "field_names",
    "layout_of",
    "look_at",
    "read",
    "read_file",
    "read_remembered",
]
