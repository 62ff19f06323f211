"""What spreadsheets do to lists before they are sent."""

import datetime
from collections.abc import Iterator

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dialects.making import Error, archive, ods, ole, saved, xls, xlsx
from uploads.cases import Case, refused, taken
from uploads.stock import (
    AT,
    HEADERS,
    MADE,
    Table,
    as_csv,
    as_xlsx,
    changed,
    column_of,
    members,
    row_of,
    table,
)

KIND = "damage by Excel"
BROKEN = "Damaged by Excel: a long number was rounded and shortened to powers of ten."
ROUNDED = "Damaged by Excel: a number this long loses its last digits."
DAYS = (datetime.date(2026, 2, 1), datetime.date(2026, 5, 12))
DATED = "The spreadsheet turned what stood here into a date."


def cases() -> Iterator[Case]:
    yield from _numbers()
    yield from _errors()
    yield from _books()
    yield from _names()
    yield from _locked()


def _csv(name: str, rows: Table, taken_rows: int = 12, lost: int = 0, **more: object) -> Case:
    return Case(KIND, name, "stock.csv", lambda: as_csv(rows), taken_rows, lost, **more)  # type: ignore[arg-type]


def _xlsx(name: str, rows: Table, taken_rows: int = 12, lost: int = 0, **more: object) -> Case:
    return Case(KIND, name, "stock.xlsx", lambda: as_xlsx(rows), taken_rows, lost, **more)  # type: ignore[arg-type]


def _numbers() -> Iterator[Case]:
    for text in ("2.02E+09", "6.1E+9", "2,02E+09", "1E+10"):
        for column in ("Report #", "Stock #"):
            yield _csv(f"{column} {text}", changed(column, text), says=(BROKEN, "row 2"))
            yield _csv(f"every {column} {text}", column_of(column, text), says=(BROKEN, "row 13"))
    for column in ("Report #", "Stock #"):
        yield _xlsx(
            f"{column} as a number of 16 digits", changed(column, 6_141_438_171_000_123), says=(ROUNDED,)
        )
        yield _xlsx(f"{column} as a number", changed(column, 6_141_438_171), says=("encoding",))
        for day in DAYS:
            yield _xlsx(f"{column} turned into {day:%d %b}", changed(column, day), says=(DATED, "row 2"))
    for day in DAYS:
        yield _xlsx(f"a city turned into {day:%d %b}", changed("City", day))
        yield _xlsx(f"a clarity turned into {day:%d %b}", changed("Clarity", day), 11, 1, says=("row 2",))
        yield _xlsx(f"a weight turned into {day:%d %b}", changed("Weight", day), 11, 1, says=("row 2",))
    numeric = [[_number(cell) for cell in row] for row in table()]
    yield _xlsx("every number as a number", numeric, values={"certificate_no": "6100007919", "carat": 0.92})
    yield _xlsx("every number as a text", table(), values={"certificate_no": "6100007919", "carat": 0.92})
    yield _xlsx("zeros for what is not given", column_of("Depth %", 0))
    yield _xlsx(
        "the rest of a sum in binary",
        changed("Weight", 0.9200000000000001),
        values={"carat": 0.9200000000000001},
    )


def _number(cell: object) -> object:
    try:
        number = float(str(cell))
    except ValueError:
        return cell
    return int(number) if number.is_integer() else number


ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")


def _errors() -> Iterator[Case]:
    for error in ERRORS:
        for column in ("Comment", "City", "Report #", "Depth %", "Lab", "Polish"):
            says = (f"A formula failed in the spreadsheet and left {error} behind.",)
            yield _csv(f"{error} in {column}", changed(column, error), says=says)
        for column in ("Shape", "Weight", "Clarity", "Color"):
            yield _csv(f"{error} in {column}", changed(column, error), 11, 1, says=(error, "row 2"))
            yield _xlsx(f"{error} in {column} of a workbook", changed(column, error), 11, 1, says=("row 2",))
    both = changed("Total Price", "#REF!")
    both[1][AT["Price/Ct"]] = "#REF!"
    yield _csv("#REF! in both prices", both, cents=(None, 874069), says=("#REF!",))
    old = [[str(cell) for cell in row] for row in table()]
    old[1][AT["City"]] = Error("#REF!")
    yield taken(KIND, "#REF! in an old workbook", "stock.xls", xls(old), 12, says=("shows the error #REF!",))


