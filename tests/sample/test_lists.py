"""The firms' own stock files are read back to the same stones."""

from datetime import timedelta

import numpy as np
import pytest

from bourse.dialects import read_file
from bourse.run.sample.lists import LAYOUTS, written
from bourse.run.sample.suppliers import SUPPLIERS, Firm
from bourse.run.sample.today import SENDERS, listed_today
from cast import NOON

FIRST_OF = {firm.layout: firm for firm in reversed(SUPPLIERS)}


def test_every_layout_has_its_firms_and_a_sender_of_today() -> None:
    assert set(FIRST_OF) == set(LAYOUTS)
    assert {firm.layout for firm in SUPPLIERS if firm.name in SENDERS} == set(LAYOUTS)
    assert len(SENDERS) == len(LAYOUTS)


@pytest.mark.parametrize(
    "firm", [FIRST_OF[layout] for layout in sorted(LAYOUTS)], ids=lambda firm: firm.layout
)
def test_a_list_is_read_back_to_its_stones(firm: Firm) -> None:
    file = written(np.random.default_rng(7), firm, 60, NOON - timedelta(hours=1))
    reading = read_file(file.content, file.name)
    assert [question.key for question in reading.questions] == (["currency:EUR"] if firm.currency else [])
    assert (list(reading.refused()), list(reading.unread())) == ([], [])
    stones = list(reading.stones())
    assert [stone.values["stock_no"] for stone in stones] == [row["stock_number"] for row in file.rows]
    for stone, row in zip(stones, file.rows, strict=True):
        assert stone.values["shape"] == row["shape"]
        assert stone.values["carat"] == row["carats"]
        assert stone.values["growth_type"] == row["growth"]
        assert stone.values.get("certificate_no", "") == row["report_number"]
        assert stone.values["clarity"] == row["clarity"]
        assert stone.values.get("fancy_color", "") == row["fancy_colour"]
        if not firm.currency:
            assert stone.ask_cents == round(row["total"] * 100)


def test_a_small_market_lists_a_stone_of_each_sender_today() -> None:
    assert [listed_today(stones) for stones in (600, 20_000, 1_000_000)] == [1, 40, 200]
