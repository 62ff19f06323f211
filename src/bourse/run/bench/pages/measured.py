"""The figures of pages, out of the browser's own performance entries."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bourse.run.bench import Figures
from bourse.run.bench.catalogue.house import House, Member
from bourse.run.browser import find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PATHS = (
    "/",
    "/search/",
    "/search/?shape=Round&ct=1.00-1.49&colour=D&colour=E",
    "/search/?growth=both&sort=ppc",
    "/search/?q=1.0-1.2 G VS GIA EX none",
    "/search/columns/",
    "STONE",
    "/listings/",
    "/listings/upload/",
    "/listings/uploads/",
    "/listings/template/",
    "/account/display/",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 720}
SLOWER, LATENCY_MS, BYTES_PER_S = 4, 150, 1_600_000 // 8
SETTLED_MS = 400
WATCH = """
window.seen = {lcp: 0, cls: 0, events: {}};
const watch = (type, each, more) => new PerformanceObserver(
  (list) => list.getEntries().forEach(each)).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
watch("event", ({interactionId: id, duration}) => {
  if (id) seen.events[id] = Math.max(seen.events[id] ?? 0, duration);
}, {durationThreshold: 16});
"""


def all_of(house: House, pages: int, actions: int) -> Figures:
    """Every figure of so many pages and actions, one browser after the other."""
    member = house.member("ben")
    paths = _paths(member)[:pages]
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        phone = _paints(browser, member, paths, PHONE, is_slow=True)
        desk = _paints(browser, member, paths, DESK, is_slow=False)
        waits, answers, weight = _acted(browser, member, actions)
        browser.close()
    shifts = [shift for _, shift in [*phone, *desk]]
    return {
        "phone_lcp_p75_ms": _share([paint for paint, _ in phone], 0.75),
        "desk_lcp_p75_ms": _share([paint for paint, _ in desk], 0.75),
        "cls_p75": _share(shifts, 0.75),
        "cls_max": max(shifts),
        "action_p75_ms": _share(waits, 0.75),
        "action_p98_ms": _share(waits, 0.98),
        "results_p75_ms": _share(answers, 0.75),
        "results_p98_ms": _share(answers, 0.98),
        "search_script_kib": weight / 1024,
    }


@contextmanager
def _signed_in(browser: Browser, member: Member, size: dict[str, int]) -> Iterator[BrowserContext]:
    width, height = size["width"], size["height"]
    context = browser.new_context(base_url=member.root, viewport={"width": width, "height": height})
    for cookie in member.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": member.root}])
    context.add_init_script(WATCH)
    yield context
    context.close()


def _paints(
    browser: Browser, member: Member, paths: list[str], size: dict[str, int], *, is_slow: bool
) -> list[tuple[float, float]]:
    """The largest paint and the shifts of each page, each opened with nothing in the browser's memory."""
    found = []
    for path in paths:
        with _signed_in(browser, member, size) as context:
            page = context.new_page()
            if is_slow:
                _slow_down(context, page)
            page.goto(path, wait_until="load")
            page.wait_for_timeout(SETTLED_MS)
            found.append((float(page.evaluate("seen.lcp")), float(page.evaluate("seen.cls"))))
    return found


def _paths(member: Member) -> list[str]:
    found = re.search(r'href="(/stones/[a-z0-9]+/)"', member.get("/search/").decode())
    return [found[1] if path == "STONE" and found else path for path in PATHS]


def _slow_down(context: BrowserContext, page: Page) -> None:
    wire = context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    speed = {"downloadThroughput": BYTES_PER_S, "uploadThroughput": BYTES_PER_S}
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed})


def _acted(browser: Browser, member: Member, actions: int) -> tuple[list[float], list[float], float]:
    """How long each action waited for a paint and for its results, and the bytes of the page's scripts."""
    answers = []
    with _signed_in(browser, member, DESK) as context:
        page = context.new_page()
        scripts: list[int] = []
        page.on("requestfinished", lambda one: scripts.append(one.sizes()["responseBodySize"])
                if one.resource_type == "script" else None)  # fmt: skip
        page.goto("/search/", wait_until="networkidle")
        for kind, target in islice(cycle(_steps()), actions):
            began = time.perf_counter()
            if _act(page, kind, target):
                page.wait_for_selector(".results:not([aria-busy])")
                answers.append((time.perf_counter() - began) * 1000)
        page.wait_for_timeout(SETTLED_MS)
        waits = [float(wait) for wait in page.evaluate("Object.values(seen.events)")]
    quick = [0.0] * max(0, actions - len(waits))  # the browser keeps no entry of what took less than 16 ms
    return [*waits, *quick], answers, float(sum(scripts))


def _steps() -> Iterator[tuple[str, str]]:
    """A dealer's hand over the search, over and over: each choice is taken back a little later."""
    for _ in range(2):
        for name, value in (("colour", "G"), ("clarity", "VS1"), ("shape", "Round"), ("colour", "H")):
            yield "press", f"[data-filters] input[name={name}][value={value}]"
            yield "key", "j"
            yield "key", "j"
            yield "key", "k"


def _act(page: Page, kind: str, target: str) -> bool:
    """Do it; whether it changes the results."""
    if kind == "key":
        page.evaluate("document.activeElement.matches('input') && document.activeElement.blur()")
        page.keyboard.press(target)
        return False
    page.locator(target).first.click()
    return True


def _share(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    placed = sorted(values)
    return placed[min(len(placed) - 1, int(len(placed) * share))] if placed else 0.0
