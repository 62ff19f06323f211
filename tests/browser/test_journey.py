"""The whole way in at real browsers: from an application to a colleague's act that the owner reads.

Dora applies, Omar vets and accepts, the invitation comes by mail, Dora makes a passkey, puts stock live and
invites Nia, Nia reprices a stone, Dora reads who did what and takes Nia out again.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.authenticator import Authenticator
from browser.conftest import People, Post
from browser.steps import PASSWORD, answer, confirm, fill_application, invite, load_list, send
from browser.stock import rapnet_like

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def test_from_an_application_to_a_colleagues_act(as_: People, post: Post, tmp_path: Path) -> None:
    dora, omar, nia = as_(None), as_("omar"), as_(None)
    own = applies(dora, tmp_path)
    is_asked(omar, tmp_path)
    answers(dora, own)
    is_accepted(omar)
    dora.goto(own)
    expect(dora.locator("main")).to_contain_text("You are a member.")
    expect(dora.locator("main")).to_contain_text("Your invitation was sent to dora@dora.example")
    comes_in_by_passkey(dora, post.link_for("dora@dora.example", "/invitation/"))
    puts_stock_live(dora, tmp_path)
    invite(dora, "Nia", "nia@house.example")
    expect(dora.get_by_role("listitem").filter(has_text="nia@house.example")).to_contain_text("Trader")
    link = post.link_for("nia@house.example", "/invitation/")
    comes_in_by_password(nia, link)
    reprices(nia, "AG-051", "4321")
    reads_who_did_what(dora)
    takes_out(dora)
    nia.goto("/listings/")
    expect(nia.get_by_role("heading", level=1)).to_have_text("Sign in")
    nia.goto(link)
    expect(nia.locator("main")).to_contain_text("This invitation was used already.")


def applies(dora: Page, folder: Path) -> str:
    """With a mistake in the form and a paper that is none: what is right is kept. Her own page's address."""
    (folder / "register.pdf").write_bytes(PDF)
    (folder / "letter.docx").write_bytes(b"PK")
    fill_application(dora, **{"Your e-mail address": "dora"})
    dora.get_by_label("Documents").set_input_files([folder / "register.pdf", folder / "letter.docx"])
    dora.get_by_role("button", name="Send the application").click()
    expect(dora.get_by_role("alert")).to_contain_text("“letter.docx” is no whole PDF, JPEG or PNG.")
    expect(dora.get_by_role("alert")).to_contain_text("Enter an e-mail address")
    expect(dora.get_by_label("Company name", exact=True)).to_have_value("Dora Stones")
    expect(dora.get_by_label("Leave out register.pdf")).to_be_visible()
    dora.get_by_label("Your e-mail address").fill("dora@dora.example")
    dora.get_by_role("button", name="Send the application").click()
    expect(dora.get_by_role("status").first).to_contain_text("Your application is sent.")
    expect(dora.locator("main")).to_contain_text("register.pdf")
    return dora.url


def is_asked(omar: Page, folder: Path) -> None:
    """Omar loads a list on which a like name stands, keeps a note for himself, and asks her."""
    (folder / "list.csv").write_text("name,aliases,type,id\nDORN Dora,Dori,person,7\n")
    load_list(omar, folder / "list.csv", "Tale")
    omar.goto("/vetting/")
    omar.get_by_role("link", name="Dora Stones").click()
    omar.get_by_label("Note", exact=True).fill("Met her at the bourse.")
    omar.get_by_role("button", name="Keep the note").click()
    omar.get_by_label("What do you want to know?").fill("Who owns the company?")
    omar.get_by_role("button", name="Ask the applicant").click()
    expect(omar.get_by_role("status").first).to_contain_text("The applicant is asked.")


def answers(dora: Page, own: str) -> None:
    """Dora sees what she is asked, and nothing of the note."""
    dora.goto(own)
    expect(dora.locator("main")).to_contain_text("Who owns the company?")
    expect(dora.locator("main")).not_to_contain_text("Met her at the bourse.")
    dora.get_by_label("Your answer").fill("I do, alone.")
    dora.get_by_role("button", name="Send the answer").click()
    expect(dora.locator("main")).to_contain_text("Your answer is with us.")


