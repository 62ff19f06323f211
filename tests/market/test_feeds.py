"""A feed brings a company's file again and again, and puts live by itself only what surprises nobody."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from structlog.testing import capture_logs

from bourse.kit import clock
from bourse.kit.fetch import Fetched, Resolver
from bourse.kit.refusal import NotThere, Refusal
from bourse.kit.web_address import AddressHoldsPassword, HostIsNumber, NotHttps
from bourse.market import actions, feed_folder
from bourse.market.actions import feed_runs
from bourse.market.actions import feeds as orders
from bourse.market.models import AskChange, Feed, Listing, Upload, UploadFile
from bourse.market.queries import FeedView, feed, feeds, uploads
from bourse.market.refusals import ModeNotKnown, ViewersOnlyLook
from bourse.members.actor import Actor
from bourse.members.models import Company, Membership
from cast import NOON, Cast
from kit.conftest import Serve, authority, certificate, serve  # noqa: F401
from kit.web import HOST, Loopback, Request
from market.files import A1, A2, A3, like, listed, many, sent, stock_file

ADDRESS = f"https://{HOST}/stock.csv?key=sesame"
HOUR = timedelta(hours=1)
RunJobs = Callable[[], int]


class Source:
    """A supplier's own server, whose file the test changes."""

    def __init__(self, start: Serve) -> None:
        self.content, self.status, self.etag = stock_file(A1, A2), 200, ""
        self.web, self.resolver = start({"/stock.csv?key=sesame": self._answer})

    def _answer(self, request: Request) -> None:
        if self.etag and request.headers["If-None-Match"] == self.etag:
            request.send(b"", status=304)
        else:
            headers: dict[str, Any] = {"ETag": self.etag} if self.etag else {}
            request.send(self.content, status=self.status, **headers)

    @property
    def asked(self) -> int:
        """How often somebody asked."""
        return len(self.web.heard)


@pytest.fixture
def source(serve: Serve) -> Source:  # noqa: F811
    """Asha's server, with two stones on it."""
    return Source(serve)


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """The operator's watched folder."""
    settings.FEEDS_FOLDER = str(tmp_path)
    return tmp_path


def added(actor: Actor, **changes: Any) -> FeedView:
    """A feed by address, each hour, of a part of the stock."""
    given: dict[str, Any] = {"name": "Office", "kind": "url", "address": ADDRESS, "mode": "add_and_update"}
    return actions.add_feed(actor=actor, now=NOON, **given | {"every_minutes": 60} | changes)


def row_of(view: FeedView) -> Feed:
    return Feed.objects.get(public_id=view.public_id)


def run(view: FeedView, resolver: Resolver, run_jobs: RunJobs, now: datetime = NOON) -> None:
    """One run, and what the worker does with what it brought."""
    actions.run_feed(feed_id=row_of(view).pk, resolver=resolver, now=now)
    run_jobs()


@contextmanager
def nothing_moves() -> Iterator[None]:
    """Whatever happens within changes neither feeds nor uploads, stock or jobs."""

    def state() -> list[Any]:
        tables = (Feed, Upload, Listing, AskChange)
        return [*(list(table._default_manager.order_by("pk").values()) for table in tables), jobs()]

    before = state()
    yield
    assert state() == before


