"""A firm applies, is asked, answers, is screened and accepted: at real browsers."""

from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import People
from browser.steps import fill_application, load_list

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def test_dora_applies_and_becomes_a_member(as_: People, tmp_path: Path) -> None:
    dora, omar = as_(None), as_("omar")
    (tmp_path / "register.pdf").write_bytes(PDF)
    (tmp_path / "letter.docx").write_bytes(b"PK")
    (tmp_path / "list.csv").write_text("name,aliases,type,id\nDORN Dora,Dori,person,7\n")
    # A mistake in the form, a paper that is none, and one that is right: what is right is kept.
    fill_application(dora, **{"Your e-mail address": "dora"})
    dora.get_by_label("Documents").set_input_files([tmp_path / "register.pdf", tmp_path / "letter.docx"])
    dora.get_by_role("button", name="Send the application").click()
    expect(dora.get_by_role("alert")).to_contain_text("“letter.docx” is no whole PDF, JPEG or PNG.")
    expect(dora.get_by_role("alert")).to_contain_text("Enter an e-mail address")
    expect(dora.get_by_label("Company name", exact=True)).to_have_value("Dora Stones")
    expect(dora.get_by_label("Leave out register.pdf")).to_be_visible()
    dora.get_by_label("Your e-mail address").fill("dora@dora.example")
    dora.get_by_role("button", name="Send the application").click()
    expect(dora.get_by_role("status").first).to_contain_text("Your application is sent.")
    expect(dora.locator("main")).to_contain_text("register.pdf")
    own = dora.url

    load_list(omar, tmp_path / "list.csv", "Tale")
    omar.goto("/vetting/")
    omar.get_by_role("link", name="Dora Stones").click()
    omar.get_by_label("Note", exact=True).fill("Met her at the bourse.")
    omar.get_by_role("button", name="Keep the note").click()
    omar.get_by_label("What do you want to know?").fill("Who owns the company?")
    omar.get_by_role("button", name="Ask the applicant").click()
    expect(omar.get_by_role("status").first).to_contain_text("The applicant is asked.")

    dora.goto(own)
    expect(dora.locator("main")).to_contain_text("Who owns the company?")
    expect(dora.locator("main")).not_to_contain_text("Met her at the bourse.")
    dora.get_by_label("Your answer").fill("I do, alone.")
    dora.get_by_role("button", name="Send the answer").click()
    expect(dora.locator("main")).to_contain_text("Your answer is with us.")

    omar.goto("/vetting/")
    omar.get_by_role("link", name="Dora Stones").click()
    expect(omar.locator("main")).to_contain_text("I do, alone.")
    accept(omar)
    expect(omar.get_by_role("alert")).to_contain_text("Decide each, then accept.")
    expect(omar.get_by_label("Why", exact=True)).to_have_value("Known in Antwerp.")
    omar.locator("#h-hits ~ div").get_by_role("link", name="Dora Dorn").first.click()
    omar.get_by_role("radio", name="No, it is another").check()
    omar.get_by_label("Why").fill("Born in another year.")
    omar.get_by_role("button", name="Decide", exact=True).click()
    while omar.locator(".badge.warn").get_by_text("Open").count():  # of another list of this house
        omar.locator("tr").filter(has=omar.locator(".badge.warn")).get_by_role("link").first.click()
        omar.get_by_role("radio", name="No, it is another").check()
        omar.get_by_label("Why").fill("Born in another year.")
        omar.get_by_role("button", name="Decide", exact=True).click()
    accept(omar)
    expect(omar.get_by_role("status").first).to_contain_text("Dora Stones is a member.")

    dora.goto(own)
    expect(dora.locator("main")).to_contain_text("You are a member.")
    expect(dora.locator("main")).to_contain_text("Your invitation was sent to dora@dora.example")
    omar.goto("/members/")
    expect(omar.get_by_role("link", name="Dora Stones")).to_be_visible()


def accept(omar: Page) -> None:
    """Decide for the applicant, with a reason."""
    omar.get_by_role("radio", name="Accept").check()
    omar.get_by_label("Why", exact=True).fill("Known in Antwerp.")
    omar.get_by_role("button", name="Decide the application").click()


def test_a_suspended_company_is_told_on_every_page_and_comes_back(as_: People, stocked: object) -> None:
    omar, asha, ben = as_("omar"), as_("asha"), as_("ben")
    ben.goto("/search/?growth=both")
    before = ben.locator(".bar .total").inner_text()
    omar.goto("/members/")
    omar.get_by_role("link", name="Asha Gems").click()
    omar.get_by_role("link", name="Standing").click()
    omar.get_by_label("Why").fill("Three invoices are unpaid.")
    omar.get_by_role("checkbox", name="Yes, take its stock off the market now").check()
    omar.get_by_role("button", name="Suspend Asha Gems").click()
    expect(omar.locator("main")).to_contain_text("Suspended since")
    ben.reload()
    assert ben.locator(".bar .total").inner_text() != before
    asha.goto("/listings/")
    expect(asha.get_by_role("status").first).to_contain_text("Three invoices are unpaid.")
    asha.goto("/search/")
    expect(asha.locator("main")).to_contain_text("neither searches nor trades")
    omar.get_by_role("button", name="Reinstate Asha Gems").click()
    expect(omar.locator("main")).to_contain_text("On the market.")
    ben.reload()
    assert ben.locator(".bar .total").inner_text() == before
