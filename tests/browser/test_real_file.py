"""One real dealer's file goes through the upload page, and a buyer finds a stone of it by its facets."""

import os
from pathlib import Path

from playwright.sync_api import expect

from browser.conftest import People
from browser.steps import confirm, find, send

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