def jobs() -> list[tuple[str, str | None]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "lock"))


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_owner_and_trader_set_up_a_feed(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    view = added(actor, name="  Our   office ", address=f" {ADDRESS}#top ")
    assert view == feed(actor, view.public_id) == feeds(actor)[0]
    assert (view.name, view.kind, view.address, view.mode) == ("Our office", "url", ADDRESS, "add_and_update")
    assert (view.every_minutes, view.person_name, view.next_at) == (60, who.title(), NOON)
    assert (view.is_paused, view.last_at, view.last_error, view.failures) == (False, None, "", 0)
    assert view.last_upload is None


@pytest.mark.parametrize("who", ["vera", "omar"])
def test_a_viewer_and_the_operator_set_up_none(cast: Cast, who: str) -> None:
    with nothing_moves(), pytest.raises(ViewersOnlyLook) as caught:
        added(getattr(cast, who))
    assert str(caught.value) == "Viewers look; owners and traders set up feeds."


ORDERS: list[Callable[[Actor, str], object]] = [
    lambda actor, feed_id: actions.change_feed(
        actor=actor, feed_id=feed_id, name="x", address=ADDRESS, mode="replace_all", every_minutes=5, now=NOON
    ),
    lambda actor, feed_id: actions.pause_feed(actor=actor, feed_id=feed_id, now=NOON),
    lambda actor, feed_id: actions.resume_feed(actor=actor, feed_id=feed_id, now=NOON),
    lambda actor, feed_id: actions.remove_feed(actor=actor, feed_id=feed_id, now=NOON),
    lambda actor, feed_id: actions.run_feed_now(actor=actor, feed_id=feed_id, now=NOON),
]


@pytest.mark.parametrize("order", ORDERS)
def test_a_viewer_looks_and_a_stranger_finds_nothing(cast: Cast, order: Callable[..., object]) -> None:
    view = added(cast.asha)
    for who, kind in (("vera", ViewersOnlyLook), ("ben", NotThere), ("carl", NotThere), ("omar", NotThere)):
        with nothing_moves(), pytest.raises(kind):
            order(getattr(cast, who), view.public_id)
    with nothing_moves(), pytest.raises(NotThere):
        order(cast.asha, "none")
    assert [feeds(who) for who in (cast.ben, cast.carl, cast.omar)] == [[], [], []]


def test_the_key_in_an_address_is_for_owners_and_traders(cast: Cast) -> None:
    view = added(cast.asha)
    assert feed(cast.tara, view.public_id).address == ADDRESS
    assert feed(cast.vera, view.public_id).address == "https://feeds.example/…"
    assert feeds(cast.vera)[0].address == "https://feeds.example/…"


@pytest.mark.parametrize(
    ("changes", "kind", "sentence"),
    [
        (
            {"address": "http://feeds.example/a.csv"},
            NotHttps,
            "Only addresses that begin with https:// are fetched. Use the https form of this one.",
        ),
        (
            {"address": "https://10.0.0.7/a.csv"},
            HostIsNumber,
            "The address names its server by a number. Use the server's name.",
        ),
        (
            {"address": "https://a:b@feeds.example/"},
            AddressHoldsPassword,
            "The address holds a name or password before the server. Use one that needs none, "
            "for example with a key at its end.",
        ),
        (
            {"name": " \n "},
            orders.FeedNameMissing,
            "Give the feed a name, for example where its file comes from.",
        ),
        ({"kind": "ftp"}, orders.FeedKindNotKnown, "A feed's kind is one of: url, folder."),
        (
            {"every_minutes": 4},
            orders.FeedPaceNotAllowed,
            "A feed runs every 5 to 10,080 minutes, not every 4.",
        ),
        (
            {"every_minutes": 10_081},
            orders.FeedPaceNotAllowed,
            "A feed runs every 5 to 10,080 minutes, not every 10,081.",
        ),
        ({"mode": "all"}, ModeNotKnown, "An upload's mode is one of: add_and_update, replace_all."),
        (
            {"kind": "folder"},
            orders.NoFolderWatched,
            "This exchange watches no folder. Use an address, or ask the operator.",
        ),
    ],
)
def test_a_feed_that_cannot_be_is_refused(
    cast: Cast, settings: Any, changes: dict[str, Any], kind: type[Refusal], sentence: str
) -> None:
    settings.FEEDS_FOLDER = ""
    with nothing_moves(), pytest.raises(kind) as caught:
        added(cast.asha, **changes)
    assert str(caught.value) == sentence


def test_a_company_has_so_many_feeds_and_one_of_its_folder(cast: Cast, root: Path) -> None:
    added(cast.asha, kind="folder", address="/etc")
    with nothing_moves(), pytest.raises(orders.FolderIsFed) as folder:
        added(cast.asha, kind="folder")
    assert str(folder.value) == "Your company's folder is watched already. Change that feed."
    assert feeds(cast.asha)[0].address == ""
    for _ in range(orders.MOST_FEEDS - 1):
        added(cast.tara)
    with nothing_moves(), pytest.raises(orders.TooManyFeeds) as many_feeds:
        added(cast.asha)
    assert str(many_feeds.value) == "A company has at most 10 feeds. Remove one, or change one."
    added(cast.ben, kind="folder")


def test_a_feed_puts_its_file_live_in_the_name_of_who_set_it_up(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    view = added(cast.tara)
    run(view, source.resolver, run_jobs)
    upload = Upload.objects.get()
    assert (upload.kind, upload.state, upload.held_because) == ("feed", "confirmed", "")
    assert (upload.file_name, upload.mode, upload.person_id) == (
        "stock.csv",
        "add_and_update",
        cast.tara.person_id,
    )
    assert UploadFile.objects.get().content == source.content
    assert sorted(Listing.objects.values_list("supplier_stock_number", "is_live")) == [
        ("A-1", True),
        ("A-2", True),
    ]
    assert set(AskChange.objects.values_list("person_id", flat=True)) == {cast.tara.person_id}
    told = feed(cast.asha, view.public_id)
    assert told.last_upload is not None
    assert (told.last_at, told.last_error, told.failures) == (NOON, "", 0)
    assert (told.last_upload.state, told.last_upload.counts.new) == ("confirmed", 2)
    assert uploads(cast.ben) == []


def test_what_the_server_calls_unchanged_is_not_read_again(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    source.etag = '"v1"'
    view = added(cast.asha)
    run(view, source.resolver, run_jobs)
    run(view, source.resolver, run_jobs, NOON + HOUR)
    assert (source.asked, Upload.objects.count()) == (2, 1)
    assert feed(cast.asha, view.public_id).last_at == NOON + HOUR


def test_the_same_bytes_are_not_read_again(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    view = added(cast.asha)
    run(view, source.resolver, run_jobs)
    run(view, source.resolver, run_jobs, NOON + HOUR)
    assert (source.asked, Upload.objects.count()) == (2, 1)
    source.content = stock_file(A1, like(A2, price="1600"))
    run(view, source.resolver, run_jobs, NOON + 2 * HOUR)
    assert Upload.objects.count() == 2
    assert Listing.objects.get(supplier_stock_number="A-2").ask_cents == 160_000


def test_who_asks_for_a_run_gets_the_file_read_though_it_is_unchanged(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    source.etag = '"v1"'
    view = added(cast.asha)
    run(view, source.resolver, run_jobs)
    before = len(jobs())
    actions.run_feed_now(actor=cast.tara, feed_id=view.public_id, now=NOON)
    assert jobs()[before:] == [("market.run_feed", "feeds")]
    actions.run_feed(feed_id=row_of(view).pk, resolver=source.resolver, now=NOON)
    assert Upload.objects.count() == 2


ASKING = ("Stock #", "Shape", "Weight", "Color", "Clarity", "Price")


def held(cast: Cast, view: FeedView, source: Source, run_jobs: RunJobs) -> str:
    """Why the feed's file waits; nothing of it may be live, and the next run must bring no second one."""
    stock = list(Listing.objects.order_by("pk").values())
    run(view, source.resolver, run_jobs)
    told = feed(cast.asha, view.public_id).last_upload
    assert told is not None and told.state in ("ready", "asking")
    assert list(Listing.objects.order_by("pk").values()) == stock
    asked, brought = source.asked, Upload.objects.count()
    source.content += b"\n"
    run(view, source.resolver, run_jobs, NOON + HOUR)
    assert (source.asked, Upload.objects.count()) == (asked, brought)
    with nothing_moves(), pytest.raises(orders.FeedWaitsForPerson) as caught:
        actions.run_feed_now(actor=cast.asha, feed_id=view.public_id, now=NOON)
    assert str(caught.value) == "The last file of this feed waits. Confirm it or give it up first."
    return told.held_because


def test_a_file_that_asks_waits(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    source.content = stock_file(A1, like(A2, stock="a-1"))
    assert (
        held(cast, added(cast.asha), source, run_jobs) == "The file asks something. Answer it, then confirm."
    )
    assert Upload.objects.get().state == "asking"


def test_a_file_that_takes_much_down_waits(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    listed(cast.asha, *many(20))
    source.content = stock_file(*many(17))
    assert held(cast, added(cast.asha, mode="replace_all"), source, run_jobs) == (
        "It takes 3 of your 20 listings down. Confirm it if that is meant, or give it up."
    )


def test_a_file_that_takes_one_down_beside_a_refused_row_waits(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    listed(cast.asha, *many(40))
    kept = many(40)
    source.content = stock_file(*kept[:-1], like(kept[-1], weight="none"))
    assert held(cast, added(cast.asha, mode="replace_all"), source, run_jobs) == (
        "It takes 1 of your 40 listings down; rows of the file that are refused: 1. "
        "Confirm it if that is meant, or give it up."
    )


def test_a_file_that_takes_little_down_goes_live(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    listed(cast.asha, *many(20))
    source.content = stock_file(*many(18))
    run(added(cast.asha, mode="replace_all"), source.resolver, run_jobs)
    assert Listing.objects.filter(is_live=True).count() == 18


def test_a_file_of_which_more_than_a_tenth_is_refused_waits(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    bad = [like(row, weight="none") for row in many(2, start=100)]
    source.content = stock_file(*many(17), *bad)
    assert held(cast, added(cast.asha), source, run_jobs) == (
        "2 of its 19 rows are refused, more than one in ten. "
        "Look at them, then confirm the file or give it up."
    )
    assert not Listing.objects.exists()


def test_a_file_of_which_a_tenth_is_refused_goes_live(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    bad = [like(row, weight="none") for row in many(2, start=100)]
    source.content = stock_file(*many(18), *bad)
    run(added(cast.asha), source.resolver, run_jobs)
    assert (Listing.objects.count(), Upload.objects.get().state) == (18, "confirmed")


def test_what_waited_is_confirmed_by_a_person_and_the_feed_goes_on(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    listed(cast.asha, *many(4))
    source.content = stock_file(*many(1))
    view = added(cast.asha, mode="replace_all")
    held(cast, view, source, run_jobs)
    waiting = Upload.objects.get(kind="feed")
    actions.abandon_upload(actor=cast.tara, upload_id=waiting.public_id, now=NOON)
    source.content = stock_file(*many(5))
    run(view, source.resolver, run_jobs, NOON + 2 * HOUR)
    assert Listing.objects.filter(is_live=True).count() == 5
    told = feed(cast.asha, view.public_id).last_upload
    assert told is not None and (told.state, told.held_because) == ("confirmed", "")


NO_LONGER = (
    "Whoever set this feed up no longer trades for your company. "
    "An owner or trader lets it run again in his own name."
)


@pytest.mark.parametrize("how", ["made a viewer", "left", "closed"])
def test_a_feed_rests_once_its_person_may_no_longer_trade(
    cast: Cast, source: Source, run_jobs: RunJobs, how: str
) -> None:
    view = added(cast.tara)
    lose(cast.tara, how)
    run(view, source.resolver, run_jobs)
    told = feed(cast.asha, view.public_id)
    assert (told.is_paused, told.last_error) == (True, NO_LONGER)
    assert (source.asked, Upload.objects.count()) == (0, 0)
    actions.resume_feed(actor=cast.asha, feed_id=view.public_id, now=NOON + HOUR)
    run(view, source.resolver, run_jobs)
    told = feed(cast.asha, view.public_id)
    assert (told.is_paused, told.last_error, told.person_name) == (False, "", "Asha")
    assert Upload.objects.get().person_id == cast.asha.person_id
    assert Listing.objects.count() == 2


def test_a_file_waits_when_its_person_left_while_it_was_read(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    view = added(cast.tara)
    actions.run_feed(feed_id=row_of(view).pk, resolver=source.resolver, now=NOON)
    lose(cast.tara, "left")
    run_jobs()
    upload = Upload.objects.get()
    assert (upload.state, upload.held_because) == ("ready", NO_LONGER)
    assert not Listing.objects.exists()


def lose(actor: Actor, how: str) -> None:
    memberships = Membership.objects.filter(person_id=actor.person_id)
    match how:
        case "left":
            memberships.delete()
        case "made a viewer":
            memberships.update(role="viewer")
        case _:
            memberships.get().person.__class__.objects.filter(pk=actor.person_id).update(is_active=False)


BUSY = "feeds.example cannot answer now (status 503). It is tried again later."


def test_failures_are_told_and_each_waits_longer(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    source.status = 503
    view = added(cast.asha, every_minutes=30)
    waits = []
    for turn in range(1, 10):
        run(view, source.resolver, run_jobs)
        told = feed(cast.asha, view.public_id)
        assert (told.failures, told.last_error, told.is_paused) == (turn, BUSY, False)
        waits.append((told.next_at - NOON) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24, 24]
    run(view, source.resolver, run_jobs)
    told = feed(cast.asha, view.public_id)
    assert (told.is_paused, told.last_error) == (True, f"Paused after 10 failures in a row. {BUSY}")
    run(view, source.resolver, run_jobs)
    assert (source.asked, Upload.objects.count()) == (10, 0)


def test_one_success_ends_the_count(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    source.status = 503
    view = added(cast.asha)
    run(view, source.resolver, run_jobs)
    source.status = 200
    run(view, source.resolver, run_jobs)
    told = feed(cast.asha, view.public_id)
    assert (told.failures, told.last_error) == (0, "")
    assert Listing.objects.count() == 2


def test_a_file_that_cannot_be_read_is_a_failure_and_changes_nothing(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    listed(cast.asha, A1)
    source.content = b"<html><body>Please sign in</body></html>"
    view = added(cast.asha, mode="replace_all")
    run(view, source.resolver, run_jobs)
    upload = Upload.objects.get(kind="feed")
    told = feed(cast.asha, view.public_id)
    assert (upload.state, told.failures) == ("refused", 1)
    assert told.last_error == upload.refusal["sentence"] != ""
    assert Listing.objects.filter(is_live=True).count() == 1
    assert told.last_at is not None
    assert (row_of(view).last_sha256, told.next_at - told.last_at) == ("", 2 * HOUR)


def test_a_server_inside_is_not_asked(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    view = added(cast.asha, address="https://inside.example/")
    names = Loopback(source.web.server_port, Path("none"), **{"inside.example": ["10.0.0.7"]})
    run(view, names, run_jobs)
    assert feed(cast.asha, view.public_id).last_error == (
        "No public server has the name inside.example. Check the name; "
        "servers inside a private network are not asked."
    )
    assert (source.asked, Upload.objects.count()) == (0, 0)


@pytest.mark.parametrize("how", ["changed", "paused", "removed"])
def test_a_file_on_its_way_while_the_feed_is_changed_is_dropped(
    cast: Cast, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    view = added(cast.asha)
    order = {"changed": ORDERS[0], "paused": ORDERS[1], "removed": ORDERS[3]}[how]

    def fetched(*_: object, **__: object) -> Fetched:
        order(cast.tara, view.public_id)
        return Fetched(stock_file(A1), "stock.csv", "")

    monkeypatch.setattr(feed_runs, "fetch", fetched)
    run(view, Resolver(), run_jobs)
    assert not Upload.objects.exists()


def test_a_removed_feed_leaves_its_uploads_and_no_address(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    view = added(cast.asha)
    actions.run_feed(feed_id=row_of(view).pk, resolver=source.resolver, now=NOON)
    actions.remove_feed(actor=cast.tara, feed_id=view.public_id, now=NOON)
    run_jobs()
    upload = Upload.objects.get()
    assert (upload.feed, upload.kind, upload.state) == (None, "feed", "ready")
    assert (Feed.objects.count(), Listing.objects.count()) == (0, 0)


def test_a_changed_feed_begins_anew_in_the_name_of_who_changed_it(
    cast: Cast, source: Source, run_jobs: RunJobs
) -> None:
    source.status = 503
    view = added(cast.asha)
    run(view, source.resolver, run_jobs)
    changed = actions.change_feed(
        actor=cast.tara,
        feed_id=view.public_id,
        name="Vault",
        address="https://other.example/a.csv",
        mode="replace_all",
        every_minutes=15,
        now=NOON + HOUR,
    )
    assert (changed.name, changed.address, changed.mode) == (
        "Vault",
        "https://other.example/a.csv",
        "replace_all",
    )
    assert (changed.every_minutes, changed.person_name, changed.next_at) == (15, "Tara", NOON + HOUR)
    assert (changed.failures, changed.last_error) == (0, "")


def test_a_paused_feed_does_not_run(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    view = added(cast.asha)
    assert actions.pause_feed(actor=cast.tara, feed_id=view.public_id, now=NOON).is_paused
    assert actions.start_due_feeds(now=NOON + HOUR) == 0
    with nothing_moves(), pytest.raises(orders.FeedIsPaused) as caught:
        actions.run_feed_now(actor=cast.asha, feed_id=view.public_id, now=NOON)
    assert str(caught.value) == "This feed is paused. Let it run again first."
    with nothing_moves():
        run(view, source.resolver, run_jobs)
    assert source.asked == 0


def test_a_feed_that_is_due_gets_one_job_and_its_next_time(cast: Cast) -> None:
    view = added(cast.asha, every_minutes=30)
    added(cast.ben, every_minutes=5)
    assert actions.start_due_feeds(now=NOON - timedelta(seconds=1)) == 0
    assert actions.start_due_feeds(now=NOON) == 2
    assert actions.start_due_feeds(now=NOON + timedelta(minutes=4)) == 0
    assert jobs() == [("market.run_feed", "feeds")] * 2
    assert feed(cast.asha, view.public_id).next_at == NOON + timedelta(minutes=30)


def test_no_log_line_holds_an_address(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    with capture_logs() as lines:
        view = added(cast.asha)
        run(view, source.resolver, run_jobs)
        source.status = 503
        run(view, source.resolver, run_jobs)
    assert {"feed_brought", "feed_failed"} <= {line["event"] for line in lines}
    assert not [line for line in lines if "sesame" in str(line) or HOST in str(line)]


def test_of_two_runs_at_once_one_brings_the_file(
    cast: Cast, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The jobs' lock keeps them apart; here is the wall behind it."""
    view, running = added(cast.asha), [False]

    def fetched(*_: object, **__: object) -> Fetched:
        if not running[0]:
            running[0] = True
            actions.run_feed(feed_id=row_of(view).pk, resolver=Resolver(), now=NOON)
        return Fetched(stock_file(A1), "stock.csv", "")

    monkeypatch.setattr(feed_runs, "fetch", fetched)
    run(view, Resolver(), run_jobs)
    assert (Upload.objects.count(), Listing.objects.count()) == (1, 1)


def test_a_file_is_judged_as_if_a_person_had_sent_it(cast: Cast, source: Source, run_jobs: RunJobs) -> None:
    rows = (A1, A2, like(A3, weight="none"), like(A3, stock="A-4", report="7000000004", clarity="VX9"))
    by_hand = Upload.objects.get(public_id=sent(cast.ben, *rows).public_id)
    source.content = stock_file(*rows)
    run(added(cast.asha), source.resolver, run_jobs)
    by_feed = Upload.objects.get(kind="feed")
    assert by_feed.held_because.startswith("2 of its 4 rows are refused")
    assert (by_feed.report, by_feed.refused) == (by_hand.report, by_hand.refused)
    assert by_feed.layout == by_hand.layout


def folder_of(actor: Actor, root: Path) -> Path:
    folder = root / Company.objects.get(pk=actor.company_id or 0).public_id
    folder.mkdir(exist_ok=True)
    return folder


def test_a_file_in_the_folder_goes_live_and_is_put_away(
    cast: Cast, root: Path, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_folder, "STILL_SECONDS", 0)
    folder = folder_of(cast.asha, root)
    (folder / "stock.csv").write_bytes(stock_file(A1, A2))
    view = added(cast.asha, kind="folder")
    assert actions.start_due_feeds(now=clock.now()) == 1
    run_jobs()
    assert sorted(Listing.objects.values_list("supplier_stock_number", flat=True)) == ["A-1", "A-2"]
    told = feed(cast.vera, view.public_id)
    assert told.last_upload is not None and told.last_upload.file_name == "stock.csv"
    assert [path.name for path in folder.iterdir()] == ["taken"]
    assert [path.read_bytes() for path in (folder / "taken").iterdir()] == [stock_file(A1, A2)]


def test_an_empty_folder_is_no_failure(cast: Cast, root: Path, run_jobs: RunJobs) -> None:
    view = added(cast.asha, kind="folder")
    run(view, Resolver(), run_jobs)
    told = feed(cast.asha, view.public_id)
    assert (told.last_at, told.failures, told.last_error) == (NOON, 0, "")


def test_files_wait_their_turn_and_none_is_read_twice(cast: Cast, root: Path, run_jobs: RunJobs) -> None:
    folder = folder_of(cast.asha, root)
    for at, rows in enumerate([(A1,), (A1, A2), (A1, A2, A3)]):
        path = folder / f"{9 - at}.csv"
        path.write_bytes(stock_file(*rows))
        os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))
    view = added(cast.asha, kind="folder", mode="replace_all")
    later = clock.now() + HOUR
    counts = []
    for _ in range(4):
        run(view, Resolver(), run_jobs, later)
        counts.append(Listing.objects.filter(is_live=True).count())
        if len(counts) == 1:
            assert feed(cast.asha, view.public_id).next_at == later + timedelta(minutes=1)
    assert (counts, Upload.objects.count()) == ([1, 2, 3, 3], 3)
    assert len(list((folder / "taken").iterdir())) == 3


def test_a_run_that_died_before_it_put_the_file_away_reads_it_once(
    cast: Cast, root: Path, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(cast.asha, root)
    (folder / "stock.csv").write_bytes(stock_file(A1))
    view, later = added(cast.asha, kind="folder"), clock.now() + HOUR
    with monkeypatch.context() as patch:
        patch.setattr(feed_folder, "put_away", lambda *_: None)
        run(view, Resolver(), run_jobs, later)
    assert (folder / "stock.csv").exists()
    run(view, Resolver(), run_jobs, later)
    assert (Upload.objects.count(), Listing.objects.count()) == (1, 1)
    assert [path.name for path in folder.iterdir()] == ["taken"]


def test_a_file_stays_in_the_folder_while_another_waits_for_a_person(
    cast: Cast, root: Path, run_jobs: RunJobs
) -> None:
    listed(cast.asha, *many(4))
    folder = folder_of(cast.asha, root)
    (folder / "1.csv").write_bytes(stock_file(*many(1)))
    view, later = added(cast.asha, kind="folder", mode="replace_all"), clock.now() + HOUR
    run(view, Resolver(), run_jobs, later)
    (folder / "2.csv").write_bytes(stock_file(*many(4)))
    run(view, Resolver(), run_jobs, later)
    assert (folder / "2.csv").exists()
    assert Upload.objects.filter(kind="feed").count() == 1
    assert Listing.objects.filter(is_live=True).count() == 4


def test_an_empty_file_is_told_and_put_away(cast: Cast, root: Path, run_jobs: RunJobs) -> None:
    folder = folder_of(cast.asha, root)
    (folder / "stock.csv").write_bytes(b"")
    view = added(cast.asha, kind="folder")
    run(view, Resolver(), run_jobs, clock.now() + HOUR)
    told = feed(cast.asha, view.public_id)
    assert (told.failures, told.last_error) == (
        1,
        "stock.csv in the folder was empty. Put it there whole.",
    )
    assert ([path.name for path in folder.iterdir()], Upload.objects.count()) == (["taken"], 0)


def test_a_link_in_the_folder_is_told_and_not_followed(cast: Cast, root: Path, run_jobs: RunJobs) -> None:
    theirs = folder_of(cast.ben, root) / "stock.csv"
    theirs.write_bytes(stock_file(A1))
    (folder_of(cast.asha, root) / "stock.csv").symlink_to(theirs)
    view = added(cast.asha, kind="folder")
    run(view, Resolver(), run_jobs, clock.now() + HOUR)
    assert feed(cast.asha, view.public_id).last_error == (
        "stock.csv in the folder is no plain file of its own. Put a copy of the file there."
    )
    assert not Upload.objects.exists()
    assert theirs.read_bytes() == stock_file(A1)