def _sheet(rows: Table, cell: str = "") -> bytes:
    """A minimal workbook of texts; `cell` is put in place of the first stone's comment."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            f'<c r="{_ref(at)}{number}" t="inlineStr"><is><t>{_xml(text)}</t></is></c>'
            for at, text in enumerate(row)
        ]
        if number == 2 and cell:
            cells[AT["Comment"]] = cell.format(ref=f"{_ref(AT['Comment'])}2")
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return xlsx("".join(lines))


def _ref(index: int) -> str:
    return chr(ord("A") + index)


def _xml(text: object) -> str:
    return str(text).replace("&", "&amp;").replace("<", "&lt;")


def _books() -> Iterator[Case]:
    formulas = {
        "a formula with its result": '<c r="{ref}" t="str"><f>A1</f><v>seen</v></c>',
        "a formula without a result": '<c r="{ref}"><f>A1</f></c>',
        "an array formula without a result": '<c r="{ref}"><f t="array" ref="{ref}">A1</f><v></v></c>',
        "a formula that failed": '<c r="{ref}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        "a boolean": '<c r="{ref}" t="b"><v>1</v></c>',
        "a blank cell with a style": '<c r="{ref}" s="0"/>',
        "rich text": '<c r="{ref}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    }
    for what, cell in formulas.items():
        yield taken(KIND, what, "stock.xlsx", _sheet(table(), cell), 12)
    yield taken(KIND, "texts in their cells", "stock.xlsx", _sheet(table()), 12, values={"carat": 0.92})
    yield taken(KIND, "an old workbook", "stock.xls", xls([list(map(str, row)) for row in table()]), 12)
    yield taken(KIND, "a workbook of LibreOffice", "stock.ods", _ods(table()), 12, values={"carat": 0.92})
    for state in ("hidden", "veryHidden"):
        yield taken(
            KIND,
            f"a {state} second sheet",
            "s.xlsx",
            _two("Old", state),
            12,
            says=("is hidden in the workbook",),
        )
    lonely = _only_hidden()
    yield refused(
        KIND, "the list hidden beside an empty sheet", "s.xlsx", lonely, "NotAStockList", "FileEmpty"
    )
    yield taken(KIND, "two sheets of stock", "s.xlsx", _two("Fancies", "visible"), 18)
    yield taken(KIND, "a cover sheet", "s.xlsx", _with_cover(), 12)
    yield taken(KIND, "the dates of 1904", "s.xlsx", _changed_book(_to_1904), 12)
    yield taken(KIND, "hidden rows", "s.xlsx", _changed_book(_hide_rows), 12)
    yield taken(KIND, "hidden columns", "s.xlsx", _changed_book(_hide_columns), 12)
    yield taken(KIND, "a merged title", "s.xlsx", _changed_book(_merge_title), 12)
    yield taken(KIND, "a filter and frozen panes", "s.xlsx", _changed_book(_freeze), 12)
    yield taken(KIND, "comments on cells", "s.xlsx", _changed_book(_remark), 12)
    yield taken(KIND, "links on cells", "s.xlsx", _changed_book(_link), 12)
    yield taken(KIND, "a protected sheet", "s.xlsx", _changed_book(_protect), 12)
    for word in ("WAHR", "VRAI", "VERDADERO", "ИСТИНА", "TRUE", "Yes", "Y", "1"):
        rows = [[*row, word if at else "Eye Clean"] for at, row in enumerate(table())]
        expected = {} if word in {"WAHR", "VRAI", "VERDADERO", "ИСТИНА"} else {"eye_clean": "Yes"}
        yield _csv(f"{word} for yes", rows, values=expected)
    rows = [[*row, True if at else "Eye Clean"] for at, row in enumerate(table())]
    yield _xlsx("a true cell for yes", rows, values={"eye_clean": "Yes"})
    yield refused(KIND, "an empty workbook", "s.xlsx", as_xlsx([]), "FileEmpty", "NotAStockList")


def _ods(rows: Table) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_xml(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods(
        f'<office:body><office:spreadsheet><table:table table:name="Stock">{lines}</table:table>'
        "</office:spreadsheet></office:body>"
    )


def _book(rows: Table) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Stock"
    for row in rows:
        sheet.append(row)
    return book


def _two(name: str, state: str) -> bytes:
    book = _book(table())
    other = book.create_sheet(name)
    other.sheet_state = state
    other.append(list(HEADERS))
    for stone in MADE[:6]:
        other.append(
            [
                f"X{stone.number}",
                *row_of(stone)[1 : AT["Report #"]],
                str(7_000_000_000 + stone.number),
                *row_of(stone)[AT["Report #"] + 1 :],
            ]
        )
    return saved(book)


def _only_hidden() -> bytes:
    book = _book(table())
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Empty")
    book.active = 1
    return saved(book)


def _with_cover() -> bytes:
    book = _book(table())
    cover = book.create_sheet("Cover", 0)
    for line in ("Sunrise Diamonds", "Stock list", "Ask for terms"):
        cover.append([line])
    return saved(book)


def _changed_book(change: object) -> bytes:
    assert callable(change)
    book = _book(table())
    change(book)
    return saved(book)


def _to_1904(book: openpyxl.Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def _hide_rows(book: openpyxl.Workbook) -> None:
    for number in (3, 4):
        book.worksheets[0].row_dimensions[number].hidden = True


def _hide_columns(book: openpyxl.Workbook) -> None:
    book.worksheets[0].column_dimensions["F"].hidden = True


def _merge_title(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.insert_rows(1)
    sheet["A1"] = "Sunrise Diamonds, stock of today"
    sheet.merge_cells("A1:R1")


def _freeze(book: openpyxl.Workbook) -> None:
    book.worksheets[0].freeze_panes = "A2"
    book.worksheets[0].auto_filter.ref = "A1:R13"


def _remark(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["A2"].comment = Comment("sold?", "Ravi")


def _link(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["N2"].hyperlink = "https://report.example/6100007919"


def _protect(book: openpyxl.Workbook) -> None:
    book.worksheets[0].protection.sheet = True
    book.worksheets[0].protection.set_password("x")


def _names() -> Iterator[Case]:
    """The content decides how a file is read, not its name."""
    text, book, old = as_csv(table()), as_xlsx(table()), xls([list(map(str, row)) for row in table()])
    page = (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{_xml(cell)}</td>" for cell in row) + "</tr>" for row in table())
        + "</table>"
    )
    for name in (
        "stock.csv",
        "stock.xls",
        "stock.xlsx",
        "stock.XLSX",
        "stock",
        "stock.pdf",
        "stock.csv.exe",
        "a" * 300 + ".csv",
        "../../x.csv",
        "склад.csv",
    ):
        for what, data in {
            "a CSV": text,
            "a workbook": book,
            "an old workbook": old,
            "a page": page.encode(),
        }.items():
            yield taken(KIND, f"{what} called {name[:16]}", name, data, 12)


def _locked() -> Iterator[Case]:
    macros = members(as_xlsx(table())) | {"xl/vbaProject.bin": b"x"}
    for name in ("stock.xlsm", "stock.xlsx", "stock.csv"):
        yield refused(KIND, f"macros as {name}", name, archive(macros), "WorkbookHasMacros")
        locked = ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"\4\0\4\0"})
        yield refused(KIND, f"a password as {name}", name, locked, "WorkbookEncrypted", says=("password",))
        old = xls([list(map(str, row)) for row in table()], encrypted=True)
        yield refused(KIND, f"an old password as {name}", name, old, "WorkbookEncrypted", says=("password",))
