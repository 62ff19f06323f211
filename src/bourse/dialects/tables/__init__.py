"""From the bytes of a file to raw tables, whatever its format; knows nothing of diamonds."""

from bourse.dialects.tables.limits import DEFAULT_LIMITS, Limits
from bourse.dialects.tables.opening import open_tables
from bourse.dialects.tables.refusals import FileRefused
from bourse.dialects.tables.sheets import Cell, CellNote, Sheet, Tables

__all__ = ["DEFAULT_LIMITS", "Cell", "CellNote", "FileRefused", "Limits", "Sheet", "Tables", "open_tables"]
