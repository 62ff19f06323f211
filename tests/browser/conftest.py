"""A real ./bourse with its own database, and people at real browsers.

The house is opened once a run by the pages themselves: Omar follows the link that the first start prints,
admits two companies and adds their people, who set their passwords by the links that he hands them.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from browser.pages import Examples
from browser.steps import (
    add,
    add_branch,
    admit,
    answer,
    apply,
    begin,
    confirm,
    invite,
    last_part,
    load_list,
    send,
    set_password,
    set_up_feed,
    set_up_webhook,
    undo,
)
from browser.stock import rapnet_like, stone
from notices.mailbox import Mailbox, running
from run.house import Installation, installation, wait_for

CHROMIUM = os.environ.get("BOURSE_CHROMIUM", "/usr/bin/chromium")
# No sandbox inside a container's own, and none of the talk with the world that chromium starts by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMPANIES = {
    "Asha Gems": {"asha": "owner", "tara": "trader", "vera": "viewer"},
    "Ben and Bea": {"ben": "owner", "bea": "trader"},
}
UNREADABLE = "AG-900,Blob,1.00,Q9,VX,,,,,,,,,,,,,,5000\n"


@dataclass(frozen=True)
class Post:
    """A mail server on this machine."""

    box: Mailbox
    address: str

    def link_for(self, email: str, path: str) -> str:
        """The path of this kind in the last mail to the address, as soon as it is there."""
        found: list[str] = []

        def has_come() -> bool:
            for mail in self.box.mails:
                plain = mail.get_body(("plain",))
                if mail["To"] == email and plain is not None:
                    found.extend(re.findall(rf"{path}[\w-]{{43}}/", plain.get_content()))
            return bool(found)

        wait_for(has_come)
        return found[-1]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def post() -> Iterator[Post]:
    """The mail server of the house: what it is sent can be read."""
    box = Mailbox()
    with running(box) as address:
        yield Post(box, f"smtp://{address}")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Installation]:
    """./bourse without a sample, on its own port."""
    home = tmp_path_factory.mktemp("browser") / "house"
    # A watched folder, so that a feed of an example asks nobody's server.
    folder = tmp_path_factory.mktemp("feeds")
    with installation(home, "--empty", BOURSE_FEEDS_FOLDER=str(folder), BOURSE_SMTP=post.address) as started:
        wait_for(started.answers)
        yield started


@dataclass
class House:
    """The running installation, and what lets somebody come in."""

    url: str
    passes: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="session")
def house(installed: Installation, browser: Browser) -> House:
    """The house with its operator, two companies and their people."""
    opened = House(f"http://localhost:{installed.port}")
    context = browser.new_context(base_url=opened.url)
    omar = context.new_page()
    first = re.findall(r"http://\S+/account/link/\S+", installed.line)[0]
    set_password(omar, first, "Omar", "omar@house.example")
    opened.passes["omar"] = context.storage_state()
    for company, people in COMPANIES.items():
        for name, link in admit(omar, company, people).items():
            joined = browser.new_context(base_url=opened.url)
            set_password(joined.new_page(), link, name.title())
            opened.passes[name] = joined.storage_state()
            joined.close()
    context.close()
    return opened


class People:
    """Opens pages as somebody; all of them are closed by `leave`."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser, self._house = browser, house
        self._open: list[BrowserContext] = []

    def __call__(self, name: str | None, **how: Any) -> Page:
        """A page on which somebody is signed in, or nobody; `how` sets size, colours, scripts."""
        state = self._house.passes[name] if name else None
        context = self._browser.new_context(base_url=self._house.url, storage_state=state, **how)
        context.set_default_timeout(10_000)
        self._open.append(context)
        return context.new_page()

    def leave(self) -> None:
        """Close every browser."""
        for context in self._open:
            context.close()


@pytest.fixture
def as_(browser: Browser, house: House) -> Iterator[People]:
    """`as_("asha")` is a page on which Asha is signed in."""
    people = People(browser, house)
    yield people
    people.leave()


