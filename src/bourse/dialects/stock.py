"""A file of stock read whole: from bytes, or from the raw tables of an opened file, to a Reading."""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from bourse.dialects.answers import Own, own_of
from bourse.dialects.dictionary import Dictionary, standard
from bourse.dialects.mending import refuse_unknown
from bourse.dialects.not_stock import NotAStockList, is_price_list, refuse_what_is_no_stock
from bourse.dialects.placing import Found, found_in
from bourse.dialects.questions import Questions
from bourse.dialects.reading import Block, Column, Correction, Reading, SheetFound
from bourse.dialects.sheets import SheetRead, read_sheet
from bourse.dialects.spelling import squeeze
from bourse.dialects.spoilt_cells import add_notes
from bourse.dialects.tables import Tables, open_tables
from bourse.dialects.value_mappings import of_all_sheets

__all__ = ["NotAStockList", "layout_of", "look_at", "read", "read_file", "read_remembered"]

Answers = Mapping[str, str]
_ALWAYS_THERE = frozenset(
    {"shape", "carat", "color", "clarity", "price_per_carat", "total_price", "list_price", "cost", "stock_no"}
)
_NAMED = frozenset({"xml", "json"})  # the formats that name their columns themselves
_LAID_OUT = frozenset({"csv", "tsv", "xlsx", "xls", "ods"})  # one list may come as any of these
_HIDDEN = "The sheet “{}” is hidden in the workbook and was not read."

_NATURAL_UNLESS_SAID = (
    "Nothing in the file says that a stone was grown, so all count as natural: the word "
    "diamond alone means a "
    "natural one (ISO 18323)."
)


def read_file(
    data: bytes, name: str, answers: Answers | None = None, corrections: Sequence[Correction] = ()
) -> Reading:
    """The reading of one file's bytes with what its supplier answered and mended; raises a Refusal that says
    why it cannot be read, is no stock list, or which answer means nothing for it.
    """
    return read_remembered(data, name, {}, answers, corrections)[0]


def read_remembered(
    data: bytes,
    name: str,
    memory: Mapping[str, Answers],
    answers: Answers | None = None,
    corrections: Sequence[Correction] = (),
) -> tuple[Reading, dict[str, str]]:
    """The reading of a file with what was answered before for its layout, if that is remembered, and what is
    answered now; and all these answers together.
    """
    words = standard()
    with _uncollected():
        tables = open_tables(data, name)
        if tables.format in _NAMED and memory:
            given = {**memory.get(_layout_of(tables, name, words), {}), **(answers or {})}
            own = own_of(given, corrections, words)
            return _with_own(data, tables, name, given, own, words), given
        plain = found_in(tables.sheets, Own(), words, name)
        given = {**_remembered(memory, tables, plain), **(answers or {})}
        own = own_of(given, corrections, words)
        if own.says_anything:
            return _with_own(data, tables, name, given, own, words), given
        return _read(tables, plain, given, own, words, is_ours=True), given


def _remembered(memory: Mapping[str, Answers], tables: Tables, plain: Sequence[Found]) -> Answers:
    return memory.get(_fingerprint_of(tables, plain), {}) if memory else {}


def _with_own(
    data: bytes, tables: Tables, name: str, answers: Answers, own: Own, words: Dictionary
) -> Reading:
    """The reading under the supplier's own word, and the layout that the file has without it."""
    layout = _layout_of(tables, name, words)
    if own.encoding:
        del tables
        tables = open_tables(data, name, encoding=own.encoding)
    refuse_unknown(own.corrections, tables.sheets)
    found = found_in(tables.sheets, own, words, name)
    reading = _read(tables, found, answers, own, words, is_ours=True)
    reading.layout = layout
    return reading


def layout_of(data: bytes, name: str) -> str:
    """The fingerprint of a file's layout, under which its answers are remembered; it has one even where it
    is no list of stock before they are given.
    """
    with _uncollected():
        return _layout_of(open_tables(data, name), name, standard())


def _layout_of(tables: Tables, name: str, words: Dictionary) -> str:
    plain = found_in(tables.sheets, Own(), words, name)
    if tables.format not in _NAMED:
        return _fingerprint_of(tables, plain)
    try:
        return _read(tables, plain, {}, Own(), words, is_ours=False).layout
    except NotAStockList:
        return fingerprint(
            tables.format, sorted(squeeze(path) for sheet in tables.sheets for path in sheet.headers or [])
        )


