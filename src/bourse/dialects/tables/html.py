"""Web pages: their tables, since many programs save one and call it XLS."""

from html.parser import HTMLParser

from bourse.dialects.tables.encodings import declared_encoding, decode
from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.refusals import NoTable, TooDeep
from bourse.dialects.tables.sheets import Sheet, Tables
from bourse.dialects.tables.spoilt import broken_cells

_BREAKS = frozenset(["br", "p", "div", "li"])
_MUTE = frozenset(["script", "style", "title"])
_TALLEST = 1 << 16

Attributes = list[tuple[str, str | None]]


def read_html(data: bytes, limits: Limits) -> Tables:
    """Each table of the page that holds something, as a sheet of its own."""
    decoded = decode(data, declared_encoding(data))
    page = _Page(Tally(limits))
    page.feed(decoded.text)
    page.close()
    sheets = [sheet for sheet in page.finished() if sheet.rows]
    if not sheets:
        raise NoTable(
            "The web page holds no table; expected one row for each stone. "
            "Export the stock list itself, as CSV or XLSX."
        )
    return Tables("xls", decoded.encoding, None, sheets, broken_cells(sheets, decoded))


class _Grid:
    """A table whose end has not come yet; cells that span several leave blanks behind them."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._sheet = GrowingSheet("", tally)
        self._widest = tally.limits.columns + 1
        self._row: list[str] = []
        self._at: int | None = None  # the column of the cell at hand
        self._covered: dict[int, int] = {}  # column: how many rows a cell above still reaches down

    def start_cell(self, attributes: Attributes) -> None:
        """Begin a cell, behind those that reach into this row from above."""
        self._skip_covered()
        across, down = _span(attributes, "colspan", self._widest), _span(attributes, "rowspan", _TALLEST)
        self._at = len(self._row)
        if down > 1:
            self._covered |= {self._at + offset: down - 1 for offset in range(across)}
        self._row += [""] * across

    def write(self, text: str) -> None:
        """Text of the cell at hand."""
        if self._at is not None:
            self._row[self._at] += text
            self._tally.check_length("", self._sheet.next_number, self._at, len(self._row[self._at]))

    def end_cell(self) -> None:
        """Finish the cell at hand; spaces and line breaks of the page's source mean nothing."""
        if self._at is not None:
            self._row[self._at] = " ".join(self._row[self._at].split())
            self._at = None

    def end_row(self) -> None:
        """Finish the row at hand."""
        self.end_cell()
        if self._row:
            self._skip_covered()
            self._sheet.add_texts([self._row])
            self._row = []

    def _skip_covered(self) -> None:
        while (left := self._covered.pop(len(self._row), 0)) > 0:
            if left > 1:
                self._covered[len(self._row)] = left - 1
            self._row.append("")

    def done(self) -> Sheet:
        """The table as a sheet."""
        self.end_row()
        return self._sheet.done()


class _Page(HTMLParser):
    """Listens to the page; a table within a table's cell is one of its own."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(convert_charrefs=True)
        self._tally = tally
        self._open: list[_Grid] = []
        self._sheets: list[Sheet] = []
        self._is_mute = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Part of the parser's interface."""
        if tag == "table":
            self._open_table()
        elif tag in _MUTE:
            self._is_mute = True
        elif self._open:
            self._start_in_table(self._open[-1], tag, attrs)

    def _open_table(self) -> None:
        depth = self._tally.limits.depth
        if len(self._open) >= depth:
            raise TooDeep(
                f"The web page nests tables more than {depth} deep; expected a plain list. "
                "Export the stock list itself, as CSV or XLSX."
            )
        self._open.append(_Grid(self._tally))

    def _start_in_table(self, grid: _Grid, tag: str, attributes: Attributes) -> None:
        if tag == "tr":
            grid.end_row()
        elif tag in ("td", "th"):
            grid.end_cell()
            grid.start_cell(attributes)
        elif tag in _BREAKS:
            grid.write(" ")

    def handle_endtag(self, tag: str) -> None:
        """Part of the parser's interface."""
        if tag in _MUTE:
            self._is_mute = False
        elif self._open and tag in ("td", "th"):
            self._open[-1].end_cell()
        elif self._open and tag == "tr":
            self._open[-1].end_row()
        elif self._open and tag == "table":
            self._sheets.append(self._open.pop().done())

    def handle_data(self, data: str) -> None:
        """Part of the parser's interface."""
        if self._open and not self._is_mute:
            self._open[-1].write(data)

    def finished(self) -> list[Sheet]:
        """All tables, those too whose end never came."""
        while self._open:
            self._sheets.append(self._open.pop().done())
        return self._sheets


def _span(attributes: Attributes, name: str, most: int) -> int:
    text = dict(attributes).get(name) or "1"
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 10 else 1
