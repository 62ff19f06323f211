"""What people do on pages, in the words of the pages."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

PASSWORD = "four words make sentences"


def set_password(page: Page, link: str, name: str, email: str = "") -> None:
    """Follow a one-time link and come in."""
    page.goto(link)
    if email:
        page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set password and sign in").click()
    page.get_by_role("link", name=re.compile(f"^{name}")).first.wait_for()


def admit(omar: Page, company: str, people: dict[str, str]) -> dict[str, str]:
    """Admit a company and add its people; each one's link, which the page shows this once."""
    omar.goto("/members/")
    omar.get_by_label("Company name").fill(company)
    omar.get_by_label("City").fill("Antwerp")
    omar.get_by_label("Country").fill("BE")
    omar.get_by_role("button", name="Admit the company").click()
    return {name: add(omar, name, role) for name, role in people.items()}


def add(omar: Page, name: str, role: str) -> str:
    """Add a person on the company's page; the link that it shows this once."""
    omar.get_by_label("Name", exact=True).fill(name.title())
    omar.get_by_label("E-mail address").fill(f"{name}@house.example")
    omar.get_by_role("radio", name=re.compile(role, re.IGNORECASE)).check()
    omar.get_by_role("button", name="Add and make the link").click()
    return omar.locator(".code").inner_text()


def begin(page: Page, file: Path, mode: str = "My whole stock") -> None:
    """Choose a file and send it; the worker begins to read it."""
    page.goto("/listings/upload/")
    page.get_by_label("Stock file").set_input_files(file)
    page.get_by_role("radio", name=re.compile(mode)).check()
    page.get_by_role("button", name="Read the file").click()


def send(page: Page, file: Path, mode: str = "My whole stock") -> None:
    """Choose a file and have it read."""
    begin(page, file, mode)
    page.get_by_text("Nothing is live yet.").wait_for()


def answer(page: Page, sentence: str | re.Pattern[str]) -> None:
    """Answer the one question of a file."""
    page.get_by_role("radio", name=sentence).first.check()
    page.get_by_role("button", name="Read the file with these answers").click()
    page.get_by_role("heading", name="What confirming changes").wait_for()


