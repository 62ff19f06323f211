"""Files built to harm their reader: each is opened in a confined child, whose memory is measured."""

import stat
import zipfile
from io import BytesIO

from bourse.dialects.tables.refusals import (
    ArchiveHostile,
    ArchiveRefused,
    CellTooLong,
    FileTooBig,
    TooDeep,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    WorkbookCorrupt,
    XmlDeclaresEntities,
)
from dialects.corpus.cases import refuses
from dialects.making import MAIN, archive, ods, packed_repeats, raw_archive, workbook, xlsx, xlsx_members

_MIB = 1024 * 1024
_SHEET = "xl/worksheets/sheet1.xml"


def _packed(content: bytes | str) -> bytes:
    return packed_repeats(content.encode() if isinstance(content, str) else content, 1)


def _with_sheet(packed: bytes, size: int) -> bytes:
    """A workbook whose sheet is this deflated stream of this claimed size."""
    others = [
        (name, _packed(content), len(content)) for name, content in xlsx_members("").items() if name != _SHEET
    ]
    return raw_archive(*others, (_SHEET, packed, size))


def _bomb() -> bytes:
    """Half a MiB that unpacks to half a GiB."""
    return _with_sheet(packed_repeats(b"<row/>" * 174_763, 512), 512 * _MIB)


def _lying_bomb() -> bytes:
    return _with_sheet(packed_repeats(b"<row/>" * 174_763, 512), 1000)


def _large() -> bytes:
    """A sheet that claims to be packed no more than usual, but larger than all that is read."""
    return _with_sheet(bytes(12 * _MIB), 700 * _MIB)


def _nested() -> bytes:
    inner = archive({"0.txt": bytes(_MIB)})
    for _ in range(4):
        inner = archive({f"{at}.zip": inner for at in range(10)})
    return inner


def _overlapping() -> bytes:
    members = [(name, _packed(content), len(content)) for name, content in xlsx_members("").items()]
    kernel = (_SHEET, packed_repeats(bytes(_MIB), 1), _MIB)
    return raw_archive(*members, *[kernel] * 200, at=[0] * (len(members) + 200))


def _link() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("xl/workbook.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def _wrong_checksum() -> bytes:
    data = bytearray(archive(xlsx_members('<row r="1"><c r="A1"><v>1</v></c></row>'), zipfile.ZIP_STORED))
    at = data.index(b"<v>1</v>") + 3
    data[at] = ord("2")
    return bytes(data)


def _shared_strings() -> bytes:
    return xlsx("", shared="".join(f"<si><t>{at}</t></si>" for at in range(1_600_000)))


def _styles() -> bytes:
    formats = "".join(f'<xf numFmtId="14" fontId="{at}"/>' for at in range(100_000))
    return xlsx("", styles=f"<cellXfs>{formats}</cellXfs>")


def _laughing_sheet() -> bytes:
    row = '<row r="1"><c r="A1"><v>&a;</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    return archive({**xlsx_members(""), _SHEET: f'<!DOCTYPE w [<!ENTITY a "1">]>{sheet}'})


def _same_sheet_often() -> bytes:
    tabs = "".join(f'<sheet name="s{at}" sheetId="{at + 1}" r:id="r0"/>' for at in range(200))
    main = str(xlsx_members("")["xl/workbook.xml"])
    start, end = main.index("<sheet "), main.index("</sheets>")
    return archive({**xlsx_members(""), "xl/workbook.xml": main[:start] + tabs + main[end:]})


def _repeating(rows: int, columns: int) -> bytes:
    return ods(
        "<office:body><office:spreadsheet><table:table>"
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body>"
    )


_GOOD = workbook(Stock=[["Shape", "Carat"]])

HOSTILE = [
    refuses("half a GiB in half a MiB", "b.xlsx", _bomb, ArchiveHostile, "times smaller"),
    refuses("a bomb that claims to be small", "b.xlsx", _lying_bomb, WorkbookCorrupt),
    refuses("a sheet of 700 MiB", "b.xlsx", _large, FileTooBig, "unpacks to"),
    refuses("zips in zips in zips", "b.xlsx", _nested, ArchiveRefused, "a ZIP archive"),
    refuses(
        "100,000 members",
        "b.xlsx",
        lambda: raw_archive(*[("a", b"\3\0", 0)] * 100_000),
        ArchiveHostile,
        "10,000 members",
    ),
    refuses("members that overlap", "b.xlsx", _overlapping, ArchiveHostile, "overlap"),
    refuses(
        "a name that climbs out",
        "b.xlsx",
        lambda: archive({"../../etc/cron.d/x": "x"}),
        ArchiveHostile,
        "points out",
    ),
    refuses(
        "a name from the root", "b.xlsx", lambda: archive({"/etc/passwd": "x"}), ArchiveHostile, "points out"
    ),
    refuses(
        "a name of Windows", "b.xlsx", lambda: archive({"xl\\..\\..\\x": "x"}), ArchiveHostile, "points out"
    ),
    refuses("a link", "b.xlsx", _link, ArchiveHostile, "a link"),
    refuses("a wrong checksum", "b.xlsx", _wrong_checksum, WorkbookCorrupt, "CRC"),
    refuses(
        "1.6 million shared texts", "b.xlsx", _shared_strings, ArchiveHostile, "1,500,000 texts", is_long=True
    ),
    refuses("100,000 styles", "b.xlsx", _styles, ArchiveHostile, "100,000 cell styles"),
    refuses("entities in a sheet", "b.xlsx", _laughing_sheet, XmlDeclaresEntities),
    refuses("one sheet under 200 names", "b.xlsx", _same_sheet_often, ArchiveHostile, "several names"),
    refuses("a row repeated to the end", "b.ods", lambda: _repeating(1_048_576, 10), TooManyRows, "250,000"),
    refuses("a cell repeated to the edge", "b.ods", lambda: _repeating(1, 16_384), TooManyColumns, "16,384"),
    refuses("cells repeated to twelve millions", "b.ods", lambda: _repeating(200_000, 500), TooManyCells),
    refuses(
        "250,101 rows",
        "b.csv",
        lambda: b"a,b\n" * 250_101,
        TooManyRows,
        "more than 250,000 rows",
        is_long=True,
    ),
    refuses(
        "twelve million cells",
        "b.csv",
        lambda: (b"1" + b"," * 199 + b"\n") * 60_100,
        TooManyCells,
        "12,000,000",
        is_long=True,
    ),
    refuses("a cell of 40 MiB", "b.csv", lambda: b"a,b\n1," + b"x" * 40 * _MIB, CellTooLong, "row 2"),
    refuses("60 million columns", "b.csv", lambda: b"1," * 30 * _MIB, CellTooLong, "row 1"),
    refuses(
        "a quote left open in each of a million lines",
        "b.csv",
        lambda: b'x","\n' * 1_000_000,
        TooManyRows,
        is_long=True,
    ),
    refuses("60 MiB of open brackets", "b.json", lambda: b"[" * 60 * _MIB, TooDeep),
    refuses("60 MiB of open elements", "b.xml", lambda: b"<a>" * 20 * _MIB, TooDeep),
    refuses("nested tables without end", "b.xls", lambda: b"<table><tr><td>" * _MIB, TooDeep),
    refuses(
        "a laughing document",
        "b.xml",
        lambda: b"<!DOCTYPE r [" + b'<!ENTITY a "' + b"ha" * _MIB + b'">]><r/>',
        XmlDeclaresEntities,
    ),
    refuses("a good workbook with a bomb behind it", "b.xlsx", lambda: _GOOD + _bomb(), ArchiveHostile),
]
