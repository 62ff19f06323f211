"""A dealer's morning at his stock: a view kept, an ask in its row, many at once, taken back, confirmed."""

import re

from playwright.sync_api import Page, expect

from browser.conftest import People, Stocked


def asks(page: Page) -> list[str]:
    """What stands in the boxes of asks per carat, from the top."""
    return [box.input_value() for box in page.locator("tbody input[name=per_carat]").all()]


def test_asha_works_through_a_view_of_her_stock(as_: People, stocked: Stocked) -> None:
    asha = as_("asha")
    asha.goto("/listings/?order=stock")
    asha.get_by_text("Filters", exact=True).click()
    asha.locator("input[name=shape][value='Cushion']").check()
    asha.get_by_label("Carat to").fill("1.00")
    asha.get_by_role("button", name="Use these filters").click()
    asha.get_by_label("Keep this view as").fill("Small cushions")
    asha.get_by_label("Keep this view as").press("Enter")
    expect(asha.get_by_role("status").first).to_contain_text(
        "The view Small cushions is kept, for you alone."
    )

    asha.goto("/listings/")
    asha.get_by_role("link", name="Small cushions").click()
    assert asha.url.endswith("/listings/?shape=Cushion&ct_to=1.00&order=stock")
    assert asks(asha) == ["3,400", "3,900"]
    row = asha.locator("tbody tr").first
    row.get_by_label("Ask per carat of AG-004").fill("3333")
    row.get_by_label("Ask per carat of AG-004").press("Enter")
    row.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("status")).to_contain_text("Undone")
    row.get_by_label("Ask per carat of AG-004").fill("3500")
    row.get_by_label("Ask per carat of AG-004").press("Enter")
    expect(row.get_by_role("status")).to_contain_text("Saved")

    asha.get_by_label("Choose all of this page").check()
    expect(asha.locator("[data-picked]")).to_have_text("2")
    asha.get_by_label("Change the ask by, %").fill("-2")
    asha.get_by_role("button", name="Preview", exact=True).first.click()
    expect(asha.locator("main")).to_contain_text("Asks in all: $6,155.00 now, $6,031.90 after")
    asha.get_by_role("button", name="Change the asks of 2 stones").click()
    expect(asha.get_by_text("2 stones are changed.")).to_be_visible()
    assert asks(asha) == ["3,430", "3,822"]
    expect(asha.locator("[data-told]")).to_contain_text("new")  # what is new asks otherwise by being new

    asha.get_by_label("Choose all of this page").check()
    asha.get_by_role("button", name="Delist").click()
    asha.get_by_role("button", name="Delist 2 stones").click()
    expect(asha.get_by_text("No stone of yours fits these filters.")).to_be_visible()
    asha.get_by_role("button", name="Put them back").click()
    expect(asha.get_by_text("2 stones are back.")).to_be_visible()
    assert asks(asha) == ["3,430", "3,822"]

    asha.get_by_role("button", name="Confirm the 2 stones found").click()
    expect(asha.get_by_text("2 stones are confirmed as of now.")).to_be_visible()
    asha.goto("/listings/")
    asha.get_by_role("button", name=re.compile(r"^Confirm all \d+ stones$")).click()
    expect(asha.get_by_text(re.compile(r"^\d+ stones are confirmed as of now\.$"))).to_be_visible()

    asha.get_by_role("link", name="Rename or delete").click()
    asha.get_by_role("button", name="Delete Small cushions").click()
    expect(asha.get_by_text("The view Small cushions is deleted.")).to_be_visible()
    assert asks(asha) == ["3,430", "3,822"]
