"""How a reading is held against the truth that was set down by eye."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bourse.dialects import Reading, read
from bourse.dialects.dictionary import Dictionary, standard
from bourse.dialects.spelling import squeeze
from bourse.dialects.tables import open_tables

TRUTH = Path(__file__).parent


@dataclass
class Headers:
    """How many of a file's headers were read right, asked about, left out, or given a wrong field."""

    right: int = 0
    asked: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.right + self.asked + len(self.missed) + len(self.wrong)

    def add(self, other: "Headers") -> None:
        self.right += other.right
        self.asked += other.asked
        self.missed += other.missed
        self.wrong += other.wrong


def truth_of(kind: str, name: str) -> Any:
    return json.loads((TRUTH / kind / f"{name}.json").read_text("utf-8"))


def names() -> list[str]:
    return sorted(path.name.removesuffix(".json") for path in (TRUTH / "headers").glob("*.json"))


@cache
def spellings(name: str) -> frozenset[str]:
    return frozenset(squeeze(column["header"]) for column in truth_of("headers", name)["columns"])


def only_here(name: str, twins: Iterable[str] = ()) -> frozenset[str]:
    """The header spellings that no other of the files has, its twins not counted."""
    others = Counter(
        word for other in names() if other != name and other not in twins for word in spellings(other)
    )
    return frozenset(word for word in spellings(name) if not others[word])


def reading_of(
    data: bytes, name: str, answers: Mapping[str, str] | None = None, words: Dictionary | None = None
) -> Reading:
    return read(open_tables(data, name), answers=answers, dictionary=words)


def without_its_own_words(data: bytes, name: str, twins: Iterable[str] = ()) -> Reading:
    return reading_of(data, name, words=standard().without(only_here(name, twins)))


def headers_against_truth(reading: Reading, name: str) -> Headers:
    found = dict(_placed((c.sheet, c.header, c) for c in reading.columns))
    places = {(column.sheet, column.index): place for place, column in found.items()}
    asked = {places[question.sheet, question.index] for question in reading.questions}
    result = Headers()
    truth = truth_of("headers", name)["columns"]
    for place, column in _placed((c["sheet"], c["header"], c) for c in truth):
        said = found[place].field if place in found else None
        allowed = [column["field"], *column.get("or", [])]
        where = f"{name}: {column['header']!r} is {column['field']}, read as {said}"
        if place in asked and "asks" in column:
            result.asked += 1
        elif said in allowed:
            result.right += 1
        elif place in asked:
            result.asked += 1
        elif said is None:
            result.missed.append(where)
        else:
            result.wrong.append(where)
    return result


def _placed(columns: Iterable[tuple[str, str, Any]]) -> Iterable[tuple[tuple[str, str, int], Any]]:
    """Columns by sheet, header and occurrence: in XML and JSON the index depends on how a record is laid
    flat.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for sheet, header, column in columns:
        name = (sheet, " ".join(header.split()))
        yield (*name, seen[name]), column
        seen[name] += 1


def all_answers(reading: Reading) -> dict[str, str]:
    """The first option of every open question."""
    return {question.key: question.options[0].value for question in reading.questions}


@dataclass
class Values:
    """How the values of the rows that were checked by eye compare."""

    right: int = 0
    left_out: int = 0
    wrong: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)


def rows_against_truth(reading: Reading, name: str) -> Values:
    found = {
        (block.sheet, number): (block.row(at), taken)
        for block in reading.blocks
        for at, (number, taken) in enumerate(zip(block.numbers, block.taken, strict=True))
    }
    result = Values()
    for row in truth_of("rows", name)["rows"]:
        values, taken = found.get((row["sheet"], row["row"]), ({}, None))
        where = f"{name} row {row['row']}"
        if "doubt" not in row and not _allowed(taken, row["taken"]):
            result.verdicts.append(f"{where}: taken is {row['taken']}, read as {taken}")
        if taken:
            _compare(values, row["values"], where, result)
    return result


def _compare(values: dict[str, Any], truth: dict[str, Any], where: str, result: Values) -> None:
    for name, expected in truth.items():
        said = values.get(name)
        if said is None:
            result.left_out += expected is not None and not _allowed(None, expected)
            result.right += _allowed(None, expected)
        elif _allowed(said, expected):
            result.right += 1
        else:
            result.wrong.append(f"{where}: {name} is {expected}, read as {said}")


def _allowed(said: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return any(_allowed(said, one) for one in expected["any"])
    if isinstance(expected, bool) or isinstance(said, bool) or said is None or expected is None:
        return said is expected
    if isinstance(expected, int | float) and isinstance(said, int | float):
        return _same_number(float(said), expected)
    return bool(said == expected)


def _same_number(said: float, expected: float) -> bool:
    """Whether a number is the expected one to its printed precision."""
    digits = len(str(expected).partition(".")[2]) if isinstance(expected, float) else 0
    return abs(said - expected) <= 0.5 * 10.0**-digits + 1e-9 if digits else abs(said - expected) < 0.005
