"""What the confined child makes of a file. Imports no framework: the child starts anew with each file."""

from collections.abc import Iterator
from itertools import chain

import msgspec

from bourse.dialects import (
    Column,
    Correction,
    Question,
    Reading,
    SheetFound,
    ValueMapping,
    read_file,
)
from bourse.dialects.answers import AnswerNotUsable
from bourse.dialects.reading import UnreadCell
from bourse.market.lines import REFUSAL, Slices, slices_of
from bourse.market.staged_lines import StagedLines

Answers = dict[str, str]

UNREAD = ("sheet", "row", "index", "column", "found", "expected", "why", "cure", "is_doubt")
OF_THE_FILE = ("sheet", "header", "encoding")  # answers about one file's own sheets and bytes


class Prepared(msgspec.Struct, frozen=True):
    """A file read, its rows ready for the database."""

    format: str
    layout: str
    columns: list[Column]
    questions: list[Question]
    notes: list[str]
    sheets: list[SheetFound]
    values: list[ValueMapping]
    staged: Slices
    refused: Slices
    unread: Slices


def read_for_market(
    content: bytes,
    file_name: str,
    answers: Answers,
    memory: dict[str, Answers],
    corrections: list[Correction],
) -> tuple[Prepared, Answers]:
    """The file read with these answers, else with those that the company gave for its layout; and they."""
    reading = read_file(content, file_name, answers, corrections)
    if not answers and (known := memory.get(reading.layout)):
        del reading  # a large one and its better twin would not fit side by side
        reading, answers = _with_memory(content, file_name, known, corrections)
    return prepare(reading), answers


def _with_memory(
    content: bytes, file_name: str, known: Answers, corrections: list[Correction]
) -> tuple[Reading, Answers]:
    """The file read with remembered answers, without those of them that mean nothing for it."""
    try:
        return read_file(content, file_name, known, corrections), known
    except AnswerNotUsable:
        kept = {key: answer for key, answer in known.items() if key.partition(":")[0] not in OF_THE_FILE}
        return read_file(content, file_name, kept, corrections), kept


def prepare(reading: Reading) -> Prepared:
    """The rows of a reading as the columns of a listing; one that no listing can hold is refused by name."""
    rows = StagedLines(reading.columns)
    staged = Slices.of(part for block in reading.blocks for part in rows.of(block))
    by_reader = (tuple(getattr(row, name) for name in REFUSAL) for row in reading.refused())
    return Prepared(
        format=reading.format,
        layout=reading.layout,
        columns=reading.columns,
        questions=reading.questions,
        notes=reading.notes,
        sheets=reading.sheets,
        values=reading.values,
        staged=staged,
        refused=slices_of(chain(by_reader, map(msgspec.structs.astuple, rows.refused))),
        unread=slices_of(_odd_cells(reading, rows.unread)),
    )


def _odd_cells(reading: Reading, left_out: list[UnreadCell]) -> Iterator[tuple[object, ...]]:
    """The columns of UNREAD for each cell that was not read, and for each that was read with a doubt."""
    for is_doubt, cells in (("f", chain(reading.unread(), left_out)), ("t", reading.doubtful())):
        for cell in cells:
            yield (*(getattr(cell, name) for name in UNREAD[:-1]), is_doubt)
