"""Take the pictures of docs/look: every page at 1440 and 390 pixels, light and dark, and the README's one.

    PYTHONPATH=src:tests python tools/contact_sheet.py [FOLDER]

It starts a bourse of its own with the sample market, comes in by the printed sign-ins, uploads made-up files,
and needs the packages of the tests and chromium.
"""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from browser.conftest import ARGUMENTS, CHROMIUM
from browser.steps import add, answer, confirm, last_part, send
from browser.stock import rapnet_like
from run.house import Installation, installation, wait_for

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")
SEARCH = "/search/?shape=Round&ct=1.00-1.49&colour=F&colour=G&colour=H&clarity=VS1&clarity=VS2&cut=Excellent"
SHEET_WIDTH = 2000
SHEET = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: #8a959e; font: 600 13px system-ui; display: grid; gap: 14px; }
div { display: grid; grid-template-columns: repeat(%d, auto); gap: 12px; justify-content: start; }
figure { margin: 0; } img { display: block; height: %dpx; } figcaption { padding: 3px 0; color: #000; }
</style>%s"""


def main(folder: Path) -> None:
    """Take every picture anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with installation(Path(work) / "house") as house:
            wait_for(house.answers)
            shots = _shots(browser, house, Path(work))
        for width in WIDTHS:
            _sheet(browser, shots, width, folder / f"pages-{width}.png")
        (folder / "search.png").write_bytes(shots["search", 1440, "light"])
        browser.close()


def _shots(browser: Browser, house: Installation, work: Path) -> dict[tuple[str, int, str], bytes]:
    """The first screen of each page in each look."""
    people = _signed_in(browser, house)
    pages = _pages(browser, people, house, work)
    taken = {}
    for theme in THEMES:
        for width, height in WIDTHS.items():
            for name, (who, path) in pages.items():
                context = browser.new_context(
                    base_url=f"http://localhost:{house.port}",
                    storage_state=people.get(who),
                    color_scheme=theme,
                    viewport={"width": width, "height": height},
                )
                page = context.new_page()
                page.goto(path)
                page.wait_for_timeout(100)
                taken[name, width, theme] = page.screenshot()
                context.close()
    return taken


def _signed_in(browser: Browser, house: Installation) -> dict[str, object]:
    """The sample's people, each with what lets him come in again."""
    people = {}
    for one in json.loads((house.home / "sample_sign_ins.json").read_text()):
        context = browser.new_context(base_url=f"http://localhost:{house.port}")
        page = context.new_page()
        page.goto("/account/sign-in/")
        page.get_by_label("E-mail address").fill(one["email"])
        page.get_by_label("Password").fill(one["password"])
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("link", name="Search", exact=True).first.wait_for()
        people[one["email"].partition("@")[0]] = context.storage_state()
        context.close()
    return people


def _pages(
    browser: Browser, people: dict[str, object], house: Installation, work: Path
) -> dict[str, tuple[str, str]]:
    """By name: who looks, and where."""
    url = f"http://localhost:{house.port}"
    asha = browser.new_context(base_url=url, storage_state=people["asha"]).new_page()
    omar = browser.new_context(base_url=url, storage_state=people["omar"]).new_page()
    asking, ready, done = _uploads(asha, work)
    asha.goto("/listings/")
    own = asha.locator("tbody th a").first.get_attribute("href") or ""
    asha.goto(SEARCH)
    other = asha.locator("tbody tr:not(.own) th a").first.get_attribute("href") or ""
    omar.goto("/members/")
    omar.locator("tbody th a").first.click()
    member, link = last_part(omar.url), last_part(add(omar, "lena", "viewer"))
    return {
        "front": ("", "/"),
        "search": ("ben", SEARCH),
        "both kinds": ("ben", "/search/?growth=both&shape=Oval&sort=-total"),
        "nothing fits": ("ben", "/search/?shape=Heart&colour=D&clarity=FL&ct=9.00-10.00"),
        "stone": ("ben", other),
        "own stone": ("asha", own),
        "own stock": ("asha", "/listings/"),
        "upload": ("asha", "/listings/upload/"),
        "questions": ("asha", f"/listings/uploads/{asking}/"),
        "changes": ("asha", f"/listings/uploads/{ready}/"),
        "live": ("asha", f"/listings/uploads/{done}/"),
        "uploads": ("asha", "/listings/uploads/"),
        "sign in": ("", "/account/sign-in/"),
        "link": ("", f"/account/link/{link}/"),
        "company": ("asha", "/account/company/"),
        "display": ("ben", "/account/display/"),
        "members": ("omar", "/members/"),
        "member": ("omar", f"/members/{member}/"),
        "not there": ("ben", "/stones/nothing/"),
    }


def _uploads(page: Page, work: Path) -> list[str]:
    """Three files on their way: one that asks, one with its changes shown, one live."""
    texts = {
        "live.csv": rapnet_like(),
        "changes.csv": rapnet_like(range(24), AG_003="4100", AG_007="3650") + "AG-900,Blob,1.00,Q9,VX\n",
        "asks.csv": rapnet_like().replace("Price\r\n", "Amount\r\n", 1),
    }
    uploads = []
    for name, text in texts.items():
        file = work / name
        file.write_text(text)
        send(page, file, "A part of my stock" if name == "live.csv" else "My whole stock")
        if name == "live.csv":
            answer(page, "The prices are per carat.")
            confirm(page, "Put 30 stones live")
        uploads.append(last_part(page.url))
    return uploads[::-1]


def _sheet(browser: Browser, shots: dict[tuple[str, int, str], bytes], width: int, file: Path) -> None:
    """All pages of one width on one picture, light above dark."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for (name, wide, theme), picture in shots.items():
            if wide == width:
                shot = Path(folder) / f"{theme}-{name}.png"
                shot.write_bytes(picture)
                figures.append(
                    f'<figure><img src="{shot.name}"><figcaption>{name}, {theme}</figcaption></figure>'
                )
        across, high = (5, 225) if width > 1000 else (13, 290)
        (Path(folder) / "sheet.html").write_text(SHEET % (across, high, f"<div>{''.join(figures)}</div>"))
        page = browser.new_page(viewport={"width": SHEET_WIDTH, "height": 600})
        page.goto(f"file://{folder}/sheet.html")
        page.screenshot(path=file, full_page=True)
        page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "look")
