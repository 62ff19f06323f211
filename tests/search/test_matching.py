"""Which standing filters a listing satisfies: kernel and numpy say the same as a filter read by hand."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bourse.search.engine.compiled import Kernels
from bourse.search.engine.kernel.picking import SPARE, put_picked
from bourse.search.engine.kernel.vector import kernel as compiled
from bourse.search.engine.matching import (
    HEAVIEST,
    HIGHEST,
    LOWEST,
    Filters,
    Listings,
    Schema,
    Standing,
    limits_of,
    numbers_of,
)
from bourse.search.engine.matching.shelf import aligned
from bourse.search.engine.matching.standing import FRESH, Kernel

SCHEMA = Schema(
    (("shape", 5), ("origin", 3), ("colour", 64)), ("weight", "price", "depth", "table"), ("origin",)
)
WIDTHS = np.array(SCHEMA.widths)
MEASURES = len(SCHEMA.measures)


@pytest.fixture(params=["kernel", "numpy"])
def match(request: pytest.FixtureRequest, kernels: Kernels) -> Kernel | None:
    return kernels["match"] if request.param == "kernel" else None


@pytest.fixture(scope="module")
def kernel(kernels: Kernels) -> Kernel:
    return kernels["match"]


class Asked(NamedTuple):
    """A filter as one would say it: values by facet, (low, high) by measure; None asks nothing."""

    values: tuple[set[int] | None, ...]
    ranges: tuple[tuple[int, int] | None, ...]

    def takes(self, stone: "Stone") -> bool:
        said = zip(self.values, stone.values, strict=True)
        numbers = zip(self.ranges, stone.numbers, strict=True)
        return all(asked is None or asked & had for asked, had in said) and all(
            span is None or (number is not None and span[0] <= number <= span[1]) for span, number in numbers
        )


class Stone(NamedTuple):
    values: tuple[set[int], ...]
    numbers: tuple[int | None, ...]


def _bits(values: set[int] | None, width: int) -> int:
    return (1 << width) - 1 if values is None else sum(1 << value for value in values)


def filters(asked: dict[int, Asked]) -> Filters:
    ranges = [one.ranges for one in asked.values()]
    ends = np.array([[span or (0, 0) for span in one] for one in ranges], np.int64).reshape(-1, MEASURES, 2)
    is_asked = np.array([[span is not None for span in one] for one in ranges], bool).reshape(-1, MEASURES)
    accepted = [list(map(_bits, one.values, SCHEMA.widths)) for one in asked.values()]
    return Filters(
        np.array(list(asked), np.uint32),
        np.array(accepted, np.uint64).reshape(-1, len(WIDTHS)),
        limits_of(ends[:, :, 0], ends[:, :, 1], is_asked),
    )


def listings(stones: Iterable[Stone]) -> Listings:
    stones = list(stones)
    values = [[_bits(had, 64) for had in one.values] for one in stones]
    given = np.array([[number or 0 for number in one.numbers] for one in stones], np.int64)
    is_said = np.array([[number is not None for number in one.numbers] for one in stones])
    return Listings(np.array(values, np.uint64), numbers_of(given, is_said))


def matched(standing: Standing, stones: list[Stone]) -> list[set[int]]:
    """The names for each of the stones; none of them twice."""
    found: list[list[int]] = [[] for _ in stones]
    for part in standing.match(listings(stones)):
        ends = np.cumsum(part.counts)
        assert ends[-1] == part.names.size
        for place, end, count in zip(part.listings, ends, part.counts, strict=True):
            found[place] += part.names[end - count : end].tolist()
    assert all(len(set(one)) == len(one) for one in found)
    return [set(one) for one in found]


def truth(asked: dict[int, Asked], stones: list[Stone]) -> list[set[int]]:
    return [{name for name, one in asked.items() if one.takes(stone)} for stone in stones]


def _one_of(random: np.random.Generator, width: int, chance: float) -> set[int] | None:
    if random.random() >= chance:
        return None
    return set(random.integers(0, width, random.integers(1, 4)).tolist())


def _span(random: np.random.Generator, top: int, chance: float) -> tuple[int, int] | None:
    if random.random() >= chance:
        return None
    low, high = sorted(random.integers(0, top, 2).tolist())
    open_end = random.random()
    return (LOWEST if open_end < 0.3 else low, HIGHEST if open_end > 0.7 else high)


def some_filters(random: np.random.Generator, names: Iterable[int]) -> dict[int, Asked]:
    chances = (0.9, 0.9, 0.15, 0.1)
    return {
        name: Asked(
            tuple(_one_of(random, width, 0.6) for width in SCHEMA.widths),
            tuple(_span(random, 40, chance) for chance in chances),
        )
        for name in names
    }


def some_stones(random: np.random.Generator, count: int) -> list[Stone]:
    return [
        Stone(
            tuple(_one_of(random, width, 1.0) or set() for width in SCHEMA.widths),
            tuple(None if random.random() < 0.1 else int(random.integers(0, 40)) for _ in range(MEASURES)),
        )
        for _ in range(count)
    ]


def test_a_listing_finds_the_filters_that_it_satisfies_and_no_other(match: Kernel | None) -> None:
    nothing = (None,) * MEASURES
    asked = {
        7: Asked(({0}, None, None), ((100, 150), (LOWEST, 500_000), None, None)),
        8: Asked(({0, 1}, {1}, None), ((100, 150), None, None, None)),
        9: Asked((None, None, None), nothing),
        4_000_000_000: Asked((None, None, {63}), (None, None, (600, 620), None)),
    }
    standing = Standing(SCHEMA, match, filters(asked))
    stones = [
        Stone(({0}, {2}, {5}), (150, 500_000, 610, 550)),
        Stone(({0}, {2}, {5}), (151, 500_000, 610, 550)),
        Stone(({1}, {1}, {63}), (100, None, 610, None)),
        Stone(({4}, {0}, {4, 63}), (None, None, 620, None)),
        Stone(({4}, {0}, {4, 63}), (None, None, None, None)),
    ]
    assert matched(standing, stones) == [{7, 9}, {9}, {8, 9, 4_000_000_000}, {9, 4_000_000_000}, {9}]


def test_ends_of_ranges_belong_to_them_and_what_lies_beyond_all_numbers_is_taken_to_be_the_last(
    match: Kernel | None,
) -> None:
    def alone(measure: int, low: int, high: int) -> Asked:
        ranges: list[tuple[int, int] | None] = [None] * MEASURES
        ranges[measure] = (low, high)
        return Asked((None,) * 3, tuple(ranges))

    asked = {
        1: alone(0, 0, 0),
        2: alone(0, HEAVIEST, HIGHEST),
        3: alone(1, LOWEST, LOWEST),
        4: alone(1, HIGHEST, 2**60),
        5: alone(2, LOWEST, HIGHEST),
        6: alone(2, -3, -3),
    }
    standing = Standing(SCHEMA, match, filters(asked))

    def weighing(weight: int | None, price: int | None, depth: int | None) -> set[int]:
        return matched(standing, [Stone(({0}, {0}, {0}), (weight, price, depth, None))])[0]

    assert weighing(0, LOWEST, None) == {1, 3}
    assert weighing(1, LOWEST - 5, HIGHEST) == {3, 5}
    assert weighing(HEAVIEST, HIGHEST, LOWEST) == {2, 4, 5}
    assert weighing(2**40, 2**50, -3) == {2, 4, 5, 6}
    assert weighing(None, None, None) == set()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 1_500]))
def test_any_filters_are_matched_as_they_read(kernel: Kernel, seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    asked, stones = some_filters(random, range(count)), some_stones(random, 8)
    assert matched(Standing(SCHEMA, kernel, filters(asked)), stones) == truth(asked, stones)


@pytest.fixture(scope="module")
def many() -> dict[int, Asked]:
    """More filters than one word of blocks holds."""
    return some_filters(np.random.default_rng(5), range(100, 33_100))


def test_thirty_thousand_filters_are_matched_as_they_read(
    match: Kernel | None, many: dict[int, Asked]
) -> None:
    stones = some_stones(np.random.default_rng(6), 4)
    found = matched(Standing(SCHEMA, match, filters(many)), stones)
    assert found == truth(many, stones)
    assert sum(map(len, found)) > 3_000


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_filters_that_come_change_and_go_match_as_what_stands(kernel: Kernel, seed: int) -> None:
    random = np.random.default_rng(seed)
    standing = Standing(SCHEMA, kernel)
    stood: dict[int, Asked] = {}
    for _ in range(8):
        put = some_filters(random, random.choice(900, random.integers(0, 500), replace=False).tolist())
        gone = random.choice(900, random.integers(0, 300), replace=False)
        standing.put(filters(put))
        stood |= put
        standing.remove(gone.astype(np.uint32))
        stood = {name: one for name, one in stood.items() if name not in set(gone.tolist())}
        stones = some_stones(random, 4)
        assert matched(standing, stones) == truth(stood, stones)
        assert sorted(standing.filters().names.tolist()) == sorted(stood)


def test_filters_are_laid_together_again_once_many_came_or_went(kernel: Kernel) -> None:
    random = np.random.default_rng(1)
    stood = some_filters(random, range(3 * FRESH))
    standing = Standing(SCHEMA, kernel, filters(stood))
    for more in (3, FRESH // 2, FRESH):
        put = some_filters(random, range(len(stood), len(stood) + more))
        standing.put(filters(put))
        stood |= put
    gone = np.arange(0, 2 * FRESH, dtype=np.uint32)
    for part in np.array_split(gone, 5):
        standing.remove(part)
    left = {name: one for name, one in stood.items() if name >= 2 * FRESH}
    stones = some_stones(random, 20)
    assert matched(standing, stones) == truth(left, stones)
    relaid = Standing(SCHEMA, kernel, filters(left))
    assert standing.bytes < 1.5 * relaid.bytes


def test_what_stands_is_told_as_it_was_put() -> None:
    put = filters(some_filters(np.random.default_rng(2), range(700)))
    told = Standing(SCHEMA, None, put).filters()
    order = np.argsort(told.names)
    for column, was in zip(told, put, strict=True):
        np.testing.assert_array_equal(column[order], was)


def test_two_threads_match_at_the_same_time(kernel: Kernel) -> None:
    random = np.random.default_rng(3)
    asked, stones = some_filters(random, range(2_000)), some_stones(random, 100)
    standing = Standing(SCHEMA, kernel, filters(asked))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda part: matched(standing, part), [stones, stones[::-1]] * 3))
    expected = truth(asked, stones)
    assert found == [expected, expected[::-1]] * 3


def test_numbers_are_picked_by_the_bits_of_a_word() -> None:
    pick = compiled(lambda source, picked, target: put_picked(source, picked, target))
    numbers = aligned(256).view(np.uint32)
    numbers[:] = np.arange(64) * 1_000_003
    target = aligned(256 + SPARE).view(np.uint32)
    for word in (0, 1, 1 << 63, 0b1011 << 30, 0xFFFF_FFFF_FFFF_FFFF, 0x8421_0000_FFFF_1248):
        expected = [number for place, number in enumerate(numbers.tolist()) if word >> place & 1]
        count = pick(numbers.ctypes.data, np.uint64(word), target.ctypes.data)
        assert target[:count].tolist() == expected


def test_a_schema_has_a_facet_a_weight_and_a_price() -> None:
    with pytest.raises(ValueError, match="two measures"):
        Schema((("shape", 3),), ("weight",))
    with pytest.raises(ValueError, match="at most 64"):
        Schema((("shape", 65),), ("weight", "price"))
