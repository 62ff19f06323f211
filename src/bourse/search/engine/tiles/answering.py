"""Answers by the compiled kernels."""

import threading
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from bourse.search.engine.compiled import Kernels
from bourse.search.engine.question import Question
from bourse.search.engine.tiles.answer import Found, found_of
from bourse.search.engine.tiles.desk import Desk, FacetWords, desk_for
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.job import END_WORDS
from bourse.search.engine.tiles.rules import Columns, Rule, signed
from bourse.search.engine.tiles.texts import lines_of, places_named
from bourse.search.engine.tiles.views import Blocks, Lines, Table

MOST_REMEMBERED = 100


class _Facets(NamedTuple):
    """The facets of a question: their places, their words, where their counts lie."""

    places: dict[str, int]
    words: FacetWords
    cuts: list[tuple[str, slice]]


class Compiled:
    """A file's questions, answered by the kernels."""

    def __init__(self, file: TileFile, kernels: Kernels) -> None:
        self._file = file
        self._search = kernels["search"]
        self._columns = Columns(file.described.schema)
        self._geometry = file.geometry.ctypes.data
        self._blocks = Blocks(file)
        self._desks = threading.local()
        self._known: dict[tuple[str, ...], _Facets] = {}

    def answer(self, place: int, question: Question, after: int = 0) -> Found:
        """The answer from a table; `after`: the cursor of the page before."""
        facets = self._facets(tuple(question.facets))
        columns = self._columns
        rules = columns.rules(question, facets.places)
        held = self._look_up(place, rules)
        skipped = question.offset
        wanted = skipped + question.limit if question.limit else 0
        page = (*columns.order(question.order), wanted, skipped, signed(after))
        spans = [columns.span(name)[0] for name in question.spans]
        desk = self._laid_out(facets.words, rules, spans, page)
        total = self._search(self._file.blocks, self._file.table(place), self._geometry, desk.address)
        del held
        counted = desk.tallies.tolist()
        return found_of(
            total,
            desk.kept[skipped : skipped + desk.shown],
            {name: counted[cut] for name, cut in facets.cuts},
            self._ends(question.spans, desk) if question.spans else {},
        )

    def _ends(self, names: Sequence[str], desk: Desk) -> dict[str, tuple[int, int] | None]:
        """The spans' ends as they were given."""
        ends = desk.ends[: len(names) * END_WORDS].reshape(-1, END_WORDS).tolist()
        lows = (self._columns.span(name)[1].low for name in names)
        return {
            name: (first + low, last + low) if last >= first else None
            for name, low, (first, last) in zip(names, lows, ends, strict=True)
        }

    def _facets(self, names: tuple[str, ...]) -> _Facets:
        """The facets in the kernels' words; the same ones are asked for again and again."""
        found = self._known.get(names)
        if found is None:
            found = _Facets(
                self._columns.facets(names),
                array("q", [word for name in names for word in self._file.layout.facet(name)]),
                [(name, self._cut(name)) for name in names],
            )
            if len(self._known) < MOST_REMEMBERED:
                self._known[names] = found
        return found

    def _cut(self, name: str) -> slice:
        """Where the counts of a scale lie among all; those that have none are not told."""
        first = self._file.layout.scales[name].first
        return slice(first, first + self._file.described.schema.scales[name].width)

    def _look_up(self, place: int, rules: list[Rule]) -> list[Lines]:
        """Give the rules of texts (they come first) the addresses of their rows; hold what is given back."""
        held: list[Lines] = []
        for at, rule in enumerate(rules):
            if rule.texts is None:
                break
            table = Table.of(self._file, place)
            places = places_named(self._file, self._blocks, table, rule.texts.columns, rule.texts.texts)
            found = lines_of(self._file.layout.blocks, places)
            held += found
            rules[at] = rule._replace(words=[lines.ctypes.data for lines in found])
        return held

    def _laid_out(
        self, facets: FacetWords, rules: list[Rule], spans: list[int], page: tuple[int, ...]
    ) -> Desk:
        """This thread's desk with the question on it, a greater one where it does not fit."""
        desk: Desk | None = getattr(self._desks, "desk", None)
        if desk is None or not desk.lay_out(facets, rules, spans, page):
            desk = self._desks.desk = desk_for(self._file.layout, facets, rules, spans, page)
        return desk