def is_accepted(omar: Page) -> None:
    """Not before every like name of a list is decided."""
    omar.goto("/vetting/")
    omar.get_by_role("link", name="Dora Stones").click()
    expect(omar.locator("main")).to_contain_text("I do, alone.")
    _accept(omar)
    expect(omar.get_by_role("alert")).to_contain_text("Decide each, then accept.")
    expect(omar.get_by_label("Why", exact=True)).to_have_value("Known in Antwerp.")
    while omar.locator(".badge.warn").get_by_text("Open").count():
        omar.locator("tr").filter(has=omar.locator(".badge.warn")).get_by_role("link").first.click()
        omar.get_by_role("radio", name="No, it is another").check()
        omar.get_by_label("Why").fill("Born in another year.")
        omar.get_by_role("button", name="Decide", exact=True).click()
    _accept(omar)
    expect(omar.get_by_role("status").first).to_contain_text("Dora Stones is a member.")


def _accept(omar: Page) -> None:
    omar.get_by_role("radio", name="Accept").check()
    omar.get_by_label("Why", exact=True).fill("Known in Antwerp.")
    omar.get_by_role("button", name="Decide the application").click()


def comes_in_by_passkey(dora: Page, link: str) -> None:
    """The link lets her in once; from then on her passkey does, alone."""
    Authenticator(dora)
    dora.goto(link)
    expect(dora.get_by_role("heading", level=1)).to_have_text("Act for Dora Stones")
    dora.get_by_role("radio", name=re.compile("With a passkey")).check()
    dora.get_by_role("button", name="Come in").click()
    dora.get_by_label("Name").fill("Dora’s laptop")
    dora.get_by_role("button", name="Make the passkey").click()
    dora.get_by_role("heading", name="Recovery codes").wait_for()
    dora.get_by_role("button", name="Sign out").click()
    dora.goto("/account/sign-in/?next=/account/security/")
    dora.get_by_role("button", name="Sign in with a passkey").click()
    expect(dora.get_by_text("by passkey").first).to_be_visible()
    expect(dora.get_by_text("Dora’s laptop").first).to_be_visible()


def puts_stock_live(dora: Page, folder: Path) -> None:
    """Three stones from a file in another platform's layout."""
    file = folder / "dora.csv"
    file.write_text(rapnet_like(range(50, 53)))
    send(dora, file)
    answer(dora, "The prices are per carat.")
    confirm(dora, "Put 3 stones live")


def comes_in_by_password(nia: Page, link: str) -> None:
    """Not without one."""
    nia.goto(link)
    expect(nia.get_by_role("heading", level=1)).to_have_text("Act for Dora Stones")
    nia.get_by_role("button", name="Come in").click()
    expect(nia.get_by_role("alert")).to_contain_text("Enter a password")
    nia.get_by_label("Password", exact=True).fill(PASSWORD)
    nia.get_by_role("button", name="Come in").click()
    nia.get_by_role("link", name=re.compile("^Nia")).first.wait_for()


def reprices(nia: Page, number: str, per_carat: str) -> None:
    """The stone of that stock number; she may do that, and invite nobody."""
    nia.goto(f"/search/?q={number}")
    nia.locator("tbody th a").click()
    nia.get_by_label("Ask, $/ct").fill(per_carat)
    nia.get_by_role("button", name="Change the listing").click()
    expect(nia.get_by_role("status")).to_contain_text("The listing is changed.")
    nia.goto("/account/colleagues/")
    expect(nia.get_by_role("link", name="Invite a colleague")).to_have_count(0)


def reads_who_did_what(dora: Page) -> None:
    """The colleague and her last sign-in, her act with what it changed, and the notice that she came in."""
    dora.goto("/account/colleagues/")
    colleague = dora.get_by_role("row").filter(has_text="Nia")
    expect(colleague).to_contain_text("Trader")
    expect(colleague).to_contain_text("UTC")
    dora.goto("/account/acts/?act=market.change_ask")
    act = dora.locator("tbody tr")
    expect(act).to_have_count(1)
    expect(act.locator("td").nth(1)).to_have_text("Nia")
    expect(act.locator("th")).to_have_text("Changed an ask")
    expect(act).to_contain_text("$24,705.00 → $13,179.05")
    dora.goto("/account/acts/")
    expect(dora.locator("tbody tr").filter(has_text="Put a file live").locator("td").nth(1)).to_have_text(
        "Dora Dorn"
    )
    dora.goto("/notices/")
    expect(dora.locator("main")).to_contain_text("Nia acts for Dora Stones")


def takes_out(dora: Page) -> None:
    """Nia acts for the company no more."""
    dora.goto("/account/colleagues/")
    dora.get_by_role("link", name="Take out Nia").click()
    dora.get_by_role("button", name="Take out").click()
    expect(dora.get_by_role("status")).to_contain_text("Nia acts for your company no more")
