"""Makes small files of every format, whole and broken, byte by byte where no library would write them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook as a spreadsheet writes it, with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(members: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()


def xlsx_members(
    rows: str, *, shared: str | None = None, styles: str | None = None, properties: str = ""
) -> dict[str, bytes | str]:
    """The members of a minimal workbook whose only sheet has this XML within `sheetData`."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        '<sheets><sheet name="Stock" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if shared is not None:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        members["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return members


def xlsx(
    rows: str, *, shared: str | None = None, styles: str | None = None, properties: str = "", **extra: bytes
) -> bytes:
    """A minimal workbook whose only sheet has this XML within `sheetData`."""
    return archive({**xlsx_members(rows, shared=shared, styles=styles, properties=properties), **extra})


def _relations(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'


def ods(content: str, **extra: bytes) -> bytes:
    """A workbook of LibreOffice with this XML within its body."""
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )
    whole = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"{content}</office:document-content>"
    )
    return archive(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": whole, **extra}
    )


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of these streams, each padded so that none of them is a short one."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        entries.append(_entry(name, 2, len(sectors), len(padded)))
        cut = [padded[at : at + 512] for at in range(0, len(padded), 512)]
        chains += [*range(len(sectors) + 1, len(sectors) + len(cut)), 0xFFFFFFFE]
        sectors += cut
    directory, table = len(sectors), len(sectors) + -(-len(entries) // 4)
    raw = b"".join(entries).ljust((table - directory) * 512, b"\0")
    chains += [*range(directory + 1, table), 0xFFFFFFFE]
    fats = -(-(len(chains) + 2) // 127)
    chains += [0xFFFFFFFD] * fats
    fat = b"".join(struct.pack("<I", number) for number in chains).ljust(fats * 512, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
        table,
    )
    places = b"".join(struct.pack("<I", table + at) for at in range(1, fats)).ljust(108 * 4, b"\xff")
    return header + places + b"".join(sectors) + raw + fat


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    spelt = (name + "\0").encode("utf-16-le")
    head = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt), kind, 1)
    siblings = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return (head + siblings).ljust(116, b"\0") + struct.pack("<IQ", start, size)


class Error(str):
    """The error that a cell of an old workbook shows."""

    __slots__ = ()


_ERROR_CODES = {"#REF!": 23, "#N/A": 42, "#DIV/0!": 7}


def xls(rows: Sequence[Sequence[object]], *, encrypted: bool = False) -> bytes:
    """A workbook of Excel 97 with one sheet, as bare records in their container."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    lock = _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if encrypted else b""
    name = b"Stock"
    size = len(begin) + len(lock) + 4 + 8 + len(name) + 4
    tab = _record(0x0085, struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))
    cells = b"".join(
        _cell(at, index, value) for at, row in enumerate(rows) for index, value in enumerate(row)
    )
    end = _record(0x000A, b"")
    return ole({"Workbook": begin + lock + tab + end + sheet + cells + end})


def _cell(row: int, index: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, index, 0)
    if isinstance(value, Error):
        return _record(0x0205, place + struct.pack("<BB", _ERROR_CODES[value], 1))
    if isinstance(value, bool):
        return _record(0x0205, place + struct.pack("<BB", value, 0))
    if isinstance(value, int | float):
        return _record(0x0203, place + struct.pack("<d", value))
    text = str(value).encode("latin-1")
    return _record(0x0204, place + struct.pack("<HB", len(text), 0) + text)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def packed_repeats(block: bytes, times: int) -> bytes:
    """A deflate stream of a block repeated so often, made in the time of packing one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * times + packer.flush(zlib.Z_FINISH)


def raw_archive(*members: tuple[str, bytes, int], at: Sequence[int] | None = None) -> bytes:
    """A zip of names, deflated streams and claimed sizes, with wrong checksums; `at` moves the members'
    starts.
    """
    body, directory = bytearray(), bytearray()
    for number, (name, packed, size) in enumerate(members):
        start = len(body) if at is None else at[number]
        about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
        body += b"PK\x03\x04" + about + name.encode() + packed
        directory += b"PK\x01\x02\x14\0" + about + struct.pack("<HHHII", 0, 0, 0, 0, start) + name.encode()
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, min(count, 65_535), min(count, 65_535), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)
