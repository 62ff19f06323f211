"""XML of any layout: what repeats is the record, and its leaves are the columns."""

from dataclasses import dataclass, field

from bourse.dialects.tables.encodings import declared_encoding, decode
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.markup import local, namespace, parse_markup, pieces
from bourse.dialects.tables.named import NamedColumns
from bourse.dialects.tables.records import Place, find_record
from bourse.dialects.tables.refusals import NoTable, TooDeep, TooManyColumns
from bourse.dialects.tables.sheets import Tables
from bourse.dialects.tables.spoilt import broken_cells

_SCHEMA = "http://www.w3.org/2001/XMLSchema"
_ABOUT_THE_XML = (
    "http://www.w3.org/2001/XMLSchema-instance",
    "urn:schemas-microsoft-com:xml-diffgram-v1",
    "urn:schemas-microsoft-com:xml-msdata",
    "http://www.w3.org/XML/1998/namespace",
)
_MOST_NAMES = 10_000


def read_xml(data: bytes, limits: Limits) -> Tables:
    """The records of the XML, one row each, under the paths of their leaves."""
    decoded = decode(data, declared_encoding(data))
    survey = _Survey(limits.depth)
    text = decoded.text.lstrip()
    parse_markup(pieces(text), survey.start, survey.end, survey.text)
    record = find_record(survey.root)
    if record is None:
        raise NoTable(
            "The XML holds no element that repeats and carries values; expected one element for each stone. "
            "Export the stock list again, with its items."
        )
    harvest = _Harvest(survey.root, record, NamedColumns(limits, empty=""))
    parse_markup(pieces(text), harvest.start, harvest.end, harvest.text)
    sheet = harvest.columns.done()
    return Tables("xml", decoded.encoding, None, [sheet], broken_cells([sheet], decoded))


def _fields(attributes: dict[str, str]) -> list[tuple[str, str]]:
    """The attributes that carry data, by their bare names."""
    return [(local(key), value) for key, value in attributes.items() if namespace(key) not in _ABOUT_THE_XML]


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    place: Place
    column: str = ""
    texts: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How many children of this name there were before; one more from now on."""
        before = self.seen.get(name, 0)
        self.seen[name] = before + 1
        return before


class _Listener:
    """What both passes share: the stack of open elements, and deafness for an inline schema."""

    def __init__(self, root: Place) -> None:
        self.open = [_Open(root)]
        self._in_schema = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_schema or namespace(name) == _SCHEMA:
            self._in_schema += 1
        else:
            self.opened(self.open[-1], local(name), _fields(attributes))

    def end(self, _name: str) -> None:
        if self._in_schema:
            self._in_schema -= 1
        else:
            element = self.open.pop()
            self.closed(element, "".join(element.texts).strip())

    def text(self, text: str) -> None:
        if not self._in_schema:
            self.open[-1].texts.append(text)

    def opened(self, parent: _Open, name: str, fields: list[tuple[str, str]]) -> None:
        raise NotImplementedError

    def closed(self, element: _Open, text: str) -> None:
        raise NotImplementedError


class _Survey(_Listener):
    """First pass: counts what stands where."""

    def __init__(self, depth: int) -> None:
        self.root = Place("")
        super().__init__(self.root)
        self._depth = depth
        self._names = 0

    def opened(self, parent: _Open, name: str, fields: list[tuple[str, str]]) -> None:
        place = self._place(parent.place, name)
        place.saw_together(parent.count(name) + 1)
        parent.place.is_structured = True
        self.open.append(_Open(place))
        if len(self.open) > self._depth + 1:
            raise TooDeep(
                f"The XML nests elements more than {self._depth} deep, at <{name}>; "
                "expected a list of stones. Export it in a simpler layout."
            )
        for key, value in fields:
            place.is_structured = True
            self._place(place, key).saw_value(value.strip())

    def closed(self, element: _Open, text: str) -> None:
        element.place.saw_value(text)

    def _place(self, parent: Place, name: str) -> Place:
        if name in parent.below:
            return parent.below[name]
        self._names += 1
        if self._names > _MOST_NAMES:
            raise TooManyColumns(
                f"The XML has more than {_MOST_NAMES:,} different element names; "
                "expected one for each column. Export it in a layout that names the same things alike."
            )
        return parent.child(name)


class _Harvest(_Listener):
    """Second pass: lays out what stands below each record."""

    def __init__(self, root: Place, record: Place, columns: NamedColumns) -> None:
        super().__init__(root)
        self.columns = columns
        self._record = record
        self._depth = 0

    def opened(self, parent: _Open, name: str, fields: list[tuple[str, str]]) -> None:
        place = parent.place.below[name]
        self.open.append(_Open(place, self._column(parent, place)))
        if place is self._record:
            self._depth = len(self.open)
        if self._depth:
            for key, value in fields:
                self.columns.put(self._below(key), value.strip())

    def _column(self, parent: _Open, place: Place) -> str:
        """The path of an element below the record; what repeats and has parts of its own is numbered."""
        if not self._depth:
            return ""
        path = f"{parent.column}.{place.name}" if parent.column else place.name
        if place.is_structured and place.most_together > 1:
            return f"{path}.{parent.count(place.name)}"
        return path

    def _below(self, key: str) -> str:
        column = self.open[-1].column
        return f"{column}.{key}" if column else key

    def closed(self, element: _Open, text: str) -> None:
        if not self._depth:
            return
        if text or not element.place.is_structured:
            self.columns.put(element.column or element.place.name, text)
        if len(self.open) < self._depth:
            self._depth = 0
            self.columns.end_record()
