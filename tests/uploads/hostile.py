"""Files built to harm their reader: each is read in a child of its own, which is measured."""

from collections.abc import Iterator

from dialects.corpus import HOSTILE
from dialects.corpus.cases import Refused
from dialects.making import archive, xlsx_members
from uploads.cases import Case, refused, taken
from uploads.stock import as_xlsx, members, table

KIND = "hostile archive"
SHEET = "xl/worksheets/sheet1.xml"


def cases() -> Iterator[Case]:
    for case in HOSTILE:
        assert isinstance(case.answer, Refused)
        yield refused(
            KIND, case.name, case.file, case.made, case.answer.refusal.__name__, says=(case.answer.words,),
            is_alone=True, is_long=case.is_long,
        )  # fmt: skip
    for name in ("/xl/workbook.xml", "..\\x", "C:\\x", "xl/../../x", "a/" * 200 + "../" * 201 + "x"):
        yield refused(
            KIND, f"the member {name[:20]}", "b.xlsx", archive({name: "x"}), "ArchiveHostile", is_alone=True
        )
    yield from _lies()
    yield from _cut()


def _lies() -> Iterator[Case]:
    """Sheets that say of themselves what is not so; what stands in them is read."""
    good = as_xlsx(table())
    for span in ("A1:XFD1048576", "A1:A1", "ZZZ99:B2", "x"):
        inside = members(good)
        sheet = bytes(inside[SHEET]).decode()  # type: ignore[arg-type]
        inside[SHEET] = sheet.replace('<dimension ref="A1:R13"', f'<dimension ref="{span}"')
        assert inside[SHEET] != sheet
        yield taken(KIND, f"a sheet that claims to span {span}", "b.xlsx", archive(inside), 12)
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield refused(
        KIND,
        "one cell in the last corner",
        "b.xlsx",
        archive(xlsx_members(row)),
        "TooManyColumns",
        "NotAStockList",
    )
    for number in ("0", "-1", "99999999999", "x"):
        bad = archive(xlsx_members(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>'))
        yield refused(
            KIND, f"a row numbered {number}", "b.xlsx", bad, "WorkbookCorrupt", "TooManyRows", "NotAStockList"
        )
    for index in ("4294967296", "-1", "x"):
        bad = archive(xlsx_members(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'))
        yield refused(KIND, f"the shared text {index}", "b.xlsx", bad, "WorkbookCorrupt", "NotAStockList")


def _cut() -> Iterator[Case]:
    """A workbook cut at every twentieth, and with single bytes turned over."""
    good = as_xlsx(table())
    for part in range(1, 20):
        data = good[: len(good) * part // 20]
        yield refused(KIND, f"a workbook cut at {part}/20", "b.xlsx", data, "WorkbookCorrupt")
