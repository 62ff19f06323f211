"""No page has a fault that axe finds, scrolls sideways, or speaks in the console."""

from dataclasses import fields

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.conftest import People
from browser.pages import FILES, ORDERS, Examples, addresses, routes

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
# Dark is the same page by lamp: only what looks at colours can find something new there.
RULES = {"light": ALL_RULES, "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = [("light", 1440), ("light", 390), ("dark", 1440), ("dark", 390)]


def test_every_route_has_its_example() -> None:
    nobody = Examples(*("x" for _ in fields(Examples)))
    assert routes() == set(addresses(nobody)) | ORDERS | FILES


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_axe_finds_no_fault(as_: People, examples: Examples, theme: str, width: int) -> None:
    faults = []
    for who, paths in _by_person(examples).items():
        page = as_(who, color_scheme=theme, viewport={"width": width, "height": 900})
        for path in paths:
            _at_full_height(page, path, width)
            options = {"runOnly": RULES[theme], "resultTypes": ["violations"]}
            found = Axe().run(page, options=options).response["violations"]
            faults += [(path, one["id"], one["nodes"][0]["html"]) for one in found]
    assert faults == []


def test_no_page_scrolls_sideways_on_the_smallest_phone(as_: People, examples: Examples) -> None:
    wide = []
    for who, paths in _by_person(examples).items():
        page = as_(who, viewport={"width": 320, "height": 640})
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(path)
    assert wide == []


def test_no_page_breaks_its_own_policy_or_asks_the_world(as_: People, examples: Examples) -> None:
    said: list[str] = []
    asked: set[str] = set()
    for who, paths in _by_person(examples).items():
        page = as_(who)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.split("/")[2].split(":")[0]))
        for path in paths:
            page.goto(path)
    # Chromium itself says so of each page that answers 4xx.
    assert [text for text in said if "status of 4" not in text] == []
    assert asked == {"localhost"}


def _by_person(examples: Examples) -> dict[str | None, list[str]]:
    people: dict[str | None, list[str]] = {}
    for paths in addresses(examples).values():
        for path, who in paths.items():
            people.setdefault(who, []).append(path)
    return people


def _at_full_height(page: Page, path: str, width: int) -> None:
    # A target half under the bar at the foot of a phone counts as too small: look at the page as a whole.
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height + 100})