@dataclass(frozen=True)
class Stocked:
    """Asha's first upload, and her live stones."""

    upload: str
    stones: list[str]


@pytest.fixture(scope="session")
def stocked(browser: Browser, house: House, tmp_path_factory: pytest.TempPathFactory) -> Stocked:
    """Asha's stock, live: uploaded, its question answered, its changes confirmed."""
    file = tmp_path_factory.mktemp("stock") / "asha_stock.csv"
    file.write_text(rapnet_like())
    people = People(browser, house)
    asha = people("asha")
    send(asha, file)
    answer(asha, "The prices are per carat.")
    confirm(asha, "Put 30 stones live")
    upload = last_part(asha.url)
    asha.goto("/listings/")
    links = asha.locator("tbody th a").all()
    stones = [last_part(link.get_attribute("href")) for link in links]
    people.leave()
    return Stocked(upload, stones)


@pytest.fixture(scope="session")
def examples(
    browser: Browser, house: House, stocked: Stocked, tmp_path_factory: pytest.TempPathFactory
) -> Examples:
    """Something of every kind that an address names."""
    people, folder = People(browser, house), tmp_path_factory.mktemp("examples")
    asha, uploads = people("asha"), []
    # Under another head the same stones are another layout, which is asked about; the other lost half.
    files = {
        "asking.csv": rapnet_like().replace("Price\r\n", "Amount\r\n", 1),
        "ready.csv": rapnet_like(range(12), AG_003="4100") + UNREADABLE,
    }
    for name, text in files.items():
        (folder / name).write_text(text)
        send(asha, folder / name)
        uploads.append(last_part(asha.url))
    (folder / "letter.csv").write_text("Dear Asha,\nno stone in here.\n")
    begin(asha, folder / "letter.csv")
    asha.get_by_text("The file was not taken.").wait_for()
    refused, restore = last_part(asha.url), undo(asha, stocked.upload)
    feed, webhook = set_up_feed(asha), set_up_webhook(asha)
    branch = add_branch(asha)
    invite(asha, "Rika", "rika@house.example")
    out = asha.get_by_role("link", name="Take out Vera").get_attribute("href") or ""
    colleague = last_part(out.removesuffix("remove/"))
    # Another company says another colour of one of the same stones; somebody looks at cards.
    ben, vera = people("ben"), people("vera")
    contrary = rapnet_like(range(29, 30)).replace("Price\r\n", "Price Per Carat\r\n").replace("AG-", "BB-")
    (folder / "contrary.csv").write_text(contrary.replace(f",{stone(29)['Color']},", ",D,"))
    send(ben, folder / "contrary.csv", "A part of my stock")
    confirm(ben, "Put 1 stone live")
    vera.goto("/search/")
    vera.get_by_role("button", name="Cards").click()
    omar = people("omar")
    omar.goto("/members/")
    omar.locator("tbody th a").first.click()
    company, link = last_part(omar.url), last_part(add(omar, "lena", "viewer"))
    applicant, application, hit = _applied(people, folder)
    people.leave()
    return Examples(
        applicant=applicant,
        application=application,
        hit=hit,
        own_stone=stocked.stones[0],
        other_stone=stocked.stones[1],
        asking=uploads[0],
        ready=uploads[1],
        confirmed=stocked.upload,
        refused=refused,
        restore=restore,
        company=company,
        branch=branch,
        colleague=colleague,
        link=link,
        feed=feed,
        webhook=webhook,
    )


def _applied(people: People, folder: Path) -> tuple[str, str, str]:
    """An applicant's page, the operator's page of him, and a hit on a list."""
    applicant, omar = apply(people(None), "Emil and Sons"), people("omar")
    (folder / "list.csv").write_text("name,type,id\nDorn Dora,person,1\n")
    load_list(omar, folder / "list.csv", "Example")
    hit = last_part(omar.locator("tbody th a").first.get_attribute("href"))
    omar.goto("/vetting/")
    omar.get_by_role("link", name="Emil and Sons").click()
    return applicant, last_part(omar.url), hit
