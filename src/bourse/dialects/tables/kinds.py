"""What a file is by its first bytes; its name may say anything."""

import re
from enum import Enum, auto

from bourse.dialects.tables.encodings import decode, detect
from bourse.dialects.tables.refusals import (
    ArchiveRefused,
    BinaryRefused,
    FileRefused,
    PictureOrDocument,
    UnknownWorkbook,
)

_READ = "CSV, XLSX, XLS, ODS, XML, JSON or text"
_SAMPLE_BYTES = 8 * 1024


class Kind(Enum):
    """The families of files that are opened, each by its own reader."""

    ZIP = auto()
    OLE = auto()
    HTML = auto()
    SPREADSHEET_XML = auto()
    XML = auto()
    JSON = auto()
    TEXT = auto()


# The sign, where it stands, what the file then is, and which refusal says so.
_FOREIGN: tuple[tuple[bytes, int, str, type[FileRefused]], ...] = (
    (b"%PDF-", 0, "a PDF document", PictureOrDocument),
    (b"\x89PNG\r\n\x1a\n", 0, "a PNG picture", PictureOrDocument),
    (b"\xff\xd8\xff", 0, "a JPEG picture", PictureOrDocument),
    (b"GIF8", 0, "a GIF picture", PictureOrDocument),
    (b"II*\0", 0, "a TIFF picture", PictureOrDocument),
    (b"MM\0*", 0, "a TIFF picture", PictureOrDocument),
    (b"WEBP", 8, "a WebP picture", PictureOrDocument),
    (b"ftyp", 4, "a picture or film", PictureOrDocument),
    (b"{\\rtf", 0, "a text document (RTF)", PictureOrDocument),
    (b"%!PS", 0, "a PostScript document", PictureOrDocument),
    (b"MIME-Version:", 0, "a web page saved as one file (MHTML)", UnknownWorkbook),
    (b"\x09\x00\x04\x00", 0, "a workbook of Excel 2", UnknownWorkbook),
    (b"\x09\x02\x06\x00", 0, "a workbook of Excel 3", UnknownWorkbook),
    (b"\x09\x04\x06\x00", 0, "a workbook of Excel 4", UnknownWorkbook),
    (b"PAR1", 0, "a Parquet file", UnknownWorkbook),
    (b"Rar!\x1a\x07", 0, "a RAR archive", ArchiveRefused),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive", ArchiveRefused),
    (b"\x1f\x8b", 0, "a gzip archive", ArchiveRefused),
    (b"BZh", 0, "a bzip2 archive", ArchiveRefused),
    (b"\xfd7zXZ\0", 0, "an xz archive", ArchiveRefused),
    (b"\x28\xb5\x2f\xfd", 0, "a zstd archive", ArchiveRefused),
    (b"ustar", 257, "a tar archive", ArchiveRefused),
    (b"\x7fELF", 0, "a program", BinaryRefused),
    (b"MZ\x90\0", 0, "a program", BinaryRefused),
    (b"\xcf\xfa\xed\xfe", 0, "a program", BinaryRefused),
    (b"\xca\xfe\xba\xbe", 0, "a program", BinaryRefused),
    (b"SQLite format 3\0", 0, "a database file (SQLite)", BinaryRefused),
)

_CURES: dict[type[FileRefused], str] = {
    PictureOrDocument: "Send the list from which it was made, as XLSX or CSV, or paste its text.",
    UnknownWorkbook: "Open it in a spreadsheet and save it as XLSX.",
    ArchiveRefused: "Unpack it and send the list inside.",
    BinaryRefused: "Export the list again and send that file.",
}

_NUMBERS = "a Numbers document"
_NUMBERS_CURE = "Open it in Numbers, choose File, Export To, Excel, and send that."

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|style|body|div|table)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:[?!]|[A-Za-z_][\w.:-]*[\s/>])")
_JSON = re.compile(r'\{\s*["}]|\[\s*[\[{"\]]')
_OFFICE_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def kind_of(data: bytes) -> Kind:
    """The family of the file, or the refusal that names what it is instead."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.OLE
    _refuse_foreign(data)
    return _kind_of_text(decode(data[:_SAMPLE_BYTES]).text.lstrip())


def refused(what: str, refusal: type[FileRefused]) -> FileRefused:
    """The refusal of a file that is something else than a list."""
    cure = _NUMBERS_CURE if what == _NUMBERS else _CURES[refusal]
    return refusal(f"The file is {what}; expected a stock list as {_READ}. {cure}")


def _refuse_foreign(data: bytes) -> None:
    for sign, at, what, refusal in _FOREIGN:
        if data.startswith(sign, at):
            raise refused(what, refusal)
    if _is_binary(data[:_SAMPLE_BYTES]):
        raise refused("binary data of an unknown kind", BinaryRefused)


def _is_binary(sample: bytes) -> bool:
    """Texts hold hardly any control bytes; a stray NUL is reported with its cell instead."""
    if detect(sample).startswith("utf-16") or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(byte < 0x20 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in sample)
    return controls > 2 and controls > len(sample) // 50


def _kind_of_text(start: str) -> Kind:
    if _OFFICE_2003 in start and _MARKUP.match(start):
        return Kind.SPREADSHEET_XML
    if _HTML.match(start):
        return Kind.HTML
    if _MARKUP.match(start):
        return Kind.XML
    return Kind.JSON if _JSON.match(start) else Kind.TEXT
