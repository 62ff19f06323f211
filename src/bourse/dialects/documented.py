"""A reading in the JSON shape of `docs/inspect.md`, and nothing beside it."""

from typing import Any

import msgspec

from bourse.dialects.reading import Block, Question, Reading


def documented(reading: Reading, file: str) -> dict[str, Any]:
    """The reading of a file as plain lists and dictionaries, ready for JSON."""
    return {
        "file": file,
        "format": reading.format,
        "columns": [
            {
                "sheet": column.sheet,
                "index": column.index,
                "header": column.header,
                "field": column.field,
                "confidence": column.confidence,
                "samples": column.samples,
                "key": column.key,
                "surety": column.surety,
            }
            for column in reading.columns
        ],
        "sheets": [msgspec.structs.asdict(sheet) for sheet in reading.sheets],
        "spellings": [msgspec.structs.asdict(value) for value in reading.values],
        "rows": [row for block in reading.blocks for row in _rows(block)],
        "refused": [msgspec.structs.asdict(row) for row in reading.refused()],
        "unread": [msgspec.structs.asdict(cell) for cell in reading.unread()],
        "doubtful": [msgspec.structs.asdict(cell) for cell in reading.doubtful()],
        "questions": [_question(question) for question in reading.questions],
        "totals": _totals(reading),
    }


def _rows(block: Block) -> list[dict[str, Any]]:
    return [
        {"sheet": block.sheet, "row": number, "taken": taken, "values": block.row(at)}
        for at, (number, taken) in enumerate(zip(block.numbers, block.taken, strict=True))
    ]


def _question(question: Question) -> dict[str, Any]:
    return {
        "sheet": question.sheet,
        "header": question.header,
        "index": question.index,
        "fields": question.fields,
        "why": question.why,
        "key": question.key,
        "typed": question.typed,
        "options": [{"value": option.value, "sentence": option.sentence} for option in question.options],
    }


def _totals(reading: Reading) -> dict[str, int]:
    rows, taken = reading.row_count, reading.taken_count
    return {"rows": rows, "taken": taken, "refused": rows - taken}