def look_at(data: bytes, name: str, answers: Answers | None = None) -> list[SheetFound]:
    """The sheets of a file with their first rows, read or not: for whoever has to say where his list
    stands.
    """
    words = standard()
    own = own_of(answers or {}, (), words)
    found = found_in(open_tables(data, name, encoding=own.encoding).sheets, own, words, name)
    return [one.described(is_read=one.placed is not None) for one in found]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector still: it would look for cycles among millions of cells, which takes a quarter of
    the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read(tables: Tables, *, answers: Answers | None = None, dictionary: Dictionary | None = None) -> Reading:
    """The reading of an opened file; `answers` gives for each question's key the option chosen for this
    layout.
    """
    words = dictionary or standard()
    own = own_of(answers or {}, (), words)
    return _read(tables, found_in(tables.sheets, own, words, ""), answers or {}, own, words, is_ours=False)


def _read(
    tables: Tables, found: Sequence[Found], answers: Answers, own: Own, words: Dictionary, *, is_ours: bool
) -> Reading:
    questions = Questions(answers)
    placed = [one.placed for one in found if one.placed is not None]
    shown = [one.described(is_read=False) for one in found]
    first = _first_row(shown)
    is_empty = not any(sheet.rows for sheet in tables.sheets)
    layout = _fingerprint_of(tables, found)
    if is_ours:
        _let_go(tables)
    sheets = [
        read_sheet(table, words, questions, own)
        for table in placed
        if table.rows and (table.is_wanted or not is_price_list(table))
    ]
    kept = [sheet for sheet in sheets if sheet.is_stock]
    if not kept:
        held = {column.field for sheet in sheets for column in sheet.columns if column.field}
        refuse_what_is_no_stock(placed, held, first, is_empty=is_empty)
    for sheet in kept:
        add_notes(sheet.block, tables.notes, sheet.placed.headers)
    if tables.format in _NAMED:
        layout = fingerprint(tables.format, _always_there(kept, questions))
    are_read = {sheet.placed.sheet for sheet in kept}
    return Reading(
        format=tables.format,
        encoding=tables.encoding,
        delimiter=tables.delimiter,
        layout=layout,
        columns=[column for sheet in kept for column in sheet.columns],
        blocks=[sheet.block for sheet in kept],
        questions=[question for question in questions.asked if question.sheet in are_read],
        notes=[
            *_notes(kept),
            *(_HIDDEN.format(one.sheet.name) for one in found if not one.is_looked_at and one.sheet.hidden),
        ],
        sheets=[msgspec.structs.replace(one, is_read=one.name in are_read) for one in shown],
        values=of_all_sheets(sheet.values for sheet in kept),
    )


def _first_row(shown: Sequence[SheetFound]) -> list[str]:
    """The texts of the first filled row that is shown."""
    filled = ([text for text in row if text] for sheet in shown for row in sheet.preview)
    return next(filter(None, filled), [])


def _let_go(tables: Tables) -> None:
    """Drop the raw rows, which nobody else holds: the placed tables have them."""
    for sheet in tables.sheets:
        sheet.rows.clear()


def _notes(kept: list[SheetRead]) -> list[str]:
    notes = [note for sheet in kept for note in sheet.notes]
    if kept and all(sheet.natural_by_default for sheet in kept):
        notes.append(_NATURAL_UNLESS_SAID)
    return notes


def _fingerprint_of(tables: Tables, found: Sequence[Found]) -> str:
    """The fingerprint by the headers of all tables; where none is found, by each sheet's first row."""
    placed = [one.placed.headers for one in found if one.placed is not None]
    first = [[str(cell) for cell in sheet.rows[0]] for sheet in tables.sheets if sheet.rows]
    return fingerprint(tables.format, ["|".join(map(squeeze, headers)) for headers in placed or first])


def _always_there(kept: list[SheetRead], questions: Questions) -> list[str]:
    """The headers by which a layout of records is known again: a record leaves out what it does not know, so
    those that every stone has or that were asked about.
    """
    columns = [column for sheet in kept for column in sheet.columns]
    return sorted(
        squeeze(column.header)
        for column in columns
        if column.field in _ALWAYS_THERE or (column.sheet, column.index) in questions.settled
    )


def fingerprint(kind: str, headers: list[str]) -> str:
    """What two uploads of one layout share: the headers, without case, spaces and signs, and the family of
    the format.
    """
    family = "table" if kind in _LAID_OUT else kind
    return hashlib.sha256("\n".join([family, *headers]).encode()).hexdigest()[:32]


__all__ += ["Block", "Column", "fingerprint"]
