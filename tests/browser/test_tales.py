"""Tales at a real browser: Asha lists, Ben finds, an edit is seen at once, a viewer looks on."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import People, Stocked
from browser.steps import PASSWORD, answer, confirm, find, send
from browser.stock import rapnet_like, stone
from run.house import wait_for


def total(page: Page) -> str:
    """How many stones the search shows."""
    return page.locator(".bar .total").inner_text()


def test_somebody_signs_in_with_his_password_and_out_again(as_: People, stocked: Stocked) -> None:
    page = as_(None)
    page.goto("/listings/")
    page.get_by_label("E-mail address").fill("asha@house.example")
    page.get_by_label("Password").fill("not my password")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage listings")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/listings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_ben_finds_ashas_stone_by_shape_weight_colour_and_clarity(as_: People, stocked: Stocked) -> None:
    ben = as_("ben")
    find(ben, shape="Pear", low="1.05", high="1.15", colour="D", clarity="VVS2")
    ben.locator("tbody tr").filter(has_text=stone(12)["Certificate #"]).locator("th a").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Pear 1.10 ct D VVS2")
    expect(ben.locator(".panel")).to_contain_text("$4,200")
    expect(ben.locator("aside")).to_contain_text("Asha Gems")
    expect(ben.get_by_role("button", name="Change the listing")).to_have_count(0)


def test_an_address_holds_the_whole_state_of_a_search(as_: People, stocked: Stocked) -> None:
    ben = as_("ben")
    find(ben, shape="Pear", low="0,5", high="2", colour="D", clarity="VVS2")
    seen, address = total(ben), ben.url
    assert "shape=Pear&ct=0.50-2.00&colour=D" in address
    bea = as_("bea")
    bea.goto(address)
    assert total(bea) == seen
    bea.go_back()
    ben.get_by_role("link", name="Shape: Pear").click()
    assert "shape" not in ben.url
    ben.go_back()
    expect(ben.locator(".chips")).to_contain_text("Shape: Pear")


def found_at(page: Page, number: str) -> str | None:
    """The ask per carat at which the stone is found now."""
    page.goto(f"/search/?q={number}")
    return page.locator("td.ask data").get_attribute("value")


def test_asha_changes_an_ask_and_sees_it_at_once_and_so_does_bens_colleague(
    as_: People, stocked: Stocked
) -> None:
    asha, bea = as_("asha"), as_("bea")
    asha.goto("/search/?q=AG-006")
    asha.locator("tbody th a").click()
    asha.get_by_label("Ask, $/ct").fill("3,333")
    expect(asha.get_by_label("Ask, total $")).to_have_value("2666.40")
    asha.get_by_role("button", name="Change the listing").click()
    expect(asha.get_by_role("status")).to_contain_text("The listing is changed.")
    assert found_at(asha, "AG-006") == "3333.00"
    assert wait_for(lambda: found_at(bea, "AG-006") == "3333.00", 10)


def test_two_edits_of_one_stone_do_not_overwrite_each_other(as_: People, stocked: Stocked) -> None:
    first, second = as_("asha"), as_("asha")
    for page in (first, second):
        page.goto(f"/stones/{stocked.stones[4]}/")
    first.get_by_label("Ask, $/ct").fill("5000")
    first.get_by_role("button", name="Change the listing").click()
    expect(first.get_by_role("status")).to_contain_text("The listing is changed.")
    second.get_by_label("Ask, $/ct").fill("6000")
    second.get_by_role("button", name="Change the listing").click()
    expect(second.get_by_role("alert")).to_contain_text("was changed after you saw it")
    expect(second.get_by_label("Ask, $/ct")).to_have_value("6000")
    expect(second.locator(".panel")).to_contain_text("$5,000")


def test_a_viewer_looks_and_changes_nothing(as_: People, stocked: Stocked) -> None:
    vera = as_("vera")
    vera.goto(f"/stones/{stocked.stones[0]}/")
    expect(vera.get_by_text("Your stone")).to_be_visible()
    expect(vera.get_by_role("button", name="Change the listing")).to_have_count(0)
    vera.goto("/listings/upload/")
    expect(vera.locator("main")).to_contain_text(
        "Viewers look; owners and traders upload stock and change asks."
    )


def test_the_second_file_of_a_layout_asks_nothing_and_shows_what_changes(
    as_: People, stocked: Stocked, tmp_path: Path
) -> None:
    asha = as_("asha")
    file = tmp_path / "next.csv"
    file.write_text(rapnet_like(range(32), AG_010="4444"))
    send(asha, file)
    expect(asha.get_by_role("heading", name="What confirming changes")).to_be_visible()
    expect(asha.locator("ins").filter(has_text="4,444")).to_be_visible()
    asha.get_by_role("button", name="Stop and forget this file").click()
    expect(asha.get_by_role("status")).to_contain_text("next.csv is forgotten.")


def test_the_ledger_is_walked_by_keys(as_: People, stocked: Stocked) -> None:
    ben = as_("ben")
    ben.goto("/search/")
    ben.keyboard.press("/")
    expect(ben.locator("#find")).to_be_focused()
    ben.locator("#find").blur()
    ben.keyboard.press("j")
    ben.keyboard.press("j")
    expect(ben.locator("tbody tr").nth(1).locator("th a")).to_be_focused()
    ben.keyboard.press("k")
    expect(ben.locator("tbody tr").nth(0).locator("th a")).to_be_focused()
    ben.keyboard.press("?")
    expect(ben.get_by_role("dialog", name="Keys")).to_be_visible()
    ben.keyboard.press("Escape")
    ben.keyboard.press("Enter")
    expect(ben.locator(".stone-name")).to_be_visible()


def test_everything_works_without_scripts(as_: People, stocked: Stocked, tmp_path: Path) -> None:
    ben = as_("ben", java_script_enabled=False)
    ben.goto("/")
    ben.get_by_role("link", name="Search", exact=True).first.click()
    ben.locator("#filters").get_by_role("checkbox", name="Oval").check()
    ben.get_by_label("Carat from").fill("0.50")
    ben.get_by_role("button", name=re.compile("^Show .* stones$")).click()
    expect(ben.locator(".chips")).to_contain_text("Shape: Oval")
    ben.get_by_role("link", name="Weight").click()
    assert "sort=ct" in ben.url
    ben.locator("tbody th a").first.click()
    expect(ben.locator(".stone-name")).to_contain_text("Oval")
    file = tmp_path / "ben.csv"
    file.write_text(rapnet_like(range(40, 43)))
    send(ben, file, "A part of my stock")
    answer(ben, "The prices are per carat.")
    confirm(ben, "Put 3 stones live")
    ben.goto("/search/?q=AG-041")
    ben.locator("tbody th a").click()
    ben.get_by_label("Ask, $/ct").fill("7,100")
    ben.get_by_role("button", name="Change the listing").click()
    expect(ben.locator(".panel")).to_contain_text("$7,100")
    ben.get_by_role("checkbox", name="Yes, take it off the exchange").check()
    ben.get_by_role("button", name=re.compile("^Withdraw")).click()
    ben.goto("/search/?q=AG-041")
    expect(ben.locator(".results")).to_contain_text("No stone fits")


def test_on_a_phone_the_filters_are_a_sheet_opened_by_its_address(as_: People, stocked: Stocked) -> None:
    ben = as_("ben", viewport={"width": 390, "height": 844}, has_touch=True)
    ben.goto("/search/")
    expect(ben.locator("#filters").get_by_role("checkbox", name="Emerald")).to_be_hidden()
    ben.get_by_role("link", name="Filters").click()
    all_of_them = ben.locator(".sheet-end button").inner_text()
    ben.locator("#filters").get_by_role("checkbox", name="Emerald").check()
    expect(ben.locator(".sheet-end button")).not_to_have_text(all_of_them)
    ben.locator(".sheet-end button").click()
    expect(ben.locator(".chips")).to_contain_text("Shape: Emerald")
    expect(ben.locator("#filters").get_by_role("checkbox", name="Emerald")).to_be_hidden()
    expect(ben.locator("tbody tr").first).to_contain_text("/ct")
