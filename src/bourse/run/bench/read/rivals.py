"""What others do with the same bytes: they parse, and check nothing."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import openpyxl  # type: ignore[import-untyped]
import polars

_NUMBERS = (
    "Weight", "RapNet Price", "RapNet Discount %", "Depth %", "Table %", "Crown Height", "Pavilion Depth",
)  # fmt: skip


def dict_reader(data: bytes) -> int:
    """The standard library row by row, numbers as Decimal; how many rows there were."""
    count = 0
    for row in csv.DictReader(io.StringIO(data.decode())):
        for name in _NUMBERS:
            _decimal(row[name])
        count += 1
    return count


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def polars_read_csv(data: bytes) -> int:
    """Polars, with the types that it infers."""
    return int(polars.read_csv(io.BytesIO(data), ignore_errors=True).height)


def openpyxl_read_only(data: bytes) -> int:
    """Openpyxl in its streaming mode."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    return sum(1 for _row in sheet.iter_rows(values_only=True)) - 1


CSV: dict[str, Callable[[bytes], int]] = {"csv_dictreader": dict_reader, "polars": polars_read_csv}
XLSX: dict[str, Callable[[bytes], int]] = {"openpyxl": openpyxl_read_only}
