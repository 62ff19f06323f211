"""The sample looks like the trade: sizes pile up, grades have their price, measures agree with weights."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from bourse.run.sample.asking import asking
from bourse.run.sample.histories import histories
from bourse.run.sample.offers import batch
from bourse.run.sample.paths import Paths
from bourse.run.sample.saying import report_numbers
from bourse.run.sample.sends import calendar, horizon
from bourse.run.sample.shares import OUTLINES
from bourse.run.sample.suppliers import BUYERS, COUNTRIES, SUPPLIERS
from bourse.vocabulary import Clarity, Colour, Shape
from cast import NOON

SEED = 20261124
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Every row of a market of the size that a first start loads, at its ask of today."""
    dice = np.random.default_rng(SEED)
    offered = batch(dice, 20_000, months=0)
    asked = asking(dice, offered)
    events = histories(
        dice, offered, asked.is_silent, calendar(dice, months=0, now=NOON), Paths(dice, horizon(0)), months=0
    )
    columns = {name: values.tolist() for name, values in offered.said.items()}
    columns["stones"] = offered.stones.tolist()
    columns["stone"], columns["pair"] = offered.stone.tolist(), offered.pair.tolist()
    columns["firm"] = [SUPPLIERS[place] for place in offered.firm.tolist()]
    asks = zip(events.per_carat.tolist(), asked.is_silent.tolist(), strict=True)
    columns["ppc"] = [None if silent else ppc for ppc, silent in asks]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


@pytest.fixture(scope="module")
def singles(rows: Rows) -> Rows:
    return [row for row in rows if row["stones"] == 1]


def share(rows: Rows, **wanted: object) -> float:
    """Which part of the rows has these values."""
    return sum(all(row[name] == value for name, value in wanted.items()) for row in rows) / len(rows)


def test_the_market_has_the_size_that_was_asked_for(rows: Rows) -> None:
    assert len(rows) == 20_000
    assert Counter(row["stones"] > 1 for row in rows) == {False: 19_800, True: 200}


def test_four_of_five_stones_are_natural(singles: Rows) -> None:
    assert share(singles, growth="Natural") == pytest.approx(0.80, abs=0.02)


def test_shapes_have_their_shares(singles: Rows) -> None:
    natural = [row for row in singles if row["growth"] == "Natural"]
    grown = [row for row in singles if row["growth"] != "Natural"]
    for shape, outline in OUTLINES.items():
        assert share(natural, shape=shape.value) == pytest.approx(outline.natural / 100, abs=0.015)
        assert share(grown, shape=shape.value) == pytest.approx(outline.lab_grown / 100, abs=0.02)


@pytest.mark.parametrize("magic", [0.30, 0.50, 0.70, 0.90, 1.00, 1.50, 2.00])
def test_weights_pile_up_above_the_magic_sizes(singles: Rows, magic: float) -> None:
    above = sum(magic <= row["carats"] < magic + 0.05 for row in singles)
    below = sum(magic - 0.05 <= row["carats"] < magic for row in singles)
    assert above > 3 * below


def test_report_numbers_are_of_a_range_that_no_laboratory_uses_and_none_comes_twice() -> None:
    numbers = report_numbers(np.arange(200_000))
    assert len(set(numbers)) == 200_000
    assert all(re.fullmatch(r"X[1-9]\d{8}", number) for number in numbers)


def test_a_stone_stands_on_one_list_or_on_two(rows: Rows) -> None:
    times = Counter(row["stone"] for row in rows)
    assert Counter(times.values()) == {1: 18_800, 2: 600}
    twice: dict[int, Rows] = {}
    for row in rows:
        twice.setdefault(row["stone"], []).append(row)
    pairs = [both for both in twice.values() if len(both) == 2]
    assert all(one["firm"] != other["firm"] for one, other in pairs)
    assert all(one["laboratory"] for one, _ in pairs)
    assert all(one["growth"] == other["growth"] for one, other in pairs)
    differing = sum(one["colour"] != other["colour"] for one, other in pairs)
    assert 5 <= differing <= 40


def test_the_stones_of_a_pair_name_each_other(rows: Rows) -> None:
    paired = [(place, row) for place, row in enumerate(rows) if row["pair"] >= 0]
    assert len(paired) == 240
    for place, row in paired:
        other = rows[row["pair"]]
        assert (other["pair"], other["firm"], other["shape"]) == (place, row["firm"], row["shape"])
        assert abs(other["carats"] - row["carats"]) < 0.011


def test_measurements_agree_with_weight_shape_and_percentages(singles: Rows) -> None:
    for row in singles:
        outline = OUTLINES[Shape(row["shape"])]
        volume = row["length_mm"] * row["width_mm"] * row["depth_mm"] * outline.volume
        assert volume == pytest.approx(row["carats"], rel=0.07)
        across = (row["length_mm"] + row["width_mm"]) / 2 if row["shape"] == "Round" else row["width_mm"]
        assert row["depth_mm"] / across * 100 == pytest.approx(row["depth_percent"], abs=0.5)
        assert row["length_mm"] >= row["width_mm"]


