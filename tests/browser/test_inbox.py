"""A thousand notices triaged by keyboard: one by one, some chosen, a page, all the rest."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import People
from run.house import ROOT, Installation

FILL = """
import django
django.setup()
from bourse.kit import clock
from bourse.members.models import Person
from bourse.notices.actions import tell
from bourse.notices.topics import Reason, Topic
person = Person.objects.get(name=%r)
for number in range(%d):
    tell(topic=Topic.UPLOADS if number %% 2 else Topic.LISTINGS, people=[person.pk], once=f"browser {number}",
         subject=f"File {number} is live", body="New: 2.", link="/listings/", why=Reason.OWN_ACT,
         now=clock.now())
"""


def told(house: Installation, name: str, count: int) -> None:
    """So many notices for the person, told by the running house's own code."""
    env = {**house.env, "DJANGO_SETTINGS_MODULE": "bourse.settings"}
    subprocess.run([sys.executable, "-P", "-c", FILL % (name, count)], env=env, cwd=ROOT, check=True)


def subjects(page: Page) -> list[str]:
    return [text.splitlines()[-1] for text in page.locator("tbody th a").all_inner_texts()]


def press(page: Page, keys: str) -> None:
    """One key after another, each once the one before has had its effect."""
    for key in keys:
        page.keyboard.press(key)
        page.evaluate("() => new Promise(done => setTimeout(done, 0))")
        page.wait_for_function("() => !document.querySelector('[data-inbox][aria-busy]')")


def here(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


@pytest.fixture
def inbox(installed: Installation, as_: People) -> Page:
    """Bea's inbox with a thousand notices and nothing else."""
    told(installed, "Bea", 1000)
    page = as_("bea")
    page.goto("/notices/?box=unread")
    return page


def test_a_thousand_notices_are_triaged_by_keyboard(inbox: Page) -> None:
    count = inbox.locator(".masthead .count")
    expect(count).to_have_text("999+ unread")
    press(inbox, "jjk")
    assert here(inbox).endswith("File 999 is live")
    press(inbox, "eee")  # one after another: the next row takes the place
    assert here(inbox).endswith("File 996 is live")
    expect(count).to_have_text("997 unread")
    press(inbox, "xjxjjx")  # three chosen, one of them left out between
    assert inbox.locator("tr.picked").count() == 3
    press(inbox, "s")
    assert "File 996 is live" in subjects(inbox)  # saved, and still unread
    press(inbox, "ae")  # the whole page
    expect(count).to_have_text("947 unread")
    press(inbox, "?")
    expect(inbox.get_by_role("dialog")).to_contain_text("Choose all of the page")
    inbox.keyboard.press("Escape")
    press(inbox, "aae")  # all that fit
    expect(inbox.locator("main")).to_contain_text("You have read everything.")
    expect(count).to_have_count(0)
    inbox.goto("/notices/?box=saved")
    assert len(subjects(inbox)) == 3
    inbox.goto("/notices/?box=done")
    expect(inbox.locator(".switch [aria-current] small")).to_have_text("1,000")
    press(inbox, "ju")  # opened again
    expect(count).to_have_text("1 unread")
    inbox.get_by_role("link", name="Display", exact=True).click()
    inbox.get_by_label("Off").check()
    inbox.get_by_role("button", name="Keep for this browser").click()
    inbox.goto("/notices/")
    inbox.locator("tbody th a").first.focus()
    press(inbox, "e")
    assert len(subjects(inbox)) == 1  # single keys are off: nothing happened
    inbox.locator("tbody th a").first.click()
    inbox.wait_for_url("**/listings/")
    inbox.reload()
    expect(count).to_have_count(0)  # whoever opens it has read it


def test_without_a_script_boxes_and_buttons_do(installed: Installation, as_: People) -> None:
    told(installed, "Vera", 3)
    page = as_("vera", java_script_enabled=False)
    page.goto("/notices/")
    page.locator("tbody input").nth(1).check()
    page.get_by_role("button", name="Done").click()
    expect(page.locator("main")).to_contain_text("1 notice changed.")
    assert subjects(page) == ["File 2 is live", "File 0 is live"]
