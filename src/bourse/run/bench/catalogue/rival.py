"""PostgreSQL on the same rows: one flat table with an index for each filter and order.

A question's answer is its page in the order asked for, its exact total, and every facet with its own choice
left out, as ours is: one statement counts all facets that no criterion is left out of, one more each counts
the others. The table is analysed, in memory, and asked over one open connection.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import psycopg

from bourse.search.asking import ORDERS, question
from bourse.search.engine import AllOf, Criterion, Engine, OneOf, Order, Question, Within, WithTag
from bourse.search.filter import Filter

Connection = psycopg.Connection[tuple[Any, ...]]
ORDERED = [order for order in ORDERS.values() if order]


class Rival:
    """The catalogue's rows in PostgreSQL."""

    def __init__(self, connection: Connection, engine: Engine) -> None:
        self._connection, self._engine = connection, engine
        self._facets = list(engine._header.present)
        self._numbers = [
            name.removeprefix("number ") for name in engine._arrays if name.startswith("number ")
        ]
        self._columns = {name: f"f{place}" for place, name in enumerate(self._facets)}
        self._columns |= {f"number {name}": f"n{place}" for place, name in enumerate(self._numbers)}
        self._several = [name for name in self._facets if self._is_several(name)]

    def fill(self) -> None:
        """Make the table, its indexes and its statistics."""
        kinds = [
            *(
                f"{self._columns[name]} {'smallint[]' if name in self._several else 'smallint'}"
                for name in self._facets
            ),
            *(f"{self._columns[f'number {name}']} bigint" for name in self._numbers),
        ]
        self._run(f"CREATE TEMP TABLE flat (slot integer PRIMARY KEY, {', '.join(kinds)})")
        with self._connection.cursor() as cursor, cursor.copy("COPY flat FROM STDIN") as out:
            for row in self._rows():
                out.write_row(row)
        for column in self._columns.values():
            self._run(f"CREATE INDEX ON flat {'USING gin ' if column in self._lists() else ''}({column})")
        self._run("ANALYZE flat")

    def answer(self, asked: Question) -> tuple[int, dict[str, list[int]], list[int]]:
        """Exact total, all facets, the page."""
        conditions = {name: self._condition(one) for name, one in asked.criteria.items()}
        left_out = [
            name
            for name in asked.facets
            if name in conditions and not isinstance(asked.criteria[name], AllOf)
        ]
        facets = self._counts([name for name in asked.facets if name not in left_out], conditions)
        for name in left_out:
            facets |= self._counts([name], {other: one for other, one in conditions.items() if other != name})
        chosen = f"FROM flat {_where(conditions)}"
        total = self._ask(f"SELECT count(*) {chosen}")[0][0]
        pages = f"ORDER BY {self._order(asked.order)} LIMIT {asked.limit} OFFSET {asked.offset}"
        page = self._ask(f"SELECT slot {chosen} {pages}")
        return int(total), facets, [int(slot) for (slot,) in page]

    def _counts(self, facets: Sequence[str], conditions: Mapping[str, str]) -> dict[str, list[int]]:
        found = {name: [0] * len(self._engine.totals(name)) for name in facets}
        parts = " UNION ALL ".join(self._grouped(place, name) for place, name in enumerate(facets))
        chosen = f"chosen AS MATERIALIZED (SELECT * FROM flat {_where(conditions)})"  # noqa: S608  our names
        told = self._ask(f"WITH {chosen} {parts}")
        for place, code, number in told:
            found[facets[place]][code] = number
        return found

    def _grouped(self, place: int, name: str) -> str:
        column = self._columns[name]
        if name in self._several:
            return f"SELECT {place}, code, count(*) FROM chosen, unnest({column}) AS code GROUP BY code"  # noqa: S608
        return f"SELECT {place}, {column}, count(*) FROM chosen WHERE {column} IS NOT NULL GROUP BY {column}"  # noqa: S608

    def _condition(self, criterion: Criterion) -> str:
        match criterion:
            case OneOf(name, codes) if name in self._several:
                return f"{self._columns[name]} && ARRAY{list(codes)}::smallint[]"
            case OneOf(name, codes):
                return f"{self._columns[name]} = ANY(ARRAY{list(codes)}::smallint[])"
            case AllOf(name, codes):
                return f"{self._columns[name]} @> ARRAY{list(codes)}::smallint[]"
            case WithTag(name, words):
                codes = [self._engine.words(name).index(word) for word in words]
                return f"{self._columns[name]} = ANY(ARRAY{codes}::smallint[])"
            case Within(name, ranges):
                column = self._columns[f"number {name}"]
                spans = [
                    f"{column} BETWEEN {low or 0} AND {2**62 if high is None else high}"
                    for low, high in ranges
                ]
                return f"({' OR '.join(spans)})"
        raise ValueError(f"{criterion} is not asked here.")

    def _order(self, order: Order | None) -> str:
        if order is None:
            return "slot"
        key = f"number {order.column}" if f"number {order.column}" in self._columns else order.column
        column = self._columns[key] + ("[1]" if key in self._several else "")
        return f"{column} {'DESC' if order.descending else 'ASC'} NULLS LAST, slot"

    def _rows(self) -> Iterator[list[Any]]:
        columns: list[Sequence[Any]] = [self._codes(name) for name in self._facets]
        for name in self._numbers:
            values = self._engine._arrays[f"number {name}"][: self._engine.rows]
            missing = np.iinfo(values.dtype).min
            columns.append([None if value == missing else value for value in values.tolist()])
        for slot, row in enumerate(zip(*columns, strict=True)):
            yield [slot, *row]

    def _codes(self, name: str) -> Sequence[Any]:
        first, present = self._engine._header.first_set[name], self._engine._header.present[name]
        sets = self._engine._arrays["bits"][first : first + len(present)]
        flags = np.unpackbits(sets.view(np.uint8), axis=1, bitorder="little")[:, : self._engine.rows]
        lists: list[list[int]] = [[] for _ in range(self._engine.rows)]
        for place, code in enumerate(present):
            for slot in np.flatnonzero(flags[place]).tolist():
                lists[slot].append(code)
        return lists if name in self._several else [codes[0] if codes else None for codes in lists]

    def _is_several(self, name: str) -> bool:
        totals = sum(self._engine.totals(name))
        return totals > self._engine.rows or name in ("media", "treatment", "overtone", "colour", "clarity")

    def _lists(self) -> set[str]:
        return {self._columns[name] for name in self._several}

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql.encode()).fetchall()

    def _run(self, sql: str) -> None:
        self._connection.execute(sql.encode())


def _where(conditions: Mapping[str, str]) -> str:
    return f"WHERE {' AND '.join(conditions.values())}" if conditions else ""


def compared(
    rival: Rival, engine: Engine, filters: Sequence[Filter], now: datetime
) -> tuple[list[float], int]:
    """Milliseconds for each question, and how many totals or facets differ from ours."""
    took, wrong = [], 0
    for filter_ in filters:
        asked = question(engine, filter_, now, 0, 50)
        begun = time.perf_counter()
        total, facets, _ = rival.answer(asked)
        took.append((time.perf_counter() - begun) * 1000)
        ours = engine.search(asked)
        wrong += (ours.total, ours.facets) != (total, facets)
    return took, wrong
