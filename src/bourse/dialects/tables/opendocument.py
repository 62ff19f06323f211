"""ODS, the workbook of LibreOffice: reads its content as it streams by, repeats only what is filled."""

import re
from dataclasses import dataclass, field

from bourse.dialects.tables.archive import Archive, encrypted
from bourse.dialects.tables.encodings import readable
from bourse.dialects.tables.growing import Tally
from bourse.dialects.tables.kinds import refused
from bourse.dialects.tables.limits import MIB, Limits
from bourse.dialects.tables.markup import local, namespace, parse_markup
from bourse.dialects.tables.refusals import PictureOrDocument, WorkbookCorrupt, XmlInvalid
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.typed import (
    Spoilt,
    TypedSheet,
    Value,
    date_of,
    number_of,
    shown_error,
    without_result,
)

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_BYTES = 8 * MIB
_BLOCK = 1024
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+")


def read_ods(archive: Archive, limits: Limits) -> Tables:
    """The sheets of the workbook with the values that it stores."""
    kind = archive.find("mimetype")
    if kind is not None and not archive.read(kind, _MOST_BYTES).startswith(_SPREADSHEET):
        raise refused("an OpenDocument text or drawing", PictureOrDocument)
    manifest = archive.find("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in archive.read(manifest, _MOST_BYTES):
        raise encrypted()
    content = archive.find("content.xml")
    assert content is not None
    reading = _Reading(Tally(limits))
    try:
        parse_markup(archive.stream(content), reading.start, reading.end, reading.text)
    except XmlInvalid as error:
        raise WorkbookCorrupt(
            "The workbook is damaged or cut off: its content breaks off; expected the whole file. "
            "Send it again, or open it in a spreadsheet and save it again."
        ) from error
    return Tables("ods", None, None, reading.sheets, reading.notes)


@dataclass(slots=True)
class _OpenCell:
    """A cell whose end has not come yet."""

    about: dict[str, str]
    texts: list[str] = field(default_factory=list)
    paragraphs: int = 0


class _Reading:
    """Listens to the content of the workbook."""

    def __init__(self, tally: Tally) -> None:
        self.sheets: list[Sheet] = []
        self.notes: list[CellNote] = []
        self._tally = tally
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._aside = 0  # depth within a remark, a drawing or a table in a cell
        self._about_sheet: dict[str, str] = {}
        self._sheet = TypedSheet("", tally)
        self._number = 1
        self._repeated = 1
        self._row: list[Value] = []
        self._gap = 0
        self._cell: _OpenCell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or _is_aside(name) or (local(name) == "table" and self._cell):
            self._aside += 1
            return
        about = _about(attributes)
        match local(name):
            case "style":
                self._style = about.get("name", "")
            case "table-properties" if about.get("display") == "false":
                self._hidden_styles.add(self._style)
            case "table":
                self._about_sheet, self._number = about, 1
                self._sheet = TypedSheet(about.get("name", ""), self._tally)
            case "table-row":
                self._row, self._gap = [], 0
                self._repeated = _times(about.get("number-rows-repeated"))
            case "table-cell" | "covered-table-cell":
                self._cell = _OpenCell(about)
            case _ if self._cell:
                self._start_in_cell(self._cell, local(name), about)

    def _start_in_cell(self, cell: _OpenCell, name: str, about: dict[str, str]) -> None:
        """Signs that are written as elements."""
        if name == "p":
            cell.paragraphs += 1
            self.text("\n" if cell.paragraphs > 1 else "")
        elif name == "s":
            self.text(" " * min(_times(about.get("c")), self._sheet.longest_text))
        elif name in ("tab", "line-break"):
            self.text("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        if self._cell and self._cell.paragraphs and not self._aside:
            self._cell.texts.append(text)
            self._sheet.check_length(self._number, len(self._row), sum(map(len, self._cell.texts)))

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        match local(name):
            case "table-cell" | "covered-table-cell" if self._cell:
                self._end_cell(self._cell)
                self._cell = None
            case "table-row":
                self._end_row()
            case "table":
                hidden = self._about_sheet.get("style-name") in self._hidden_styles
                self.sheets.append(self._sheet.done(hidden=hidden))
                self.notes += self._sheet.notes

    def _end_cell(self, cell: _OpenCell) -> None:
        """Blank cells are only counted: a repeated one may reach to the edge of the sheet."""
        times = _times(cell.about.get("number-columns-repeated"))
        value = _value(cell.about, readable("".join(cell.texts)))
        if value is None:
            self._gap += times
            return
        self._tally.check_width(self._sheet.name, len(self._row) + self._gap + times, self._number)
        self._row += [None] * self._gap + [value] * times
        self._gap = 0

    def _end_row(self) -> None:
        end = self._number + self._repeated
        has_spoilt = any(isinstance(value, Spoilt) for value in self._row)
        while self._row and self._number < end:
            numbers = range(self._number, min(end, self._number + _BLOCK))
            self._sheet.add(numbers, [self._row.copy() for _ in numbers], has_spoilt=has_spoilt)
            self._number = numbers.stop
        self._number = end


def _is_aside(name: str) -> bool:
    return local(name) == "annotation" or namespace(name).endswith(":drawing:1.0")


def _about(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by bare names; the one extension that is needed tells errors from texts."""
    about = {local(key): value for key, value in attributes.items() if "calcext" not in namespace(key)}
    if any(value == "error" for key, value in attributes.items() if "calcext" in namespace(key)):
        about["value-type"] = "error"
    return about


def _times(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1


def _value(about: dict[str, str], text: str) -> Value:
    match about.get("value-type"):
        case "float" | "percentage" | "currency":
            return number_of(about.get("value", ""))
        case "date":
            return date_of(about.get("date-value", ""))
        case "boolean":
            return about.get("boolean-value") == "true"
        case "error":
            return shown_error(text)
        case None if not text:
            return without_result() if "formula" in about else None
    if "formula" in about and _ERROR.fullmatch(text):
        return shown_error(text)
    return about.get("string-value", text) or None
