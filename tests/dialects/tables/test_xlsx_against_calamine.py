"""Our two ways through a sheet agree with each other, and with a reader that is not ours."""

import datetime
import io
import random
from collections.abc import Iterator
from unittest import mock

import openpyxl
import pytest
import python_calamine

from bourse.dialects.tables import Cell, Sheet, Tables, open_tables
from bourse.dialects.tables.xlsx import reading
from bourse.dialects.tables.xlsx.scan import NotPlain
from bourse.dialects.tables.xlsx.walk import walk_sheet
from dialects.making import MAIN, archive, saved, xlsx, xlsx_members

_WORDS = [
    "Round",
    "VVS1",
    "EX",
    "",
    "0001936003",
    "a & b <c>",
    "2.02E+09",
    "½ – «x»",
    "line\nbreak",
    " x ",
    "钻石",
]
_DAY = datetime.date(2015, 1, 1)


def _value(chance: random.Random) -> object:
    kind = chance.randrange(9)
    if kind < 3:
        return chance.choice(_WORDS)
    if kind == 3:
        return None
    if kind == 4:
        return chance.randint(-5, 9_999_999_999)
    if kind == 5:
        return chance.choice([True, False])
    if kind == 6:
        return _DAY + datetime.timedelta(days=chance.randint(0, 5_000))
    if kind == 7:
        moment = datetime.datetime.combine(_DAY, datetime.time())
        return moment + datetime.timedelta(seconds=chance.randint(0, 10**8))
    return round(chance.uniform(-100, 100_000), chance.randint(0, 6))


def _book(seed: int) -> bytes:
    chance = random.Random(seed)
    book = openpyxl.Workbook(write_only=chance.random() < 0.5)
    for at in range(chance.randint(1, 3)):
        sheet = book.create_sheet(f"Sheet {at} & more")
        width = chance.randint(1, 30)
        for _ in range(chance.randint(0, 40)):
            sheet.append([_value(chance) for _ in range(chance.randint(0, width))])
    return saved(book)


def _scanned(data: bytes) -> Tables:
    with mock.patch.object(reading, "walk_sheet", side_effect=AssertionError("walked")):
        return open_tables(data, "stock.xlsx")


def _walked(data: bytes) -> Tables:
    with mock.patch.object(reading, "scan_sheet", side_effect=NotPlain):
        return open_tables(data, "stock.xlsx")


def _by_calamine(data: bytes) -> Iterator[tuple[str, dict[int, list[object]]]]:
    """The filled rows of each sheet by their numbers, in our types and without blank ends."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        typed = {number: _trimmed([_typed(cell) for cell in row]) for number, row in enumerate(rows, 1)}
        yield name, {number: row for number, row in typed.items() if row}


def _typed(cell: object) -> object:
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


def _trimmed(row: list[object]) -> list[object]:
    while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
        row.pop()
    return row


def _numbered(sheet: Sheet) -> dict[int, list[Cell]]:
    return dict(zip(sheet.numbers, sheet.rows, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_scan_walk_and_calamine_read_the_same(seed: int) -> None:
    data = _book(seed)
    theirs = list(_by_calamine(data))
    if not any(rows for _, rows in theirs):
        return
    scanned, walked = _scanned(data), _walked(data)
    assert scanned == walked
    assert [(sheet.name, _numbered(sheet)) for sheet in scanned.sheets] == theirs
    for sheet, (_, rows) in zip(scanned.sheets, theirs, strict=True):
        assert [list(map(type, row)) for row in sheet.rows] == [list(map(type, row)) for row in rows.values()]


def test_a_prefix_on_every_element_costs_no_speed() -> None:
    rows = '<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="C2" t="str"><x:v>a&lt;x:b</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    data = archive({**xlsx_members(""), "xl/worksheets/sheet1.xml": sheet})
    assert _scanned(data).sheets[0].rows == [[1, None, "a<x:b"]]
    assert _scanned(data) == _walked(data)


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v><!-- a remark --></c>',
        '<c r="A1" t="str"><v><![CDATA[1]]></v></c>',
        '<c s="0" r="A1"><v>1</v></c>',
        '<c r="A1"> <v>1</v> </c>',
        '<c r="A1" t="inlineStr"><is><r><t>1</t></r></is></c>',
        '<c r="a1"><v>1</v></c>',
        '<c r="B1"><v>2</v></c><c r="A1"><v>1</v></c>',
    ],
)
def test_what_is_written_in_another_way_is_walked(cells: str) -> None:
    data = xlsx(f'<row r="1">{cells}</row>')
    with mock.patch.object(reading, "walk_sheet", wraps=walk_sheet) as walk:
        rows = open_tables(data, "stock.xlsx").sheets[0].rows
    assert walk.call_count == 1
    assert str(rows[0][0]) == "1"
