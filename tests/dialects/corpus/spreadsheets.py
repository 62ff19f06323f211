"""Workbooks of every kind, and what spreadsheets do to the cells in them."""

import datetime

import openpyxl

from bourse.dialects.tables import Cell
from bourse.dialects.tables.refusals import (
    NoTable,
    TooManyCells,
    TooManyColumns,
    UnknownWorkbook,
    WorkbookCorrupt,
    WorkbookEncrypted,
    WorkbookHasMacros,
)
from dialects.corpus.cases import Case, opens, refuses
from dialects.making import MAIN, Error, archive, ods, ole, saved, workbook, xls, xlsx, xlsx_members

_NOON = datetime.datetime.fromisoformat("2023-03-15T12:00")
_ROWS: list[list[Cell]] = [["Shape", "Carat"], ["Round", 1.01], ["Pear", 2]]
_GOOD = workbook(Stock=_ROWS)
_DATE_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="165" '
    'formatCode="0.00 &quot;days&quot;"/><numFmt numFmtId="166" formatCode="[Red]0.00"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 165, 166, 10))
    + "</cellXfs>"
)


def _cells(name: str, xml: str, *rows: list[Cell], **about: object) -> Case:
    """A sheet of one row with these cells."""
    parts = {key: about.pop(key) for key in ("shared", "styles", "properties") if key in about}
    data = xlsx(f'<row r="1">{xml}</row>', **parts)  # type: ignore[arg-type]
    return opens(name, "stock.xlsx", data, "xlsx", list(rows), **about)


