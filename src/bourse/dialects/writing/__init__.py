"""Stock written in a layout of our own, which reads back to the same values without a question.

`csv_of` and `xlsx_of` take rows as a Reading gives them (field -> value), with their asks in cents;
`template_csv` and `template_xlsx` give the empty layout with sample rows, `schema` describes one row of it,
and `refused_csv` and `refused_xlsx` give rows back that were not taken, under their own headers. Pure.
"""

from bourse.dialects.own_layout import (
    ALL_FIELDS,
    ESSENTIAL_FIELDS,
    OFFERED_FIELDS,
    fields_in_order,
    header_of,
)
from bourse.dialects.writing.delimited import csv_of, refused_csv, template_csv
from bourse.dialects.writing.refused import RefusedLine
from bourse.dialects.writing.samples import SAMPLES
from bourse.dialects.writing.schema import schema
from bourse.dialects.writing.workbook import refused_xlsx, template_xlsx, xlsx_of

__all__ = [
    "ALL_FIELDS",
    "ESSENTIAL_FIELDS",
    "OFFERED_FIELDS",
    "SAMPLES",
    "RefusedLine",
    "csv_of",
    "fields_in_order",
    "header_of",
    "refused_csv",
    "refused_xlsx",
    "schema",
    "template_csv",
    "template_xlsx",
    "xlsx_of",
]
