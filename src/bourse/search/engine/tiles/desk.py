"""Scratch memory for one question at a time: the job, and what the kernels write while they answer it."""

from array import array
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.tiles import job as jobs
from bourse.search.engine.tiles.job import ASKED, END_WORDS, FACET_WORDS, JOB_WORDS, PAGE_WORDS, RULE_WORDS
from bourse.search.engine.tiles.layout import LINE, ROWS, Layout
from bourse.search.engine.tiles.rules import Rule

LEAST_RULES, LEAST_WANTED, LEAST_WORDS = 24, 1_000, 2_000
WANTED_PLACE = 2  # in what is said of the page


FacetWords: TypeAlias = "array[int]"  # FACET_WORDS of each


class Desk:
    """Memory for questions of a size; a greater question needs a greater desk. One thread at a time."""

    def __init__(self, layout: Layout, rules: int, wanted: int, words: int) -> None:
        self._holds = (rules, wanted)
        words += 2 * JOB_WORDS
        facets = len(layout.scales) + 1
        sizes = {
            jobs.TALLIES: layout.values * 8,
            jobs.SUMMED: layout.values * LINE,
            jobs.MASKS: facets * LINE,
            jobs.STATES: facets * 8,
            jobs.SPARE: LINE,
            jobs.FACET_LIST: facets * FACET_WORDS * 8,
            jobs.PLAN: rules * layout.groups * 16,
            jobs.TODO: (layout.blocks + 1) * 8,
            jobs.PAGE: PAGE_WORDS * 8,
            jobs.ENDS: (len(layout.offsets) + 1) * END_WORDS * 8,
            jobs.KEPT: (wanted + max(wanted // 2, 100) + ROWS) * 8,
        }
        words_of = {part: -(-size // LINE) * (LINE // 8) for part, size in sizes.items()}
        memory = np.zeros(words + sum(words_of.values()) + LINE // 8, np.int64)
        shift = -memory.ctypes.data % LINE // 8
        self.address = memory.ctypes.data + shift * 8
        self._job = memory[shift : shift + words]
        self._asked = self._job.data.cast("B").cast("q")[ASKED:]
        at = shift + -(-words // 8) * 8
        parts: dict[int, NDArray[np.int64]] = {}
        for part, count in words_of.items():
            self._job[part] = memory[at:].ctypes.data
            parts[part] = memory[at : at + count]
            at += count
        self._facet_words = parts[jobs.FACET_LIST].data.cast("B").cast("q")
        self._facets: FacetWords | None = None
        self.tallies, self.ends = parts[jobs.TALLIES], parts[jobs.ENDS]
        self.kept: NDArray[np.uint64] = parts[jobs.KEPT].view(np.uint64)

    @property
    def shown(self) -> int:
        """How many rows the page has."""
        return int(self._job[jobs.SHOWN])

    def lay_out(
        self, facets: FacetWords, rules: Sequence[Rule], spans: Sequence[int], page: Sequence[int]
    ) -> bool:
        """Write the question; False where it is too great for this desk.

        `spans`: the columns; `page`: column, whether it descends, rows wanted, rows skipped, cursor.
        """
        if facets is not self._facets:  # the same ones are asked for again and again
            self._facet_words[: len(facets)] = facets
            self._facets = facets
        rule_list = self.address + JOB_WORDS * 8
        span_list = rule_list + len(rules) * RULE_WORDS * 8
        data = span_list + len(spans) * 8
        words = [len(facets) // FACET_WORDS, len(rules), rule_list, len(spans), span_list, *page]
        told: list[int] = []
        for _, kind, facet, column, said, _ in rules:
            words += (kind, facet, column, len(said) >> 1, data + len(told) * 8)
            told += said
        words += spans
        words += told
        most_rules, most_wanted = self._holds
        if len(rules) > most_rules or page[WANTED_PLACE] > most_wanted or len(words) > len(self._asked):
            return False
        self._asked[: len(words)] = array("q", words)
        return True


def desk_for(
    layout: Layout, facets: FacetWords, rules: Sequence[Rule], spans: Sequence[int], page: Sequence[int]
) -> Desk:
    """A desk with the question on it, and with room for more, so that the next one finds room too."""
    words = len(spans) + sum(RULE_WORDS + len(rule.words) for rule in rules)
    needs = (max(len(rules), LEAST_RULES), max(page[WANTED_PLACE], LEAST_WANTED), max(words, LEAST_WORDS))
    desk = Desk(layout, *needs)
    if not desk.lay_out(facets, rules, spans, page):
        raise AssertionError("A desk that was made for the question is too small.")
    return desk
