"""No page has a fault that axe finds, scrolls sideways, or speaks in the console.

Each page is loaded once and looked at in every size and light: what it shows does not depend on the order.
"""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.conftest import People
from browser.pages import FILES, ORDERS, Examples, addresses, routes

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
# Dark is the same page by lamp: only what looks at colours can find something new there.
RULES = {"light": ALL_RULES, "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = [("light", 1440), ("light", 390), ("dark", 390), ("dark", 1440)]
SMALLEST, DOUBLE = 320, 640  # the smallest phone; 1280 pixels at twice the size
FAULTS = """options => axe.run(document, options).then(
    found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
HEIGHT = "document.documentElement.scrollHeight"
WIDTH = "document.documentElement.scrollWidth"
SHARES = 4  # of the pages, so that they are looked at side by side


def test_every_route_has_its_example() -> None:
    nobody = Examples(*("x" for _ in fields(Examples)))
    assert routes() == set(addresses(nobody)) | ORDERS | FILES


@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_has_a_fault_in_any_look(as_: People, examples: Examples, share: int) -> None:
    faults: list[tuple[object, ...]] = []
    asked: set[str] = set()
    for who, paths in _by_person(examples, share).items():
        page = as_(who, reduced_motion="reduce")  # no colour between two looks
        said: list[str] = []
        page.on("console", lambda one, said=said: said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.split("/")[2].split(":")[0]))
        for path in paths:
            page.goto(path)
            faults += [(path, *fault) for fault in [*_seen_by_axe(page), *_sideways(page)]]
            # Chromium itself says so of each page that answers 4xx.
            faults += [(path, text) for text in said if "status of 4" not in text]
            said.clear()
    assert faults == []
    assert asked == {"localhost"}


def _by_person(examples: Examples, share: int) -> dict[str | None, list[str]]:
    every = [one for paths in addresses(examples).values() for one in paths.items()]
    people: dict[str | None, list[str]] = {}
    for path, who in every[share::SHARES]:
        people.setdefault(who, []).append(path)
    return people


def _seen_by_axe(page: Page) -> Iterator[tuple[object, ...]]:
    page.evaluate(Axe().axe_script)
    for theme, width in LOOKS:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        # A target half under the bar at the foot of a phone counts as too small: look at the page as a whole.
        page.set_viewport_size({"width": width, "height": 900})
        page.set_viewport_size({"width": width, "height": page.evaluate(HEIGHT) + 100})
        options = {"runOnly": RULES[theme], "resultTypes": ["violations"]}
        for rule, element in page.evaluate(FAULTS, options):
            yield theme, width, rule, element
    page.emulate_media(color_scheme="light")


def _sideways(page: Page) -> Iterator[tuple[object, ...]]:
    for direction, widths in (("ltr", (SMALLEST, DOUBLE)), ("rtl", (390, 1280))):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 640})
            if page.evaluate(WIDTH) > width:
                yield direction, width, "scrolls sideways"
