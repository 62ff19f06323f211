"""Real dealers' files go through the wizard: asked, mended in place, found by buyers, taken back."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import People
from browser.steps import answer_all, confirm, find, go_live, last_part, mend, send, undo

FOLDER = os.environ["BOURSE_REAL_STOCK"]


def test_a_real_file_goes_live_and_its_first_stone_is_found(as_: People) -> None:
    ben = as_("ben")
    send(ben, Path(FOLDER) / "star_solitaire.csv", "A part of my stock")
    expect(ben.locator("main")).to_contain_text("307 of 307 rows taken")
    expect(ben.get_by_role("heading", name="1 question")).to_have_count(0)
    confirm(ben, "Put 307 stones live")
    asha = as_("asha")
    find(asha, shape="Round", low="0.30", high="0.30", colour="G", clarity="IF")
    expect(asha.locator("tbody tr").filter(has_text="GIA 1269053199")).to_be_visible()
    asha.locator("tbody tr").filter(has_text="GIA 1269053199").locator("th a").click()
    expect(asha.locator(".panel")).to_contain_text("$1,764")
    expect(asha.locator("main")).to_contain_text("Crown angle")


@pytest.mark.parametrize(
    ("name", "questions", "found", "text", "mended"),
    [
        ("mgeller.csv", "1 question", "FB", "Fancy Blue", 2),
        ("treasure_polygon_upload.xlsx", "1 question", "RECT MOD BRIL", "Radiant", 12),
        ("asc.xml", "2 questions", "STARBURST CUT", "Round", 1),
    ],
)
def test_a_real_file_is_answered_mended_put_live_and_taken_back(
    as_: People, name: str, questions: str, found: str, text: str, mended: int
) -> None:
    ben = as_("ben")
    before = own_stones(ben)
    send(ben, Path(FOLDER) / name, "A part of my stock")
    expect(ben.get_by_role("heading", name=questions)).to_be_visible()
    answer_all(ben)
    refused = new_stones(ben)
    mend(ben, found, text)
    assert new_stones(ben) == refused + mended
    went = new_stones(ben)
    go_live(ben)
    upload = last_part(ben.url)
    assert own_stones(ben) == before + went
    undo(ben, upload)
    go_live(ben)
    assert own_stones(ben) == before


def own_stones(page: Page) -> int:
    """How many stones the company offers."""
    page.goto("/listings/")
    summary = page.locator("main .title .quiet").first.inner_text()  # 1,991 stones · 2,104.31 ct · …
    return number_in(summary.partition("stones")[0])


def new_stones(page: Page) -> int:
    """How many stones a confirm would add."""
    return number_in(page.locator("#changes .tally > *").first.locator("b").inner_text())


def number_in(text: str) -> int:
    return int("".join(letter for letter in text if letter.isdigit()))