def answer_all(page: Page) -> None:
    """Answer every question of a file by its first choice."""
    for question in page.locator("#questions fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_role("button", name="Read the file with these answers").click()
    page.get_by_role("heading", name="What confirming changes").wait_for()


def mend(page: Page, found: str, text: str) -> None:
    """Put a text in place of what was not understood, wherever it stands."""
    page.get_by_role("link", name="Mend these rows").click()
    page.locator("table.spellings tr").filter(has_text=found).get_by_label("Replace all by").fill(text)
    page.get_by_role("button", name="Read the mended rows").click()
    page.get_by_role("heading", name="What confirming changes").wait_for()


def go_live(page: Page) -> None:
    """Confirm whatever is shown; where stones go, their number is typed as the page asks."""
    box = page.locator("#confirm input[name=removing]")
    if box.count():
        number = re.search(r"[\d,]+", page.locator("#confirm .note.bad b").inner_text())
        assert number is not None
        box.fill(number[0])
    page.locator("#confirm button[type=submit]").click()
    page.get_by_role("button", name="Restore the stock as before this upload").wait_for()


def confirm(page: Page, button: str) -> None:
    """Confirm the changes by the button that says what it does."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(re.compile(r"of this file (is|are) live\.")).wait_for()


def undo(page: Page, upload: str) -> str:
    """Ask for the stock as before an upload; the restore's public id once it shows what it would change."""
    page.goto(f"/listings/uploads/{upload}/")
    page.get_by_role("button", name="Restore the stock as before this upload").click()
    page.get_by_role("heading", name="What confirming changes").wait_for()
    return last_part(page.url)


def set_up_feed(page: Page) -> str:
    """Have the company's folder watched; the feed's public id."""
    page.goto("/listings/feeds/add/")
    page.get_by_label("Name").fill("Vault")
    page.get_by_role("radio", name=re.compile("It lies in our folder")).check()
    page.get_by_role("radio", name=re.compile("A part of my stock")).check()
    page.get_by_role("button", name="Set up the feed").click()
    page.get_by_role("heading", name="Feed: Vault").wait_for()
    return last_part(page.url)


def set_up_webhook(page: Page) -> str:
    """An address that nobody answers at, and a test event on its way there; the webhook's public id."""
    page.goto("/developer/webhooks/add/")
    page.get_by_label("Address").fill("https://hooks.invalid/events")
    page.get_by_role("checkbox", name=re.compile("A file went live")).check()
    page.get_by_role("button", name="Set up the webhook").click()
    page.get_by_role("button", name="Send a test event").click()
    page.get_by_text("A test event is on its way.").wait_for()
    return last_part(page.url)


def find(page: Page, *, shape: str, low: str, high: str, colour: str, clarity: str) -> None:
    """Tick and fill the rail."""
    page.goto("/search/")
    tick(page, "Shape", shape)
    page.get_by_label("Carat from").fill(low)
    page.get_by_label("Carat to").fill(high)
    page.get_by_label("Carat to").press("Tab")
    expect(page.locator(".chips")).to_contain_text(re.compile(r"\d ct"))
    tick(page, "Colour", colour)
    tick(page, "Clarity", clarity)


def tick(page: Page, facet: str, value: str) -> None:
    """Choose a value; wait until it stands among the filters in force."""
    # By its value: a strip shows VVS2 as VV2, and the box itself lies invisible over its letters.
    page.locator(f"fieldset.facet input[value='{value}']").first.check()
    expect(page.locator(".chips")).to_contain_text(re.compile(rf"{facet}: [^×]*{value}"))


def fill_application(page: Page, firm: str = "Dora Stones", **differing: str) -> None:
    """Fill the form of an application but its papers."""
    page.goto("/join/")
    said = {
        "Company name": firm,
        "Registration number": "0123.456.749",
        "Street and number": "Hoveniersstraat 2",
        "City": "Antwerp",
        "Bank reference": "KBC, Antwerp",
        "Trade references": "Asha Gems, Surat",
        "Your name": "Dora Dorn",
        "Your telephone": "+32 3 123 45 67",
        "Your e-mail address": "dora@dora.example",
    }
    for label, text in (said | differing).items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Country", exact=True).select_option("BE")
    page.get_by_role("radio", name="Dealer", exact=True).check()
    page.get_by_role("radio", name="2 to 9 people").check()
    for box in ("Natural polished", "Buy"):
        page.get_by_role("checkbox", name=box, exact=True).check()


def apply(page: Page, firm: str = "Dora Stones") -> str:
    """Send an application; the path of the applicant's own page."""
    fill_application(page, firm)
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("heading", name="Your application", exact=True).wait_for()
    return urlsplit(page.url).path


def load_list(omar: Page, file: Path, name: str = "Test list") -> None:
    """Load a list of names, and wait until everybody was compared with it."""
    omar.goto("/vetting/lists/")
    omar.get_by_label("Name of the list").fill(name)
    omar.get_by_label("File", exact=True).set_input_files(file)
    omar.get_by_role("button", name="Load the list").click()
    omar.get_by_text("is in force.").wait_for()
    for _ in range(100):
        if not omar.get_by_text("being compared").count():
            return
        omar.wait_for_timeout(200)
        omar.goto("/vetting/lists/")


def last_part(address: str | None) -> str:
    """The public id at the end of an address."""
    return (address or "").rstrip("/").rpartition("/")[2]


def add_branch(owner: Page) -> str:
    """Add a branch on the page of branches; its public id."""
    owner.goto("/account/branches/add/")
    owner.get_by_label("Name").fill("Antwerp office")
    owner.get_by_label("Street and number").fill("Hoveniersstraat 2")
    owner.get_by_label("City").fill("Antwerp")
    owner.get_by_label("Country").select_option("BE")
    owner.get_by_label("Goods are sent there").check()
    owner.get_by_role("button", name="Add the branch").click()
    return last_part(owner.get_by_role("link", name="Change Antwerp office").get_attribute("href"))


def invite(owner: Page, name: str, email: str) -> None:
    """Invite a trader on the page of colleagues."""
    owner.goto("/account/colleagues/invite/")
    owner.get_by_label("Name", exact=True).fill(name)
    owner.get_by_label("E-mail address").fill(email)
    owner.get_by_role("radio", name=re.compile("Trader")).check()
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_role("status")).to_contain_text(f"on its way to {email}")
