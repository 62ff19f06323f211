"""A tale at a real browser: an owner invites, the colleague comes in and reprices, the owner sees it."""

import re

from playwright.sync_api import expect

from browser.conftest import People, Post, Stocked
from browser.steps import PASSWORD, invite


def test_an_invited_colleague_comes_in_and_reprices(as_: People, stocked: Stocked, post: Post) -> None:
    asha, nia = as_("asha"), as_(None)
    invite(asha, "Nia", "nia@house.example")
    expect(asha.get_by_role("listitem").filter(has_text="nia@house.example")).to_contain_text("Trader")
    link = post.link_for("nia@house.example", "/invitation/")
    nia.goto(link)
    expect(nia.get_by_role("heading", level=1)).to_have_text("Act for Asha Gems")
    nia.get_by_role("button", name="Come in").click()
    expect(nia.get_by_role("alert")).to_contain_text("Enter a password")
    nia.get_by_label("Password", exact=True).fill(PASSWORD)
    nia.get_by_role("button", name="Come in").click()
    nia.get_by_role("link", name=re.compile("^Nia")).first.wait_for()
    nia.goto(f"/stones/{stocked.stones[7]}/")
    nia.get_by_label("Ask, $/ct").fill("4321")
    nia.get_by_role("button", name="Change the listing").click()
    expect(nia.get_by_role("status")).to_contain_text("The listing is changed.")
    nia.goto("/account/colleagues/")
    expect(nia.get_by_role("link", name="Invite a colleague")).to_have_count(0)
    asha.goto(f"/stones/{stocked.stones[7]}/")
    expect(asha.locator("main")).to_contain_text("4,321")
    asha.goto("/account/colleagues/")
    row = asha.get_by_role("row").filter(has_text="Nia")
    expect(row).to_contain_text("Trader")
    expect(row).to_contain_text("UTC")  # when she last signed in
    asha.goto("/notices/")
    expect(asha.locator("main")).to_contain_text("Nia acts for Asha Gems")
    asha.goto("/account/colleagues/")
    asha.get_by_role("link", name="Take out Nia").click()
    asha.get_by_role("button", name="Take out").click()
    expect(asha.get_by_role("status")).to_contain_text("Nia acts for your company no more")
    nia.goto("/listings/")
    expect(nia.get_by_role("heading", level=1)).to_have_text("Sign in")
    nia.goto(link)
    expect(nia.locator("main")).to_contain_text("This invitation was used already.")
