"""JSON of any layout, and one object a line: strict about what could be read in two ways."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

from bourse.dialects.tables.encodings import decode, readable
from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.named import NamedColumns
from bourse.dialects.tables.records import Place, find_record
from bourse.dialects.tables.refusals import JsonInvalid, NoTable, TooDeep
from bourse.dialects.tables.sheets import Cell, Sheet, Tables
from bourse.dialects.tables.spoilt import broken_cells

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
_WHOLE_DIGITS = 18
_MANY_KEYS = 10
_KEY = "key"  # the column of what objects were keyed by
_NAMING, _VALUED = ("name", "label", "attribute_code", "key"), ("value", "values", "option", "options")
_ITEM = "[]"  # the name of a list's items among the places


def read_json(data: bytes, limits: Limits) -> Tables:
    """The records of the JSON, one row each, under the paths of their leaves."""
    decoded = decode(data)
    document = _listed(_parse(decoded.text, limits), limits.depth)
    root = Place("")
    _survey(document, root, limits)
    rows = _rows_of_lists(document, root)
    sheet = _sheet_of_lists(rows, limits) if rows else _sheet_of_records(document, root, limits)
    notes = broken_cells([sheet], decoded, has_escapes="\\u" in decoded.text)
    return Tables("json", decoded.encoding, None, [sheet], notes)


def _parse(text: str, limits: Limits) -> Json:
    try:
        return _loads(text)
    except RecursionError as error:
        raise _too_deep(limits.depth) from error
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines):
            return [_loads_line(line, number) for number, line in enumerate(lines, 1)]
        raise _invalid(error, error.lineno) from error


def _loads_line(line: str, number: int) -> Json:
    try:
        return _loads(line)
    except json.JSONDecodeError as error:
        raise _invalid(error, number) from error


def _loads(text: str) -> Json:
    parsed: Json = json.loads(
        text,
        object_pairs_hook=_object,
        parse_constant=_refuse_constant,
        parse_float=_finite,
        parse_int=_whole,
    )
    return parsed


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    known = dict(pairs)
    if len(known) == len(pairs):
        return known
    twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
    raise JsonInvalid(
        f"The JSON has the field “{twice}” twice in one object; expected each field once. "
        "Correct the program that wrote it: nobody can tell which of the two holds."
    )


def _finite(text: str) -> float:
    number = float(text)
    if math.isfinite(number):
        return number
    return _refuse_constant(text)


def _whole(text: str) -> int | str:
    """A whole number; one of more digits than any count or report number has stays text."""
    return int(text) if len(text) <= _WHOLE_DIGITS else text


def _refuse_constant(text: str) -> NoReturn:
    raise JsonInvalid(
        f"The JSON holds {text[:20]}, which is no number; expected one. "
        "Write null where a value is not known."
    )


def _invalid(error: json.JSONDecodeError, line: int) -> JsonInvalid:
    return JsonInvalid(
        f"The JSON breaks its grammar in line {line}, column {error.colno} ({error.msg}); "
        "expected one whole document, or one object a line. Export the file again."
    )


def _too_deep(depth: int) -> TooDeep:
    return TooDeep(
        f"The JSON nests objects and lists more than {depth} deep; expected a list of stones. "
        "Export it in a simpler layout."
    )


def _listed(value: Json, depth: int) -> Json:
    """The value with each map of objects, keyed by the numbers of stones, as the list that it means."""
    if depth < 0 or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return _named(value) or [_listed(item, depth - 1) for item in value]
    parts = {name: _listed(part, depth - 1) for name, part in value.items()}
    return [{_KEY: name, **part} for name, part in _objects(parts)] if _is_map(parts) else parts


def _named(items: list[Json]) -> dict[str, Json] | None:
    """What a list of names with their values says ("name": "Shape", "value": "Pear"), if it is one."""
    found = [pair for item in items if isinstance(item, dict) and (pair := _name_and_value(item))]
    names = dict(found)
    return names if 1 < len(names) == len(found) == len(items) else None


def _name_and_value(item: dict[str, Json]) -> tuple[str, Json] | None:
    name = next((item[key] for key in _NAMING if isinstance(item.get(key), str)), None)
    value = next((key for key in _VALUED if key in item), None)
    if not isinstance(name, str) or value is None or isinstance(item[value], dict):
        return None
    return name, item[value]


def _is_map(parts: dict[str, Json]) -> bool:
    """Whether all parts are objects of one layout, under names that are no fields': numbers, or very many."""
    if len(parts) < 2 or len(_objects(parts)) < len(parts):
        return False
    first, second, *_ = (set(part) for _, part in _objects(parts))
    is_numbered = all(name.isdecimal() for name in parts)
    return bool(first & second) and (is_numbered or len(parts) >= _MANY_KEYS)


