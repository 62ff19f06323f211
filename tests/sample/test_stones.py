"""The sample looks like the trade: sizes pile up, grades have their price, measures agree with weights."""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from bourse.dialects import read_file
from bourse.run.sample.files import Delivery, deliveries
from bourse.run.sample.offers import offers
from bourse.run.sample.shares import OUTLINES
from bourse.run.sample.suppliers import BUYERS, COUNTRIES, SUPPLIERS
from bourse.vocabulary import Clarity, Colour, Shape
from cast import NOON

SEED = 20261124
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Every row of the market that a first start loads."""
    return [row for stock in offers(np.random.default_rng(SEED), 20_000).values() for row in stock]


@pytest.fixture(scope="module")
def singles(rows: Rows) -> Rows:
    return [row for row in rows if not row.get("stones")]


def share(rows: Rows, **wanted: object) -> float:
    """Which part of the rows has these values."""
    return sum(all(row[name] == value for name, value in wanted.items()) for row in rows) / len(rows)


def all_files(stones: int, seed: int = SEED) -> list[Delivery]:
    return deliveries(stones=stones, seed=seed, now=NOON)


def test_the_market_has_the_size_that_was_asked_for(rows: Rows) -> None:
    assert len(rows) == 20_000
    assert Counter(bool(row.get("stones")) for row in rows) == {False: 19_800, True: 200}


def test_one_seed_makes_one_market() -> None:
    assert all_files(1_000) == all_files(1_000)
    assert all_files(1_000) != all_files(1_000, seed=SEED + 1)


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


def test_report_numbers_are_of_a_range_that_no_laboratory_uses(rows: Rows) -> None:
    for row in rows:
        assert bool(row["report_number"]) == bool(row["laboratory"])
        assert not row["report_number"] or re.fullmatch(r"X[1-9]\d{8}", row["report_number"])


def test_a_report_stands_on_one_list_or_on_two(rows: Rows) -> None:
    times = Counter(row["report_number"] for row in rows if row["report_number"])
    assert Counter(times.values())[2] == 600
    assert max(times.values()) == 2


def test_stock_numbers_are_the_firms_own(rows: Rows) -> None:
    stock = offers(np.random.default_rng(SEED), 5_000)
    for firm, own in stock.items():
        numbers = [row["stock_number"] for row in own]
        assert len(set(numbers)) == len(numbers)
        assert all(number.startswith(firm.prefix) for number in numbers)


def test_the_stones_of_a_pair_name_each_other() -> None:
    stock = offers(np.random.default_rng(SEED), 5_000)
    paired = {
        (firm.name, row["stock_number"]): row["pair_number"]
        for firm, own in stock.items()
        for row in own
        if row["pair_number"]
    }
    assert len(paired) == 60
    assert all(paired[firm, other] == number for (firm, number), other in paired.items())


def test_measurements_agree_with_weight_shape_and_percentages(singles: Rows) -> None:
    for row in singles:
        outline = OUTLINES[Shape(row["shape"])]
        volume = row["length_mm"] * row["width_mm"] * row["depth_mm"] * outline.volume
        assert volume == pytest.approx(row["carats"], rel=0.07)
        across = (row["length_mm"] + row["width_mm"]) / 2 if row["shape"] == "Round" else row["width_mm"]
        assert row["depth_mm"] / across * 100 == pytest.approx(row["depth_percent"], abs=0.4)
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
    for name, least in {"fancy_colour": 300, "treatment": 60, "comment": 4_000, "pair_number": 150}.items():
        assert sum(bool(row.get(name)) for row in natural) > least
    assert sum(row["ppc"] is None for row in rows) == pytest.approx(500, abs=100)
    assert set(Counter(row["availability"] for row in rows)) == {
        "Guaranteed available",
        "Subject to prior sale",
        "On memo",
        "Not available",
    }
    assert {row["laboratory"] for row in rows} == {"GIA", "IGI", "HRD", "GCAL", ""}


def test_forty_invented_firms_in_the_cities_of_the_trade() -> None:
    assert (len({firm.name for firm in SUPPLIERS}), len({firm.prefix for firm in SUPPLIERS})) == (40, 40)
    assert {"Antwerp", "Mumbai", "Surat", "Ramat Gan", "New York", "Hong Kong", "Dubai"} <= {
        firm.city for firm in SUPPLIERS
    }
    assert all(firm.country in COUNTRIES for firm in SUPPLIERS)
    assert all(firm.mail_host.endswith(".example") for firm in (*SUPPLIERS, *BUYERS))


def test_no_link_leaves_the_installation() -> None:
    for file in all_files(2_000):
        text = file.content.decode().casefold()
        assert not re.search(r"https?:|www\.|//[a-z]|@|\.(com|net|org)\b", text)


def test_files_come_in_order_and_none_from_tomorrow() -> None:
    times = [file.sent_at for file in all_files(2_000)]
    assert times == sorted(times)
    assert NOON - timedelta(days=76) < times[0]
    assert times[-1] < NOON


def test_the_reader_asks_nothing_and_refuses_nothing() -> None:
    for file in all_files(1_000):
        reading = read_file(file.content, file.file_name)
        assert (reading.questions, list(reading.refused()), list(reading.unread())) == ([], [], [])
