"""Our layout as a workbook: texts as texts, numbers as numbers, never a formula."""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bourse.dialects.own_layout import MONEY_IN_CENTS, OFFERED_FIELDS, fields_in_order, header_of
from bourse.dialects.writing.refused import RefusedLine, refused_texts
from bourse.dialects.writing.samples import SAMPLES
from bourse.dialects.writing.texts import text_of

_AS_IT_STANDS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SHEET = "Stock"


def xlsx_of(rows: Iterable[Mapping[str, object]], fields: Collection[str] | None = None) -> bytes:
    """The rows in our layout; with `fields`, only these and the essential ones."""
    wanted = fields_in_order(fields)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_IT_STANDS) as book:
        sheet = _sheet(book, [header_of(field) for field in wanted])
        money = book.add_format({"num_format": "#,##0.00"})
        for at, row in enumerate(rows, 1):
            for index, field in enumerate(wanted):
                _write(sheet, at, index, field, row.get(field), money)
    return out.getvalue()


def refused_xlsx(headers: Sequence[str], lines: Iterable[RefusedLine]) -> bytes:
    """Rows that were not taken, under the headers of their file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_IT_STANDS) as book:
        texts = iter(refused_texts(headers, lines))
        sheet = _sheet(book, next(texts))
        for at, row in enumerate(texts, 1):
            for index, text in enumerate(row):
                sheet.write_string(at, index, text)
    return out.getvalue()


def template_xlsx() -> bytes:
    """Our layout with the sample rows, to be filled in."""
    return xlsx_of(SAMPLES, OFFERED_FIELDS)


def _sheet(book: xlsxwriter.Workbook, headers: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(_SHEET)
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for index, header in enumerate(headers):
        sheet.set_column(index, index, max(9, len(header) + 2))
        sheet.write_string(0, index, header, bold)
    return sheet


def _write(sheet: Worksheet, at: int, index: int, field: str, value: object, money: Format) -> None:
    number = _number(field, value)
    if number is not None:
        sheet.write_number(at, index, number, money if field in MONEY_IN_CENTS else None)
    elif text := text_of(field, value, for_csv=False):
        sheet.write_string(at, index, text)


def _number(field: str, value: object) -> float | None:
    """The value as a workbook's number, or None where it is none or a workbook would round it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(value) / 100 if field in MONEY_IN_CENTS else Decimal(str(value))
    number = float(exact)
    return number if Decimal(f"{number:.15G}") == exact else None
