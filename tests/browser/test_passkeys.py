"""A passkey in a real browser, whose authenticator is Chromium's own virtual one."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.authenticator import Authenticator
from browser.conftest import People
from browser.steps import PASSWORD
from browser.test_every_page import ALL_RULES


def test_a_passkey_is_asked_for_after_a_password_and_is_removed(as_: People) -> None:
    bea = as_("bea")
    authenticator = Authenticator(bea)
    _open(bea, "/account/security/passkeys/add/")
    _sound(bea)
    bea.get_by_label("Name").fill("Bea’s laptop")
    bea.get_by_role("button", name="Make the passkey").click()
    bea.get_by_role("heading", name="Recovery codes").wait_for()
    bea.get_by_role("button", name="Make ten codes").click()
    expect(bea.locator(".codes li")).to_have_count(10)
    _sound(bea)
    key = authenticator.credentials()[0]

    second = as_(None)
    held = Authenticator(second, key | {"signCount": key["signCount"] + 10})
    second.goto("/account/sign-in/?next=/account/security/")
    second.get_by_label("E-mail address").fill("bea@house.example")
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_role("button", name="Sign in", exact=True).click()
    second.get_by_role("heading", name="One more step").wait_for()
    _sound(second)
    second.get_by_role("button", name="Use a passkey").click()
    expect(second.get_by_text("by password and passkey")).to_be_visible()
    expect(second.get_by_text("This browser")).to_be_visible()
    _sound(second)
    assert len(held.credentials()) == 1

    second.get_by_role("link", name="Rename or remove Bea’s laptop").click()
    _sound(second)
    second.get_by_role("button", name="Remove this passkey").click()
    expect(second.get_by_text("Bea’s laptop")).to_have_count(0)


@pytest.mark.parametrize("how", [{"isUserVerified": False}, {"hasResidentKey": False}])
def test_a_device_that_cannot_be_unlocked_or_keeps_no_key_makes_none(
    as_: People, how: dict[str, Any]
) -> None:
    ben = as_("ben")
    Authenticator(ben, **how)
    _open(ben, "/account/security/passkeys/add/")
    ben.get_by_label("Name").fill("Old key")
    ben.get_by_role("button", name="Make the passkey").click()
    expect(ben.get_by_role("alert").filter(has_text="No passkey was used")).to_be_visible(timeout=20_000)
    ben.goto("/account/security/")
    expect(ben.get_by_text("Old key")).to_have_count(0)


def test_without_scripts_the_page_says_what_is_missing(as_: People) -> None:
    page = as_(None, java_script_enabled=False)
    page.goto("/account/sign-in/")
    expect(page.get_by_text("A passkey needs scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def _open(page: Page, path: str) -> None:
    """A page that may ask first who one is."""
    page.goto(path)
    if page.get_by_role("heading", name="Show that it is you").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"**{path}")


def _sound(page: Page) -> None:
    """No fault that axe finds, and nothing that scrolls sideways on a telephone."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 2400})
        options = {"runOnly": ALL_RULES, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
