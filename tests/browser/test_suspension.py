"""The operator takes a company off the market and lets it back: at real browsers."""

from playwright.sync_api import Page, expect

from browser.conftest import People
from run.house import wait_for


def total(page: Page) -> str:
    """How much is found of everything, as the page says it now."""
    page.goto("/search/?growth=both")
    return page.locator(".bar .total").inner_text()


def test_a_suspended_company_is_told_on_every_page_and_comes_back(as_: People, stocked: object) -> None:
    omar, asha, ben = as_("omar"), as_("asha"), as_("ben")
    before = total(ben)
    omar.goto("/members/")
    omar.get_by_role("link", name="Asha Gems").click()
    omar.get_by_role("link", name="Standing").click()
    omar.get_by_label("Why").fill("Three invoices are unpaid.")
    omar.get_by_role("checkbox", name="Yes, take its stock off the market now").check()
    omar.get_by_role("button", name="Suspend Asha Gems").click()
    expect(omar.locator("main")).to_contain_text("Suspended since")
    assert wait_for(lambda: total(ben) != before, 10)
    asha.goto("/listings/")
    expect(asha.get_by_role("status").first).to_contain_text("Three invoices are unpaid.")
    asha.goto("/search/")
    expect(asha.locator("main")).to_contain_text("neither searches nor trades")
    omar.get_by_role("button", name="Reinstate Asha Gems").click()
    expect(omar.locator("main")).to_contain_text("On the market.")
    assert wait_for(lambda: total(ben) == before, 10)
