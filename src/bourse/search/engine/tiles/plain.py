"""Answers by numpy from the same file: where there are no kernels, and to hold the kernels against."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.question import Question
from bourse.search.engine.tiles.answer import Found, found_of
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.job import AMONG, BY_NUMBER, NO_FACET, ONE_OF
from bourse.search.engine.tiles.rules import Columns, Rule
from bourse.search.engine.tiles.texts import lines_of, places_named
from bourse.search.engine.tiles.views import Blocks, Lines, Table, flags_of


class Plain:
    """A file's questions, answered by numpy."""

    def __init__(self, file: TileFile) -> None:
        self._file = file
        self._columns = Columns(file.described.schema)
        self._blocks = Blocks(file)
        self._spans = list(file.described.schema.spans.values())

    def answer(self, place: int, question: Question, after: int = 0) -> Found:
        """The answer from a table; `after`: the cursor of the page before."""
        table = Table.of(self._file, place)
        facets = self._columns.facets(question.facets)
        passing, nearly, masks = self._standing(table, self._columns.rules(question, facets))
        counts = {
            name: self._counts(name, passing | (nearly & ~masks[facet]) if facet in masks else passing)
            for facet, name in enumerate(question.facets)
        }
        total = int(np.bitwise_count(passing).sum())
        spans = {name: self._ends(name, passing) for name in question.spans}
        return found_of(total, self._page(passing, question, after), counts, spans)

    def _ends(self, name: str, passing: Lines) -> tuple[int, int] | None:
        """The lowest and highest number among the rows."""
        place, span = self._columns.span(name)
        stored = self._span(place)[flags_of(passing)]
        said = stored[stored != span.top]
        return (int(said.min()) + span.low, int(said.max()) + span.low) if said.size else None

    def _standing(self, table: Table, rules: Sequence[Rule]) -> tuple[Lines, Lines, dict[int, Lines]]:
        """Rows that pass everything, rows that fail one facet's rule, what the facets' rules let through."""
        passing = table.live.copy()
        nearly = np.zeros_like(passing)
        masks: dict[int, Lines] = {}
        for rule in rules:
            mask = self._mask(table, rule)
            nearly &= mask
            if rule.facet != NO_FACET:
                nearly |= passing & ~mask
                masks[rule.facet] = mask
            passing &= mask
        return passing, nearly, masks

    def _mask(self, table: Table, rule: Rule) -> Lines:
        if rule.kind == ONE_OF:
            return self._one_of(rule)
        if rule.kind == AMONG:
            assert rule.texts is not None
            places = places_named(self._file, self._blocks, table, rule.texts.columns, rule.texts.texts)
            return lines_of(len(table.live), places)[0]
        stored = self._span(rule.column)
        inside = np.zeros(stored.shape, np.bool_)
        for low, reach in zip(rule.words[::2], rule.words[1::2], strict=True):
            inside |= (stored >= low) & (stored <= low + reach)
        return np.packbits(inside, axis=1, bitorder="little").view(np.uint64)

    def _span(self, place: int) -> NDArray[np.unsignedinteger]:
        return self._blocks.spans[list(self._file.described.schema.spans)[place]]

    def _one_of(self, rule: Rule) -> Lines:
        scale = list(self._file.layout.scales.values())[rule.column]
        mask = np.zeros((self._file.layout.blocks, 8), np.uint64)
        for value in _bits(rule.words):
            mask |= self._blocks.lines(scale.first + value)
        return mask

    def _counts(self, name: str, rows: Lines) -> list[int]:
        first, width = self._file.layout.scales[name].first, self._file.described.schema.scales[name].width
        held = (rows & self._blocks.lines(value) for value in range(first, first + width))
        return [int(np.bitwise_count(lines).sum()) for lines in held]

    def _page(self, passing: Lines, question: Question, after: int) -> NDArray[np.uint64]:
        """The page's rows as words of key and number, in order."""
        if not question.limit:
            return np.zeros(0, np.uint64)
        flags = flags_of(passing)
        words = self._keys(question, flags) << np.uint64(32) | self._blocks.numbers[flags].astype(np.uint64)
        words = words[words >= after]
        behind = question.offset + question.limit
        if behind < words.size:
            words = np.partition(words, behind - 1)[:behind]
        return np.sort(words)[question.offset :]

    def _keys(self, question: Question, flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
        column, descends = self._columns.order(question.order)
        if column == BY_NUMBER:
            return np.zeros(int(flags.sum()), np.uint64)
        stored = self._span(column)[flags].astype(np.uint64)
        top = np.uint64(self._spans[column].top)
        return np.where(stored == top, top, top - np.uint64(1) - stored) if descends else stored


def _bits(words: Sequence[int]) -> Iterator[int]:
    """The places of the bits that are set."""
    for part, word in enumerate(words):
        yield from (part * 64 + bit for bit in range(64) if word >> bit & 1)
