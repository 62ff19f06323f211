"""SpreadsheetML, the XML that Excel 2003 wrote and that web programs still send under the name .xls."""

from bourse.dialects.tables.encodings import declared_encoding, decode
from bourse.dialects.tables.growing import Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.markup import local, parse_markup, pieces
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.typed import Spoilt, TypedSheet, Value, date_of, number_of, shown_error


def read_spreadsheet_xml(data: bytes, limits: Limits) -> Tables:
    """The sheets of the workbook with the values that it stores."""
    decoded = decode(data, declared_encoding(data))
    reading = _Reading(Tally(limits))
    parse_markup(pieces(decoded.text.lstrip()), reading.start, reading.end, reading.text)
    return Tables("xls", decoded.encoding, None, reading.sheets, reading.notes)


class _Reading:
    """Listens to the XML of the workbook."""

    def __init__(self, tally: Tally) -> None:
        self.sheets: list[Sheet] = []
        self.notes: list[CellNote] = []
        self._tally = tally
        self._sheet = TypedSheet("", tally)
        self._is_hidden = False
        self._number = 0
        self._index = -1
        self._merged = 0
        self._row: list[Value] = []
        self._type: str | None = None  # of the data at hand
        self._texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        about = {local(key): value for key, value in attributes.items()}
        match local(name):
            case "Worksheet":
                self._sheet = TypedSheet(about.get("Name", ""), self._tally)
                self._number, self._is_hidden = 0, False
            case "Row":
                self._number = _place(about, self._number + 1)
                self._row, self._index, self._merged = [], -1, 0
            case "Cell":
                self._index = _place(about, self._index + self._merged + 2) - 1
                self._merged = _whole(about.get("MergeAcross"), 0)
            case "Data":
                self._type, self._texts = about.get("Type", "String"), []
            case "Visible":
                self._type, self._texts = "", []

    def text(self, text: str) -> None:
        if self._type is not None:
            self._texts.append(text)

    def end(self, name: str) -> None:
        text = "".join(self._texts)
        match local(name):
            case "Data" if self._type is not None:
                self._put(_value(self._type, text))
                self._type = None
            case "Visible":
                self._is_hidden, self._type = text.strip() != "SheetVisible", None
            case "Row":
                spoilt = any(isinstance(value, Spoilt) for value in self._row)
                self._sheet.add([self._number], [self._row], has_spoilt=spoilt)
            case "Worksheet":
                self.sheets.append(self._sheet.done(hidden=self._is_hidden))
                self.notes += self._sheet.notes

    def _put(self, value: Value) -> None:
        self._tally.check_width(self._sheet.name, self._index + 1, self._number)
        if isinstance(value, str):
            self._sheet.check_length(self._number, self._index, len(value))
        self._row += [None] * (self._index + 1 - len(self._row))
        self._row[self._index] = value


def _place(about: dict[str, str], next_one: int) -> int:
    """Where a row or cell stands, counted from 1: rows and cells that are blank may be left out."""
    return max(1, _whole(about.get("Index"), next_one))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _value(type_: str, text: str) -> Value:
    match type_:
        case "Number":
            return number_of(text.strip())
        case "DateTime":
            return date_of(text)
        case "Boolean":
            return text.strip() == "1"
        case "Error":
            return shown_error(text)
    return text or None
