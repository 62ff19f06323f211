"""Made catalogues, and the slow and obvious answer to any question: one row after the other."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from bourse.search.engine import (
    MISSING,
    NO_CODE,
    AllOf,
    Answer,
    Coded,
    Columns,
    Criterion,
    Keys,
    Number,
    OneOf,
    Order,
    Payloads,
    Question,
    Several,
    Store,
    Tagged,
    Within,
    WithKey,
    WithTag,
)

SCALES = {"shape": 10, "colour": 40, "clarity": 12, "cut": 10, "lab": 38, "growth": 2}
RANGED = ("colour", "clarity")
NUMBERS = ("weight", "total", "listed")
KEYS = ("report", "stock")
COMPANIES = 7


@dataclass(frozen=True)
class Row:
    codes: dict[str, tuple[int, int] | None]
    company: int
    numbers: dict[str, int | None]
    keys: dict[str, bytes]


def made_rows(rows: int, seed: int) -> list[Row]:
    """Rows with everything that a catalogue may hold: ranges, gaps, ties, keys that begin alike."""
    random = Random(seed)
    return [_row(random) for _ in range(rows)]


def payloads_of(path: Path, texts: list[bytes]) -> Payloads:
    """The payloads, written beside the catalogue."""
    store = Store(path, "made")
    places = np.array(store.add(texts), np.int64).reshape(-1, 2)
    return Payloads("made", store.size, places[:, 0].copy(), places[:, 1].astype(np.int32))


def columns_of(path: Path, rows: list[Row]) -> Columns:
    """The rows as the engine takes them."""
    return Columns(
        rows=len(rows),
        payloads=payloads_of(path, [f"row {slot}".encode() for slot in range(len(rows))]),
        coded={name: _coded(name, width, rows) for name, width in SCALES.items()},
        tagged={
            "company": Tagged(
                [f"c{n}" for n in range(COMPANIES)], np.array([row.company for row in rows], np.int32)
            )
        },
        numbers={name: Number(_numbers([row.numbers[name] for row in rows])) for name in NUMBERS},
        keys={name: Keys(np.array([row.keys[name] for row in rows] or [b""][:0], "S12")) for name in KEYS},
        ordered=(*SCALES, *NUMBERS),
        about={"made": "here"},
    )


def made_question(random: Random) -> Question:
    """Any question, broad or narrow, any page."""
    criteria: dict[str, Criterion] = {}
    for name, width in SCALES.items():
        if random.random() < 0.1:
            criteria[name] = AllOf(name, random.sample(range(width), 2))
        elif random.random() < 0.3:
            criteria[name] = OneOf(name, random.sample(range(width), random.randint(1, max(1, width // 2))))
    if random.random() < 0.3:
        criteria["weight"] = Within("weight", [_range(random) for _ in range(random.randint(1, 3))])
    if random.random() < 0.3:
        criteria["price"] = Within("total", [_range(random, 10**12)])
    if random.random() < 0.1:
        criteria["company"] = WithTag("company", random.sample(["c0", "c1", "c2", "nobody"], 2))
    if random.random() < 0.1:
        criteria["text"] = WithKey(KEYS, [str(random.randint(0, 3000)).encode() for _ in range(3)])
    by = random.choice([None, *SCALES, *NUMBERS])
    return Question(
        criteria=criteria,
        facets=random.sample([*SCALES, "company"], random.randint(0, len(SCALES) + 1)),
        order=Order(by, random.random() < 0.5) if by else None,
        offset=random.choice([0, 0, 50, 500, 5000]),
        limit=random.choice([1, 50, 200]),
        spans=("total",),
    )


def answer(rows: list[Row], question: Question) -> Answer:
    """What the engine has to say."""
    criteria = {name: _spelt_out(rows, criterion) for name, criterion in question.criteria.items()}
    asked = replace(question, criteria=criteria)
    failed = [_failures(row, asked) for row in rows]
    matching = [slot for slot, names in enumerate(failed) if not names]
    facets = {
        facet: _facet(
            [row for row, names in zip(rows, failed, strict=True) if names <= _left_out(asked, facet)], facet
        )
        for facet in question.facets
    }
    spans = {name: _span([rows[slot].numbers[name] for slot in matching]) for name in question.spans}
    page = _ordered(rows, matching, question.order)[question.offset : question.offset + question.limit]
    return Answer(len(matching), page, facets, spans)


def _left_out(question: Question, facet: str) -> set[str]:
    """What a facet's count leaves out: where all values are demanded, nothing."""
    return set() if isinstance(question.criteria.get(facet), AllOf) else {facet}


