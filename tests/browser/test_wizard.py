"""Tales of a file's way into the stock: asked, mended, sent again, taken back, left and come back to."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import People, Stocked
from browser.steps import answer, begin, confirm, go_live, last_part, mend, send, undo
from browser.stock import rapnet_like
from run.house import wait_for

STONES = range(60, 66)


def made(folder: Path, head: str, **broken: str) -> Path:
    """A file of six stones in a layout that is new by its last head; AG_061="Blob" breaks a shape."""
    text = rapnet_like(STONES).replace("Price\r\n", f"{head}\r\n", 1)
    lines = text.split("\r\n")
    for place, line in enumerate(lines):
        number, _, rest = line.partition(",")
        if shape := broken.get(number.replace("-", "_")):
            lines[place] = f"{number},{shape},{rest.partition(',')[2]}"
    file = folder / "made.csv"
    file.write_text("\r\n".join(lines), newline="")
    return file


def is_found(page: Page, number: str) -> bool:
    """Whether the stone of this stock number is found by another now."""
    page.goto(f"/search/?number={number}&growth=both&availability=")
    return page.locator("tbody th a").count() == 1


def comes_live(page: Page, number: str) -> bool:
    """Whether others find the stone soon: they see a change when the follower has heard of it."""
    return wait_for(lambda: is_found(page, number), 10)


def goes(page: Page, number: str) -> bool:
    """Whether others soon find the stone no more."""
    return wait_for(lambda: not is_found(page, number), 10)


def test_a_file_is_asked_mended_confirmed_and_taken_back(
    as_: People, stocked: Stocked, tmp_path: Path
) -> None:
    bea = as_("bea")
    send(bea, made(tmp_path, "Total amount", AG_061="Rnudd", AG_063="Rnudd"), "A part of my stock")
    if bea.get_by_role("button", name="Read the file with these answers").count():
        answer(bea, re.compile("stone|total|carat"))
    expect(bea.get_by_role("heading", name="2 rows refused, by cure")).to_be_visible()
    mend(bea, "Rnudd", "Round")
    expect(bea.get_by_role("link", name="Mend these rows")).to_have_count(0)
    confirm(bea, "Put 6 stones live")
    upload = last_part(bea.url)
    assert comes_live(as_("asha"), "AG-061")
    bea.goto(f"/listings/uploads/{upload}/changes/")
    expect(bea.locator("main tbody tr")).to_have_count(6)
    undo(bea, upload)
    expect(bea.locator("main")).to_contain_text("6")
    go_live(bea)
    assert goes(as_("asha"), "AG-061")


def test_refused_rows_are_taken_along_mended_and_sent_alone(
    as_: People, stocked: Stocked, tmp_path: Path
) -> None:
    asha = as_("asha")
    file = tmp_path / "part.csv"
    file.write_text(rapnet_like(range(70, 74)).replace("AG-071,Oval", "AG-071,Ovvl"), newline="")
    send(asha, file, "A part of my stock")
    confirm(asha, "Put 3 stones live")
    with asha.expect_download() as taken:
        asha.get_by_role("link", name="Refused rows as CSV").click()
    rows = list(csv.reader(taken.value.path().read_text("utf-8-sig").splitlines()))
    assert rows[0][-3:] == ["Row", "Reason", "Cure"]
    assert [row[:2] for row in rows[1:]] == [["AG-071", "Ovvl"]]
    rows[1][1] = "Oval"
    with (tmp_path / "mended.csv").open("w", newline="") as out:
        csv.writer(out).writerows(rows)
    send(asha, tmp_path / "mended.csv", "A part of my stock")
    expect(asha.get_by_role("button", name="Read the file with these answers")).to_have_count(0)
    confirm(asha, "Put 1 stone live")
    assert comes_live(as_("ben"), "AG-071")


def test_a_tab_is_closed_while_the_file_is_read_and_another_one_shows_it(
    as_: People, stocked: Stocked, tmp_path: Path
) -> None:
    asha, elsewhere = as_("asha"), as_("asha", viewport={"width": 390, "height": 844})
    file = tmp_path / "long.csv"
    # Enough rows that the reading outlives the tab.
    file.write_text(rapnet_like(range(100, 6_100)), newline="")
    begin(asha, file, "A part of my stock")
    asha.wait_for_url(re.compile("/listings/uploads/[a-z0-9]{18}/"))
    expect(asha.locator("[data-progress]")).to_be_visible()
    asha.close()
    elsewhere.goto("/listings/uploads/")
    elsewhere.get_by_role("link", name="long.csv").first.click()
    expect(elsewhere.get_by_text("Nothing is live yet.")).to_be_visible(timeout=60_000)
    expect(elsewhere.locator("main")).to_contain_text("of 6,000 rows taken")
    elsewhere.get_by_role("button", name="Stop and forget this file").click()


def test_the_wizard_works_without_scripts(as_: People, stocked: Stocked, tmp_path: Path) -> None:
    asha = as_("asha", java_script_enabled=False)
    file = tmp_path / "plain.csv"
    file.write_text(rapnet_like(range(80, 83)).replace("AG-081,Oval", "AG-081,Ovvl"), newline="")
    send(asha, file, "A part of my stock")
    mend(asha, "Ovvl", "Oval")
    asha.locator(".steps").get_by_role("link", name="Columns").click()
    line = asha.locator("tbody tr").filter(has_text="Fluorescence Intensity")
    line.get_by_role("combobox").select_option("nothing")
    asha.get_by_role("button", name="Read it so").click()
    asha.get_by_text("Nothing is live yet.").wait_for()
    asha.locator(".steps").get_by_role("link", name="Columns").click()
    expect(line).to_contain_text("yours")
    line.get_by_role("combobox").select_option("")
    asha.get_by_role("button", name="Read it so").click()
    asha.get_by_text("Nothing is live yet.").wait_for()
    confirm(asha, "Put 3 stones live")
    undo(asha, last_part(asha.url))
    go_live(asha)
    assert goes(as_("ben"), "AG-081")
