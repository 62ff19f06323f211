"""Pages in other shapes: from right to left, at twice the size, on paper, in the system's own colours."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import People, Stocked
from browser.pages import Examples

RTL = "document.documentElement.dir = 'rtl'"
WIDTH = "document.documentElement.scrollWidth"
CHROME = (".masthead nav", ".find", ".ribbon", ".foot nav", ".tabbar", "main button", "main .buttons")


def test_figures_and_grades_keep_their_direction_where_all_else_turns(as_: People, stocked: Stocked) -> None:
    ben = as_("ben", viewport={"width": 1280, "height": 720})
    ben.goto("/search/")
    ben.evaluate(RTL)
    boxes = [ben.locator(f".grades.colour input[value={grade}]").bounding_box() for grade in "DM"]
    assert boxes[0] and boxes[1] and boxes[0]["x"] < boxes[1]["x"]
    rail, table = ben.locator(".rail").bounding_box(), ben.locator(".results").bounding_box()
    assert rail and table and rail["x"] > table["x"]
    for figure in (".ledger td.ask", ".ledger td.total", ".facet .pair", ".facet legend .figure"):
        assert ben.locator(figure).first.evaluate("one => getComputedStyle(one).direction") == "ltr"


@pytest.mark.parametrize("page_of", ["search", "stone", "upload"])
def test_paper_shows_the_page_without_its_chrome(as_: People, examples: Examples, page_of: str) -> None:
    paths = {
        "search": ("ben", "/search/"),
        "stone": ("asha", f"/stones/{examples.own_stone}/"),
        "upload": ("asha", f"/listings/uploads/{examples.ready}/"),
    }
    who, path = paths[page_of]
    page = as_(who, viewport={"width": 718, "height": 1000})  # A4 within its margins
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(path)
    for selector in CHROME:
        assert not any(one.is_visible() for one in page.locator(selector).all()), selector
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    heads = page.locator("thead").all()
    shown = [head.evaluate("one => getComputedStyle(one).display") for head in heads]
    assert shown and set(shown) == {"table-header-group"}  # what repeats on every sheet
    assert page.evaluate(WIDTH) <= 718


def test_what_is_chosen_is_seen_in_the_systems_own_colours(as_: People, stocked: Stocked) -> None:
    ben = as_("ben", viewport={"width": 1280, "height": 720})
    ben.emulate_media(forced_colors="active")
    ben.goto("/search/?shape=Round&colour=D")
    look = "one => (s => s.outlineStyle + s.borderTopColor + s.backgroundColor)(getComputedStyle(one))"
    for facet in (".shapes label", ".grades.colour label b"):
        looks = [one.evaluate(look) for one in ben.locator(facet).all()]
        assert looks[0] != looks[1]


def test_a_form_that_comes_back_takes_the_eye_to_its_summary(as_: People, stocked: Stocked) -> None:
    asha = as_("asha")
    _wrong(asha)
    summary = asha.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("There is a problem")
    assert asha.title().startswith("Error:")
    summary.get_by_role("link").first.click()
    expect(asha.get_by_label("Ask, $/ct")).to_be_focused()
    expect(asha.get_by_label("Ask, $/ct")).to_have_value("seven")
    asha.get_by_label("Ask, $/ct").fill("eight")
    asha.get_by_label("Ask, $/ct").blur()
    expect(asha.locator(".error").first).to_be_visible()  # as the server said; leaving a box decides nothing
    bubbling = "[...document.forms].some(one => !one.noValidate && one.querySelector('[required]'))"
    assert not asha.evaluate(bubbling)


def _wrong(asha: Page) -> None:
    asha.goto("/search/?q=AG-008")
    asha.locator("tbody th a").click()
    asha.get_by_label("Ask, $/ct").fill("seven")
    asha.get_by_role("button", name="Change the listing").click()