def _row(random: Random) -> Row:
    codes = {name: _codes(random, name, width) for name, width in SCALES.items()}
    numbers = {
        "weight": random.randint(1, 40) * 10,
        "total": None if random.random() < 0.2 else random.randint(1, 5) * 10 ** random.randint(1, 11),
        "listed": random.randint(0, 3),
    }
    keys = {name: str(random.randint(0, 3000)).encode() if random.random() < 0.8 else b"" for name in KEYS}
    return Row(codes, random.randrange(COMPANIES), numbers, keys)


def _codes(random: Random, name: str, width: int) -> tuple[int, int] | None:
    if random.random() < 0.1:
        return None
    first = min(random.randrange(width), random.randrange(width))
    wide = name in RANGED and random.random() < 0.1
    return first, random.randrange(first, width) if wide else first


def _coded(name: str, width: int, rows: list[Row]) -> Coded | Several:
    given = [row.codes[name] for row in rows]
    if name in RANGED:
        masks = [sum(1 << code for code in range(ends[0], ends[1] + 1)) if ends else 0 for ends in given]
        return Several(width, np.array(masks, np.uint64))
    return Coded(width, np.array([ends[0] if ends else NO_CODE for ends in given], np.uint8))


def _numbers(values: list[int | None]) -> "np.typing.NDArray[np.int64]":
    return np.array([MISSING if value is None else value for value in values], np.int64)


def _range(random: Random, top: int = 400) -> tuple[int | None, int | None]:
    low, high = sorted((random.randint(-5, top), random.randint(-5, top)))
    return random.choice([(low, high), (low, None), (None, high), (None, None), (-(2**40), 2**40)])


def _failures(row: Row, question: Question) -> set[str]:
    return {name for name, criterion in question.criteria.items() if not _holds(row, criterion)}


def _holds(row: Row, criterion: Criterion) -> bool:
    match criterion:
        case OneOf(column, codes):
            given = row.codes[column]
            return given is not None and any(given[0] <= code <= given[1] for code in codes)
        case AllOf(column, codes):
            given = row.codes[column]
            return given is not None and all(given[0] <= code <= given[1] for code in codes)
        case WithTag(_, words):
            return f"c{row.company}" in words
        case WithKey(columns, texts):
            return any(row.keys[column] in texts for column in columns)
        case Within(column, ranges):
            number = row.numbers[column]
            return number is not None and any(
                (low is None or low <= number) and (high is None or number <= high) for low, high in ranges
            )


def _spelt_out(rows: list[Row], criterion: Criterion) -> Criterion:
    """A text that is nobody's key stands for all the keys that begin with it."""
    if not isinstance(criterion, WithKey):
        return criterion
    known = {row.keys[column] for row in rows for column in criterion.columns} - {b""}
    whole = [
        [text] if text in known else [k for k in known if k.startswith(text)] for text in criterion.texts
    ]
    return WithKey(criterion.columns, [key for keys in whole for key in keys])


def _facet(rows: list[Row], facet: str) -> list[int]:
    if facet == "company":
        return [sum(row.company == number for row in rows) for number in range(COMPANIES)]
    counts = [0] * SCALES[facet]
    for row in rows:
        first, last = row.codes[facet] or (0, -1)
        for code in range(first, last + 1):
            counts[code] += 1
    return counts


def _ordered(rows: list[Row], slots: list[int], order: Order | None) -> list[int]:
    if order is None:
        return slots
    said = [slot for slot in slots if _key(rows[slot], order.column) is not None]
    silent = [slot for slot in slots if _key(rows[slot], order.column) is None]
    return (
        sorted(said, key=lambda slot: (_key(rows[slot], order.column), slot), reverse=order.descending)
        + silent
    )


def _key(row: Row, column: str) -> int | None:
    if column in row.numbers:
        return row.numbers[column]
    given = row.codes[column]
    return given and given[0]


def _span(values: list[int | None]) -> tuple[int, int] | None:
    given = [value for value in values if value is not None]
    return (min(given), max(given)) if given else None
