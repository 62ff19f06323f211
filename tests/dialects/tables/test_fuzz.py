"""Whatever happens to a good file on its way, the reader gives tables or a refusal, and nothing else."""

import json
import random
from collections.abc import Iterator

import pytest

from bourse.dialects.tables import Cell, FileRefused, Tables, open_tables
from dialects.making import Error, archive, ods, workbook, xls, xlsx_members

_ROWS: list[list[Cell]] = [
    ["Shape", "Carat", "Clarity", "Comment", "Price"],
    ["Pear", 1.01, "SI2", "", None],
]
_ROWS[1:1] = [["Round", 0.3 + at / 100, "VS1", f"eye clean, stone {at}", 1000 + at] for at in range(12)]
_XML_ROWS = "".join(
    f'<row r="{at}"><c r="A{at}" t="s"><v>{at % 2}</v></c><c r="B{at}" s="1"><v>4500{at}</v></c>'
    f'<c r="D{at}" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="E{at}"><f>B{at}</f><v>1.5</v></c></row>'
    for at in range(1, 9)
)
_MEMBERS = xlsx_members(
    _XML_ROWS,
    shared="<si><t>Round</t></si><si><r><t>Pe</t></r><r><t>ar</t></r></si>",
    styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
)
_ODS = (
    "<office:body><office:spreadsheet><table:table><table:table-row>"
    '<table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="3"/>'
    '<table:table-cell office:value-type="string"><text:p>Round</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body>"
)
_HTML = "<table>" + "<tr><td>Round<td rowspan=2>1.01</td><td colspan='2'>VS1</td></tr>" * 5 + "</table>"
_SPREADSHEET_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Stock"><Table>'
    + '<Row><Cell ss:Index="2"><Data ss:Type="Number">1.01</Data></Cell></Row>' * 4
    + "</Table></Worksheet></Workbook>"
)


def _csv(separator: str) -> bytes:
    lines = [
        separator.join(f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in row) for row in _ROWS
    ]
    return "\r\n".join(lines).encode()


GOOD = {
    "stock.csv": _csv(","),
    "stock.tsv": _csv("\t"),
    "wide.csv": _csv(";").decode().encode("utf-16"),
    "hebrew.csv": _csv(",").replace(b"eye clean", "נקי לעין".encode("cp1255")),
    "chinese.csv": _csv(",").replace(b"eye clean", "无奶无咖".encode("gb18030")),
    "stock.xml": b"<root>"
    + b'<item id="1" ct="0.9"><cut>Round &amp; co</cut><l>a</l><l>b</l></item>' * 9
    + b"</root>",
    "stock.json": json.dumps(
        {"body": [dict(zip(map(str, _ROWS[0]), row, strict=True)) for row in _ROWS[1:]]}
    ).encode(),
    "stock.ndjson": b'{"Shape": "Round", "Images": [{"Url": "a"}], "Tags": [1, 2.5, null]}\n' * 5,
    "stock.xlsx": workbook(Stock=_ROWS),
    "plain.xlsx": archive(_MEMBERS, packing=0),
    "stock.ods": ods(_ODS),
    "stock.xls": xls([*_ROWS[:-1], [Error("#REF!")]]),
    "page.xls": _HTML.encode(),
    "2003.xls": _SPREADSHEET_XML.encode(),
    "mail.txt": b"Hi,\nRound  1.01  D  VS1\nPear  2.00  E  SI1\nOval  1.50  F  VS2\n",
}


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to four accidents."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(damaged) + 1)
        accident = chance.randrange(6)
        if accident == 0:
            del damaged[at:]
        elif accident == 1:
            damaged[at : at + chance.randint(1, 20)] = b""
        elif accident == 2:
            damaged[at:at] = chance.choice(
                [b"\0", b'"', b"<", b"&", b"\xff\xfe", b"[" * 40, b"\r", b"9" * 30, b"'"]
            )
        elif accident == 3:
            damaged[at:at] = damaged[chance.randrange(len(damaged) + 1) :][: chance.randint(1, 400)]
        else:
            for place in range(at, min(at + chance.randint(1, 4), len(damaged))):
                damaged[place] = chance.randrange(256)
    return bytes(damaged)


def _damaged_members(chance: random.Random) -> bytes:
    """A workbook whose archive is whole, but one of whose members is damaged."""
    name = chance.choice(sorted(_MEMBERS))
    content = _MEMBERS[name]
    raw = content.encode() if isinstance(content, str) else content
    return archive({**_MEMBERS, name: _damaged(raw, chance)}, packing=0)


def _files(seed: int, rounds: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    for _ in range(rounds):
        for name, good in GOOD.items():
            yield name, _damaged(good, chance)
        yield "members.xlsx", _damaged_members(chance)


def _opens_or_refuses(name: str, data: bytes) -> None:
    try:
        tables = open_tables(data, name)
    except FileRefused as refusal:
        assert str(refusal).endswith("."), refusal
        return
    assert isinstance(tables, Tables)
    for sheet in tables.sheets:
        assert len(sheet.rows) == len(sheet.numbers)
        assert all(row and any(cell not in (None, "") for cell in row) for row in sheet.rows)
        if sheet.headers is not None:
            assert all(len(row) == len(sheet.headers) for row in sheet.rows)


@pytest.mark.parametrize("name", GOOD)
def test_each_good_file_opens(name: str) -> None:
    assert open_tables(GOOD[name], name).sheets[0].rows


def test_a_damaged_file_gives_tables_or_a_refusal() -> None:
    for name, data in _files(seed=20_261, rounds=60):
        _opens_or_refuses(name, data)


@pytest.mark.long
def test_many_damaged_files_give_tables_or_a_refusal() -> None:
    for name, data in _files(seed=20_262, rounds=10_000):
        _opens_or_refuses(name, data)
