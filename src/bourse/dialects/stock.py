"""A file of stock read whole: from bytes, or from the raw tables of an opened file, to a Reading."""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from bourse.dialects.dictionary import Dictionary, standard
from bourse.dialects.layout import Placed, place
from bourse.dialects.not_stock import NotAStockList, is_price_list, refuse_what_is_no_stock
from bourse.dialects.own import without_reasons
from bourse.dialects.pasted import as_table
from bourse.dialects.questions import Questions
from bourse.dialects.reading import Block, Column, Correction, Reading, SheetFound
from bourse.dialects.sheets import SheetRead, read_sheet
from bourse.dialects.spelling import squeeze
from bourse.dialects.spoilt_cells import add_notes
from bourse.dialects.tables import Sheet, Tables, open_tables

__all__ = ["NotAStockList", "read", "read_file"]

_ALWAYS_THERE = frozenset(
    {"shape", "carat", "color", "clarity", "price_per_carat", "total_price", "list_price", "cost", "stock_no"}
)
_HIDDEN = "The sheet “{}” is hidden in the workbook and was not read."

_NATURAL_UNLESS_SAID = (
    "Nothing in the file says that a stone was grown, so all count as natural: the word "
    "diamond alone means a "
    "natural one (ISO 18323)."
)


def read_file(
    data: bytes,
    name: str,
    answers: Mapping[str, str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Reading:
    """The reading of one file's bytes with what its supplier answered and mended; raises a Refusal that says
    why it cannot be read, is no stock list, or which answer means nothing for it.
    """
    with _uncollected():
        return _read(open_tables(data, name), answers or {}, standard(), name, is_ours=True)


def look_at(data: bytes, name: str, answers: Mapping[str, str] | None = None) -> list[SheetFound]:
    """The sheets of a file with their first rows, read or not: for whoever has to say where his list
    stands.
    """
    return []


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


def read(
    tables: Tables, *, answers: Mapping[str, str] | None = None, dictionary: Dictionary | None = None
) -> Reading:
    """The reading of an opened file; `answers` gives for each question's key the option chosen for this
    layout.
    """
    return _read(tables, answers or {}, dictionary or standard(), "", is_ours=False)


def _read(
    tables: Tables, answers: Mapping[str, str], words: Dictionary, name: str, *, is_ours: bool
) -> Reading:
    questions = Questions(answers)
    shown = _shown(tables)
    placed = [replace(found, file=name) for sheet in shown if (found := _placed(sheet, words)) is not None]
    is_empty = not any(sheet.rows for sheet in tables.sheets)
    if is_ours:
        _let_go(tables)
    sheets = [
        read_sheet(table, words, questions) for table in placed if table.rows and not is_price_list(table)
    ]
    kept = [sheet for sheet in sheets if sheet.is_stock]
    if not kept:
        held = {column.field for sheet in sheets for column in sheet.columns if column.field}
        refuse_what_is_no_stock(placed, held, is_empty=is_empty)
    for sheet in kept:
        add_notes(sheet.block, tables.notes)
    return Reading(
        format=tables.format,
        encoding=tables.encoding,
        delimiter=tables.delimiter,
        layout=fingerprint(tables.format, _layout_of(tables.format, placed, kept, questions)),
        columns=[column for sheet in kept for column in sheet.columns],
        blocks=[sheet.block for sheet in kept],
        questions=[question for question in questions.asked if _concerns(question.sheet, kept)],
        notes=[*_notes(kept), *_hidden(tables, shown)],
    )


def _let_go(tables: Tables) -> None:
    """Drop the raw rows, which nobody else holds: the placed tables have them."""
    for sheet in tables.sheets:
        sheet.rows.clear()


def _hidden(tables: Tables, shown: list[Sheet]) -> list[str]:
    names = {sheet.name for sheet in shown}
    return [_HIDDEN.format(sheet.name) for sheet in tables.sheets if sheet.name not in names]


def _shown(tables: Tables) -> list[Sheet]:
    """The sheets that a person sees; the hidden ones where there are no others."""
    return [sheet for sheet in tables.sheets if not sheet.hidden] or tables.sheets


def _placed(sheet: Sheet, words: Dictionary) -> Placed | None:
    placed = place(sheet, words) or as_table(sheet, words)
    return None if placed is None else without_reasons(placed)


def _concerns(sheet: str, kept: list[SheetRead]) -> bool:
    return any(read.placed.sheet == sheet for read in kept)


def _notes(kept: list[SheetRead]) -> list[str]:
    notes = [note for sheet in kept for note in sheet.notes]
    if kept and all(sheet.natural_by_default for sheet in kept):
        notes.append(_NATURAL_UNLESS_SAID)
    return notes


def _layout_of(kind: str, placed: list[Placed], kept: list[SheetRead], questions: Questions) -> list[str]:
    """The headers by which a layout is known again: all, or in XML and JSON,
    where a record leaves out what it
    does not know, those that every stone has or that were asked about.
    """
    if kind not in {"xml", "json"}:
        return ["|".join(map(squeeze, table.headers)) for table in placed]
    asked = {
        (question.sheet, question.index)
        for question in questions.asked
        if _ALWAYS_THERE & set(question.fields) and question.key != "duplicates"
    }
    columns = [column for sheet in kept for column in sheet.columns]
    return sorted(
        squeeze(column.header)
        for column in columns
        if column.field in _ALWAYS_THERE or (column.sheet, column.index) in asked
    )


def fingerprint(kind: str, headers: list[str]) -> str:
    """What two uploads of one layout share: the format and the headers, without case, spaces and signs."""
    return hashlib.sha256("\n".join([kind, *headers]).encode()).hexdigest()[:32]


__all__ += ["Block", "Column", "fingerprint"]