def _objects(parts: dict[str, Json]) -> list[tuple[str, dict[str, Json]]]:
    return [(name, part) for name, part in parts.items() if isinstance(part, dict)]


def _survey(value: Json, place: Place, limits: Limits, depth: int = 0) -> None:
    """Count what stands where."""
    if depth > limits.depth:
        raise _too_deep(limits.depth)
    if isinstance(value, dict):
        place.is_structured = True
        for name, part in value.items():
            below = place.child(name)
            below.saw_together(1)
            _survey(part, below, limits, depth + 1)
    elif isinstance(value, list) and not _is_plain(value):
        below = place.child(_ITEM)
        below.is_listed = True
        for ordinal, part in enumerate(value, 1):
            below.saw_together(ordinal)
            _survey(part, below, limits, depth + 1)
    else:
        place.saw_value(_cell(value))


def _is_plain(items: list[Json]) -> bool:
    return not any(isinstance(item, dict | list) for item in items)


def _cell(value: Json) -> Cell:
    """A leaf as a cell: a list of plain values is one text."""
    if isinstance(value, list):
        return ", ".join(_spelt(item) for item in value if item is not None) or None
    assert not isinstance(value, dict)
    return readable(value) if isinstance(value, str) and not _is_clean(value) else value


def _is_clean(text: str) -> bool:
    return text.isascii() and "\0" not in text


def _spelt(item: Json) -> str:
    return item if isinstance(item, str) else json.dumps(item)


def _sheet_of_records(document: Json, root: Place, limits: Limits) -> Sheet:
    record = find_record(root)
    if record is None:
        raise NoTable(
            "The JSON holds no list of objects; expected one object for each stone. "
            "Export the stock list again, with its items."
        )
    columns = NamedColumns(limits, empty=None)
    for value in _records(document, root, record):
        _lay_out(value, "", columns, record.name)
        columns.end_record()
    return columns.done()


def _records(value: Json, place: Place, record: Place) -> Iterator[Json]:
    if place is record:
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _records(part, place.below[name], record)
    elif isinstance(value, list) and _ITEM in place.below:
        for part in value:
            yield from _records(part, place.below[_ITEM], record)


def _lay_out(value: Json, column: str, columns: NamedColumns, bare: str) -> None:
    """Put each leaf under its path; a record that is a bare value stands under its own name."""
    if isinstance(value, dict):
        for name, part in value.items():
            _lay_out(part, f"{column}.{name}" if column else name, columns, bare)
    elif isinstance(value, list) and not _is_plain(value):
        for ordinal, part in enumerate(value):
            _lay_out(part, f"{column}.{ordinal}" if column else str(ordinal), columns, bare)
    else:
        columns.put(column or bare, _cell(value))


def _rows_of_lists(document: Json, root: Place) -> list[list[Json]]:
    """The rows of a table written as lists in a list, below the list of its column names if there is one."""
    if any(place.is_listed and place.is_structured for place in root.all_below()):
        return []
    parts = list(document.values()) if isinstance(document, dict) else [document]
    lists = [part for part in parts if isinstance(part, list) and part]
    tables = [part for part in lists if all(isinstance(row, list) and _is_plain(row) for row in part)]
    if not tables:
        return []
    rows = [row for row in max(tables, key=len) if isinstance(row, list)]
    names = [
        part for part in lists if len(part) == len(rows[0]) and all(isinstance(name, str) for name in part)
    ]
    return [*names[:1], *rows]


def _sheet_of_lists(rows: list[list[Json]], limits: Limits) -> Sheet:
    sheet = GrowingSheet("", Tally(limits))
    for row in rows:
        sheet.add_cells([_cell(value) for value in row])
    return sheet.done()