def _with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet is this XML."""
    return archive({**xlsx_members(""), "xl/worksheets/sheet1.xml": xml})


def _with_hidden_first() -> bytes:
    book = openpyxl.Workbook()
    old = book.worksheets[0]
    old.append(["Shape"])
    old.sheet_state = "hidden"
    book.create_sheet("Stock").append(["Shape", "Carat"])
    return saved(book)


def _merged() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Our stock", None, None])
    sheet.append(["Shape", "Carat", "Price"])
    sheet.merge_cells("A1:C1")
    return saved(book)


_ODS_ROWS = (
    "<office:body><office:spreadsheet><table:table table:name='Stock'>"
    "<table:table-row><table:table-cell office:value-type='string'>"
    "<text:p>Two<text:s text:c='2'/>words</text:p>"
    "<office:annotation><text:p>a remark</text:p></office:annotation></table:table-cell>"
    "<table:table-cell office:value-type='float' office:value='1.50' table:number-columns-repeated='2'/>"
    "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
    "<table:table-row table:number-rows-repeated='9'><table:table-cell/></table:table-row>"
    "<table:table-row><table:table-cell office:value-type='date' office:date-value='2026-03-01'/>"
    "<table:table-cell office:value-type='string' calcext:value-type='error' table:formula='of:=1'>"
    "<text:p>#REF!</text:p></table:table-cell><table:table-cell office:value-type='boolean' "
    "office:boolean-value='true'/></table:table-row></table:table></office:spreadsheet></office:body>"
)
_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Stock"><Table>'
    '<Row><Cell><Data ss:Type="String">Shape</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">1.50'
    '</Data></Cell></Row><Row ss:Index="4"><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell>'
    '<Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>'
)
_PAGE = (
    "<html><head><style>td {mso-number-format:0}</style></head><body><table border=1>"
    "<tr><th>Shape<th>Carat<th>Price</tr><tr><td rowspan=2>Round &amp;<br>more</td><td>1.01<td>10</tr>"
    "<tr><td colspan=2>on hold</td></tr></table></body></html>"
)


def _spread() -> bytes:
    """An old sheet with a cell in its first place and one in its last."""
    book = bytearray(xls([[1, 1]]))
    second = book.rindex(b"\x03\x02")
    book[second + 4 : second + 8] = b"\xff\xff\xff\x00"
    return bytes(book)


SPREADSHEETS = [
    opens("a workbook", "stock.xlsx", _GOOD, "xlsx", _ROWS, numbers=[1, 2, 3]),
    opens("a workbook called CSV", "stock.csv", _GOOD, "xlsx", _ROWS),
    opens("an old workbook called XLSX", "stock.xlsx", xls(_ROWS), "xls", _ROWS),
    opens("a CSV called XLSX", "stock.xlsx", b"a,b\n1,2\n", "csv", [["a", "b"], ["1", "2"]]),
    opens(
        "a web page called XLS",
        "stock.xls",
        _PAGE.encode(),
        "xls",
        [["Shape", "Carat", "Price"], ["Round & more", "1.01", "10"], ["", "on hold", ""]],
    ),
    opens(
        "XML of Excel 2003 called XLS",
        "stock.xls",
        _2003.encode(),
        "xls",
        [["Shape", None, 1.5], [None, datetime.date(2026, 3, 1)]],
        numbers=[1, 4],
        notes=[(4, 0, "#N/A")],
    ),
    opens(
        "a workbook of LibreOffice",
        "stock.ods",
        ods(_ODS_ROWS),
        "ods",
        [["Two  words", 1.5, 1.5], [datetime.date(2026, 3, 1), None, True]],
        numbers=[1, 11],
        notes=[(11, 1, "#REF!")],
    ),
    opens(
        "an error in an old workbook",
        "stock.xls",
        xls([["a", Error("#REF!"), 1]]),
        "xls",
        [["a", None, 1]],
        notes=[(1, 1, "#REF!")],
    ),
    opens("a hidden sheet before the list", "stock.xlsx", _with_hidden_first(), "xlsx", [["Shape"]]),
    opens(
        "merged cells as they stand",
        "stock.xlsx",
        _merged(),
        "xlsx",
        [["Our stock"], ["Shape", "Carat", "Price"]],
    ),
    _cells(
        "errors",
        '<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#N/A</v></c><c r="C1"><v>1</v></c>',
        [None, None, 1],
        notes=[(1, 0, "#REF!"), (1, 1, "#N/A")],
    ),
    _cells("a formula with its result", '<c r="A1"><f>B1*2</f><v>3.50</v></c>', [3.5]),
    _cells(
        "formulas without results",
        '<c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1"><v>1</v></c>',
        [None, None, 1],
        notes=[(1, 0, "no stored result"), (1, 1, "no stored result")],
    ),
    _cells(
        "numbers: whole ones are int",
        '<c r="A1"><v>2141438172</v></c><c r="B1"><v>2.0</v></c>'
        '<c r="C1"><v>1.5E3</v></c><c r="D1"><v>0.28999999999999998</v></c>',
        [2_141_438_172, 2, 1500, 0.29],
    ),
    _cells(
        "a number that is none",
        '<c r="A1"><v>1,5</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>1</v></c>',
        [None, None, 1],
        notes=[(1, 0, "but it is none"), (1, 1, "")],
    ),
    _cells(
        "texts that look like numbers stay texts",
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>1.0</v></c>'
        '<c r="C1" t="inlineStr"><is><t>-32%</t></is></c>',
        ["0001936003", "1.0", "-32%"],
        shared="<si><t>0001936003</t></si>",
    ),
    _cells(
        "formatted texts, without their pronunciation",
        '<c r="A1" t="s"><v>0</v></c>',
        ["Round & fine"],
        shared="<si><r><t>Round</t></r><r><t xml:space='preserve'> &amp; fine</t></r>"
        "<rPh sb='0' eb='1'><t>raundo</t></rPh></si>",
    ),
    _cells(
        "an empty text is a formula's result",
        '<c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><f>C1</f></c><c r="C1"><v>1</v></c>',
        [None, None, 1],
        notes=[(1, 1, "no stored result")],
    ),
    _cells("truth values", '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>', [True, False]),
    _cells(
        "dates by their formats",
        "".join(f'<c r="{column}1" s="{style}"><v>45000.5</v></c>' for style, column in enumerate("ABCDEF")),
        [
            45000.5,
            _NOON,
            _NOON,
            45000.5,
            45000.5,
            45000.5,
        ],
        styles=_DATE_STYLES,
    ),
    _cells(
        "a date without a time is a day",
        '<c r="A1" s="1"><v>45000</v></c>',
        [datetime.date(2023, 3, 15)],
        styles=_DATE_STYLES,
    ),
    _cells(
        "the first days of 1900",
        '<c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>60</v></c><c r="C1" s="1"><v>61</v></c>',
        [datetime.date(1900, 1, 1), 60, datetime.date(1900, 3, 1)],
        styles=_DATE_STYLES,
    ),
    _cells(
        "the calendar of 1904",
        '<c r="A1" s="1"><v>43538</v></c>',
        [datetime.date(2023, 3, 15)],
        styles=_DATE_STYLES,
        properties='<workbookPr date1904="1"/>',
    ),
    opens(
        "a dimension that lies",
        "stock.xlsx",
        _with_sheet(
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
        ),
        "xlsx",
        [[1]],
    ),
    _cells(
        "escapes of the file format",
        '<c r="A1" t="str"><v>a_x000D_b</v></c><c r="B1" t="str"><v>_x005F_x0041_</v></c>',
        ["a\rb", "_x0041_"],
    ),
    opens(
        "cells and rows without their places",
        "stock.xlsx",
        xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r='C3'><v>3</v></c></row>"),
        "xlsx",
        [[1, 2], [None, None, 3]],
        numbers=[1, 3],
    ),
    opens(
        "elements with a prefix",
        "stock.xlsx",
        _with_sheet(
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        ),
        "xlsx",
        [[None, 7]],
        numbers=[2],
    ),
    opens(
        "a cell in the last row",
        "stock.xlsx",
        xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'),
        "xlsx",
        [[1], [2]],
        numbers=[1, 1_048_576],
    ),
    opens(
        "blank cells with a style reach far",
        "stock.xlsx",
        xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'),
        "xlsx",
        [[1]],
    ),
    refuses(
        "a cell in the last column",
        "stock.xlsx",
        xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        TooManyColumns,
        "Sheet “Stock” has 16,384 columns in row 1",
    ),
    refuses(
        "a text that is not there",
        "stock.xlsx",
        xlsx('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', shared="<si><t>a</t></si>"),
        WorkbookCorrupt,
        "row 1",
    ),
    refuses("a workbook cut off", "stock.xlsx", _GOOD[:-200], WorkbookCorrupt, "cut off"),
    refuses(
        "a sheet that breaks off",
        "stock.xlsx",
        archive({**xlsx_members(""), "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'>"}),
        WorkbookCorrupt,
    ),
    refuses(
        "a workbook without its sheet",
        "stock.xlsx",
        archive({name: content for name, content in xlsx_members("").items() if "sheet1" not in name}),
        WorkbookCorrupt,
        "missing",
    ),
    refuses("an old workbook cut off", "stock.xls", xls(_ROWS)[:1500], WorkbookCorrupt),
    refuses(
        "an old workbook whose sectors turn in a circle",
        "stock.xls",
        xls(_ROWS)[:48] + b"\0\0\0\0" + xls(_ROWS)[52:],
        WorkbookCorrupt,
    ),
    refuses(
        "cells at the ends of an old sheet",
        "stock.xls",
        _spread(),
        TooManyCells,
        "65,536 rows and 256 columns",
    ),
    refuses(
        "a password on a workbook",
        "stock.xlsx",
        ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        WorkbookEncrypted,
        "Remove the password",
    ),
    refuses("a password on an old workbook", "stock.xls", xls(_ROWS, encrypted=True), WorkbookEncrypted),
    refuses(
        "a password on a workbook of LibreOffice",
        "stock.ods",
        ods(_ODS_ROWS, **{"META-INF/manifest.xml": b"<m:encryption-data xmlns:m='m'/>"}),
        WorkbookEncrypted,
    ),
    refuses(
        "macros",
        "stock.xlsm",
        archive({**xlsx_members(""), "xl/vbaProject.bin": b"x"}),
        WorkbookHasMacros,
        "Save it as XLSX",
    ),
    refuses(
        "macros in an old workbook",
        "stock.xls",
        ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"y"}),
        WorkbookHasMacros,
    ),
    refuses(
        "a binary workbook",
        "stock.xlsb",
        archive({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"x"}),
        UnknownWorkbook,
        "XLSB",
    ),
    refuses(
        "a Numbers document",
        "stock.numbers",
        archive({"Index/Document.iwa": b"x"}),
        UnknownWorkbook,
        "Numbers",
    ),
    refuses("a web page without a table", "stock.xls", b"<html><body>Sign in</body></html>", NoTable),
]