@pytest.mark.parametrize(
    ("grades", "name"), [(tuple(Colour)[:10], "colour"), (tuple(Clarity)[1:10], "clarity")]
)
def test_a_better_grade_costs_more_all_else_alike(singles: Rows, grades: tuple[Any, ...], name: str) -> None:
    other = "clarity" if name == "colour" else "colour"
    asked = [
        row
        for row in singles
        if row["growth"] == "Natural"
        and row["shape"] == "Round"
        and row["ppc"]
        and row[other] in "FGHVS1VS2SI1"
    ]
    levels = [median_level([row for row in asked if row[name] == grade.value]) for grade in grades]
    assert levels == sorted(levels, reverse=True), dict(zip(grades, levels, strict=True))


def median_level(rows: Rows) -> float:
    """The middle ask per carat over sizes of equal weight in the mean."""
    ends = (0.30, 0.40, 0.50, 0.70, 0.90, 1.00, 1.50, 2.00)
    bands = [[row["ppc"] for row in rows if low <= row["carats"] < high] for low, high in pairwise(ends)]
    return float(np.mean([np.log(np.median(band)) for band in bands]))


def test_a_magic_size_costs_more_by_the_carat(singles: Rows) -> None:
    def level(low: float, high: float) -> float:
        fit = [row["ppc"] for row in singles if low <= row["carats"] < high and is_plain(row)]
        return float(np.median(fit))

    assert level(0.30, 0.40) < level(0.50, 0.70) < level(0.70, 0.90) < level(0.90, 1.00)
    assert 1.2 * level(0.90, 1.00) < level(1.00, 1.10)
    assert level(1.00, 1.50) < level(1.50, 2.00) < level(2.00, 3.00) < level(3.00, 4.00)


def is_plain(row: dict[str, Any]) -> bool:
    return bool(row["growth"] == "Natural" and row["shape"] == "Round" and row["ppc"] and row["colour"])


def test_lab_grown_stones_ask_a_fraction(singles: Rows) -> None:
    one_carat = [row for row in singles if 1 <= row["carats"] < 1.2 and row["ppc"] and row["colour"]]
    natural = np.median([row["ppc"] for row in one_carat if row["growth"] == "Natural"])
    grown = np.median([row["ppc"] for row in one_carat if row["growth"] != "Natural"])
    assert 0.02 < grown / natural < 0.12


def test_everything_that_a_market_has_is_there(rows: Rows) -> None:
    natural = [row for row in rows if row["growth"] == "Natural"]
    for name, least in {"fancy_colour": 300, "treatment": 60, "comment": 4_000}.items():
        assert sum(bool(row[name]) for row in natural) > least
    assert sum(row["ppc"] is None for row in rows) == pytest.approx(440, abs=100)
    assert {row["laboratory"] for row in rows} == {"GIA", "IGI", "HRD", "GCAL", ""}


def test_each_firm_has_more_of_what_it_is_known_for(singles: Rows) -> None:
    def part(firm: str, **wanted: object) -> float:
        return share([row for row in singles if row["firm"].name == firm], **wanted)

    assert part("Almond Gate Fancies", fancy_colour="") < 0.5 < part("Tamarind Brothers", fancy_colour="")
    assert part("Scheldemond Stenen", laboratory="HRD") > 5 * part("Halyard and Pike", laboratory="HRD")
    assert part("Night Loom Growers", growth="Natural") == 0
    assert part("Halyard and Pike", polish="Excellent") > 0.95
    small = [row["carats"] for row in singles if row["firm"].name == "Neemtree Exports"]
    large = [row["carats"] for row in singles if row["firm"].name == "Verstraat and Lume"]
    assert np.median(small) < 0.35 < 0.8 < np.median(large)


def test_forty_invented_firms_in_the_cities_of_the_trade() -> None:
    assert (len({firm.name for firm in SUPPLIERS}), len({firm.prefix for firm in SUPPLIERS})) == (40, 40)
    assert {"Antwerp", "Mumbai", "Surat", "Ramat Gan", "New York", "Hong Kong", "Dubai"} <= {
        firm.city for firm in SUPPLIERS
    }
    assert all(firm.country in COUNTRIES for firm in SUPPLIERS)
    assert all(firm.mail_host.endswith(".example") for firm in (*SUPPLIERS, *BUYERS))
    assert [firm.name for firm in SUPPLIERS if firm.is_stale] == [
        "Banyan Court Traders",
        "Grey Heron Bureau",
        "Sycamore Tower Deals",
    ]
