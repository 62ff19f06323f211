"""The fast way through a sheet: splits its XML into rows and cells, and understands each spelling once.

Every byte of what it takes is matched against the narrow grammar in which spreadsheets write their cells. At
the first byte that does not fit it gives up with NotPlain, and the sheet is walked exactly instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from bourse.dialects.tables.limits import MIB
from bourse.dialects.tables.typed import Spoilt, TypedSheet, Value
from bourse.dialects.tables.xlsx.escapes import typed_text
from bourse.dialects.tables.xlsx.refs import column_of
from bourse.dialects.tables.xlsx.values import Meaning

_LONGEST_ROW = 16 * MIB
_LONGEST_HEAD = 4 * MIB
_LONGEST_ROW_HEAD = 4096
_REMEMBERED = 10_000  # the usual ones; a larger table would no longer fit the processor's cache
_REMEMBERED_LAYOUTS = (
    1_000  # empty cells are left out, so a list has one for each way in which rows have gaps
)
_ROW_END = b"</row>"

_IS_UTF8 = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^<>]*encoding)|<\?xml[^<>]*encoding=.(?i:utf-8)|<[^?!])"
)
_DATA_START = re.compile(rb"<((?:[A-Za-z]\w{0,20}:)?)sheetData>")
_TAIL = re.compile(rb"\s*(?:<row\b[^<>]*/>\s*)*</sheetData>")
_ROW_HEAD = re.compile(
    rb'(?:\s*<row\b[^<>]*/>)*\s*<row (?:[^<>]* )?r="([1-9][0-9]{0,6})"(?:[^<>]*[^<>/])?>\s*'
)
_CELL_START = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_CELL = re.compile(
    rb'((?: [a-z]+="[^"<>&]*")*) ?'
    rb"(?:/>|>(<f\b[^<>]*(?:/>|>[^<]*</f>))?"
    rb'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)\s*'
)
_VALUE_END = b"</v></c>"
_ATTRIBUTE = re.compile(rb' ([a-z]+)="([^"]*)"')


class NotPlain(Exception):
    """The sheet is not written in the plain way of spreadsheets."""


def scan_sheet(chunks: Iterable[bytes], meaning: Meaning, sheet: TypedSheet) -> None:
    """Take all rows of a sheet's XML."""
    values = _Values(meaning, sheet.longest_text)
    layouts: dict[tuple[bytes, ...], _Layout] = {}
    for block in _row_blocks(iter(chunks)):
        numbers, rows = [], []
        for text in block:
            parts = _CELL_START.split(text)
            number = _row_number(parts[0])
            columns, ordinals, spellings = tuple(parts[1::3]), parts[2::3], parts[3::3]
            if ordinals.count(number) != len(ordinals):
                raise NotPlain
            layout = layouts.get(columns)
            if layout is None:
                layout = _Layout(columns)
                if len(layouts) < _REMEMBERED_LAYOUTS:
                    layouts[columns] = layout
            rows.append(layout.spread(list(map(values.__getitem__, spellings))))
            numbers.append(int(number))
        sheet.add(numbers, rows, has_spoilt=values.has_spoilt)


def _row_blocks(chunks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The XML of the rows without their end tags, in blocks, up to the end of the sheet's data."""
    prefix, rest = _behind_head(chunks)
    row_end, data_end = b"</%srow>" % prefix, b"</%ssheetData>" % prefix
    while data_end not in rest.rpartition(row_end)[2]:
        complete, ends, rest = rest.rpartition(row_end)
        if ends:
            yield _without_prefix(complete, prefix).split(_ROW_END)
        chunk = next(chunks, b"")
        if not chunk or len(rest) > _LONGEST_ROW:
            raise NotPlain
        rest += chunk
    *last, tail = _without_prefix(rest, prefix).split(_ROW_END)
    if not _TAIL.match(tail):
        raise NotPlain
    yield last
    for _ in chunks:  # to the end, where the archive's checksum is compared
        pass


def _behind_head(chunks: Iterator[bytes]) -> tuple[bytes, bytes]:
    """The prefix that all elements carry, mostly none, and what follows the start of the sheet's data."""
    head = b""
    while (start := _DATA_START.search(head)) is None:
        chunk = next(chunks, b"")
        head += chunk
        if not chunk or len(head) > _LONGEST_HEAD:
            raise NotPlain
    if not _IS_UTF8.match(head) or b"<!" in head[: start.start()]:
        raise NotPlain
    return start[1], head[start.end() :]


def _without_prefix(xml: bytes, prefix: bytes) -> bytes:
    return xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else xml


def _row_number(head: bytes) -> bytes:
    match = _ROW_HEAD.fullmatch(head) if len(head) < _LONGEST_ROW_HEAD else None
    if match is None:
        raise NotPlain
    return match[1]


class _Layout:
    """In which columns the cells of a row stand."""

    def __init__(self, columns: Sequence[bytes]) -> None:
        indexes = [column_of(letters.decode()) for letters in columns]
        if any(after <= before for before, after in pairwise(indexes)):
            raise NotPlain
        self._spread = _spreading(indexes)

    def spread(self, values: list[Value]) -> list[Value]:
        """The values in their columns, None where the row has no cell."""
        if self._spread is None:
            return values
        values.append(None)
        return list(self._spread(values))


def _spreading(indexes: list[int]) -> Callable[[list[Value]], tuple[Value, ...]] | None:
    """Picks a row out of its values and a None behind them; None where the values are the row already."""
    width = indexes[-1] + 1 if indexes else 0
    if width == len(indexes):
        return None
    picked = [len(indexes)] * max(width, 2)
    for at, index in enumerate(indexes):
        picked[index] = at
    return itemgetter(*picked)


class _Values(dict[bytes, Value]):
    """What each spelling of a cell means, worked out when it is first met."""

    def __init__(self, meaning: Meaning, longest_text: int) -> None:
        super().__init__()
        self._meaning = meaning
        self._longest_text = longest_text
        self._plain: dict[bytes, Callable[[bytes], Value]] = {}  # how to read what follows a known beginning
        self.has_spoilt = False

    def __missing__(self, spelling: bytes) -> Value:
        head, _, rest = spelling.partition(b"<v>")
        read = self._plain.get(head)
        value = None if read is None or not rest.endswith(_VALUE_END) else read(rest[: -len(_VALUE_END)])
        if value is None:
            value = self._understood(spelling)
        if len(self) < _REMEMBERED:
            self[spelling] = value
        return value

    def _understood(self, spelling: bytes) -> Value:
        match = _CELL.fullmatch(spelling)
        if match is None or len(spelling) > self._longest_text:
            raise NotPlain
        try:
            value = self._meant(*match.groups())
        except ValueError as error:
            raise NotPlain from error
        self.has_spoilt |= isinstance(value, Spoilt)
        return value

    def _meant(
        self, attributes: bytes, formula: bytes | None, stored: bytes | None, inline: bytes | None
    ) -> Value:
        about = dict(_ATTRIBUTE.findall(attributes))
        kind, style = about.get(b"t", b"n").decode(), int(about.get(b"s", b"0"))
        if (kind == "inlineStr") != (inline is not None) and (stored or inline):
            raise NotPlain
        if stored and not formula and (reader := self._meaning.plain_reader(kind, style)):
            self._plain[attributes + b">"] = reader
        raw = inline if stored is None else stored
        text = None if raw is None else typed_text(raw)
        return self._meaning.of(kind, style, text, has_formula=formula is not None)
