"""A company's feeds through the pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bourse.kit.fetch import Fetched, Resolver
from bourse.market import actions
from bourse.market.actions import feed_runs
from bourse.market.models import Feed, Listing, Upload
from bourse.market.queries import FeedView
from bourse.members.actor import Actor
from bourse.members.models import Company
from cast import NOON, Cast
from market.files import A1, A2, like, listed, many, stock_file
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "https://feeds.example/stock.csv?key=sesame"
FILLED = {"name": "Office", "address": ADDRESS, "mode": "add_and_update", "every_minutes": "60"}


def added(actor: Actor, **changes: Any) -> FeedView:
    given: dict[str, Any] = {"name": "Office", "kind": "url", "address": ADDRESS, "mode": "replace_all"}
    return actions.add_feed(actor=actor, now=NOON, **given | {"every_minutes": 60} | changes)


def brought(view: FeedView, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that finds this file; it is read and finished at once."""
    monkeypatch.setattr(feed_runs, "fetch", lambda *_, **__: Fetched(content, "stock.csv", ""))
    found = Feed.objects.get(public_id=view.public_id)
    actions.run_feed(feed_id=found.pk, resolver=Resolver(), now=NOON)
    upload = Upload.objects.get(feed=found)
    if upload.state == "waiting":
        actions.read_upload(upload_id=upload.pk, now=NOON)
    actions.finish_feed_upload(upload_id=upload.pk, now=NOON)


def test_a_trader_sets_up_a_feed(browse: Browse, cast: Cast) -> None:
    client = browse(cast.tara)
    assert '<a class="button first" href="/listings/feeds/add/">' in text_of(client.get("/listings/feeds/"))
    assert "Minutes from one run to the next" in text_of(client.get("/listings/feeds/add/"))
    answer = client.post("/listings/feeds/add/", FILLED | {"every_minutes": "1,440"})
    feed = Feed.objects.get()
    assert answer["Location"] == f"/listings/feeds/{feed.public_id}/"
    assert (feed.kind, feed.address, feed.mode, feed.every_minutes) == (
        "url",
        ADDRESS,
        "add_and_update",
        1440,
    )
    assert (feed.company_id, feed.person_id) == (cast.tara.company_id, cast.tara.person_id)
    page = text_of(client.get(answer["Location"]))
    assert "<b>It has brought no file yet.</b> It runs within a minute." in page
    assert "Set up. It runs within a minute." in page
    assert "<dd>every 1,440 minutes</dd>" in page
    assert f'value="{ADDRESS}"' in page
    listing = text_of(client.get("/listings/feeds/"))
    assert f'<a href="/listings/feeds/{feed.public_id}/">Office</a>' in listing


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Give the feed a name, for example where its file comes from"),
        ({"address": ""}, "address", "Enter the address of the file, which begins with https://"),
        (
            {"address": "http://feeds.example/?key=typed"},
            "address",
            "Only addresses that begin with https:// are fetched. Use the https form of this one.",
        ),
        (
            {"address": "https://10.0.0.1/"},
            "address",
            "The address names its server by a number. Use the server's name.",
        ),
        ({"mode": ""}, "mode", "Say whether the file is the whole stock or a part of it"),
        ({"every_minutes": "often"}, "every_minutes", "Enter a whole number of minutes, for example 60"),
        ({"every_minutes": "4"}, "every_minutes", "A feed runs every 5 to 10,080 minutes, not every 4."),
    ],
)
def test_what_is_wrong_is_said_at_its_box_with_the_input_kept(
    browse: Browse, cast: Cast, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = browse(cast.asha).post("/listings/feeds/add/", FILLED | changes)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "<title>Error: Set up a feed" in page
    assert f'<a href="#feed_{field}">{sentence}</a>' in page
    assert f'id="feed_{field}_error"' in page
    kept = FILLED | changes
    assert all(f'value="{kept[name]}"' in page for name in ("name", "address", "every_minutes") if kept[name])
    assert not Feed.objects.exists()


def test_a_watched_folder_is_offered_by_its_name(browse: Browse, cast: Cast, settings: Any) -> None:
    house = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    client = browse(cast.asha)
    assert "It lies in our folder" not in text_of(client.get("/listings/feeds/add/"))
    settings.FEEDS_FOLDER = "/srv/feeds"
    page = text_of(client.get("/listings/feeds/add/"))
    assert f"It lies in our folder on this exchange, {house}" in page
    assert "/srv/feeds" not in page
    missing = client.post("/listings/feeds/add/", FILLED)
    assert "Say whether the file is fetched or taken from your folder" in text_of(missing)
    answer = client.post("/listings/feeds/add/", FILLED | {"kind": "folder"})
    feed = Feed.objects.get()
    assert (feed.kind, feed.address) == ("folder", "")
    page = text_of(client.get(answer["Location"]))
    assert f"<dd>Folder {house}</dd>" in page
    assert "feed_address" not in page
    again = client.post("/listings/feeds/add/", FILLED | {"kind": "folder"})
    assert again.status_code == 409
    assert "Your company's folder is watched already. Change that feed." in text_of(again)


def test_a_feed_is_changed_on_its_page(browse: Browse, cast: Cast) -> None:
    view = added(cast.asha)
    address = f"/listings/feeds/{view.public_id}/change/"
    wrong = browse(cast.tara).post(address, FILLED | {"name": "Vault", "address": "ftp://feeds.example/"})
    assert (wrong.status_code, Feed.objects.get().name) == (422, "Office")
    assert 'value="ftp://feeds.example/"' in text_of(wrong)
    assert "<title>Error: Feed: Office" in text_of(wrong)
    answer = browse(cast.tara).post(address, FILLED | {"name": "Vault", "every_minutes": "15"})
    assert answer["Location"] == f"/listings/feeds/{view.public_id}/"
    feed = Feed.objects.get()
    assert (feed.name, feed.mode, feed.every_minutes) == ("Vault", "add_and_update", 15)
    assert feed.person_id == cast.tara.person_id


def test_a_feed_is_paused_let_run_and_removed(browse: Browse, cast: Cast) -> None:
    view = added(cast.asha)
    home, client = f"/listings/feeds/{view.public_id}/", browse(cast.tara)
    page = text_of(client.get(home))
    assert f'action="{home}pause/"' in page and f'action="{home}run/"' in page
    assert client.post(f"{home}pause/")["Location"] == home
    page = text_of(client.get(home))
    assert "<b>Paused.</b> Somebody of your company let it rest." in page
    assert f'action="{home}resume/"' in page and f'action="{home}run/"' not in page
    client.post(f"{home}resume/")
    assert "It runs again, from now on in your name." in text_of(client.get(home))
    assert client.post(f"{home}run/")["Location"] == home
    assert client.post(f"{home}remove/")["Location"] == "/listings/feeds/"
    assert "The feed Office is removed. Your stock is as it was." in text_of(client.get("/listings/feeds/"))
    assert client.get(home).status_code == 404


def test_what_waits_is_said_with_its_reason_and_its_file(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(cast.asha, *many(4))
    view = added(cast.asha)
    brought(view, stock_file(*many(1)), monkeypatch)
    upload = Upload.objects.get(kind="feed")
    page = text_of(browse(cast.tara).get(f"/listings/feeds/{view.public_id}/"))
    assert (
        "<b>Waits for a person.</b> It takes 3 of your 4 listings down. Confirm it if that is meant, or give "
        "it up. Nothing of its last file is live, and the feed rests until it is decided."
    ) in page
    assert f'<a href="/listings/uploads/{upload.public_id}/">The last file: stock.csv</a>' in page
    assert "run/" not in page
    assert ">Waits for a person</td>" in text_of(browse(cast.vera).get("/listings/feeds/"))
    assert Listing.objects.filter(is_live=True).count() == 4


def test_a_run_without_a_file_is_told(browse: Browse, cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.FEEDS_FOLDER = str(tmp_path)
    view = added(cast.asha, kind="folder")
    actions.run_feed(feed_id=Feed.objects.get().pk, resolver=Resolver(), now=NOON)
    page = text_of(browse(cast.tara).get(f"/listings/feeds/{view.public_id}/"))
    assert (
        "<b>It has brought no file yet.</b> "
        "At its last run there was none that stood still for half a minute."
    ) in page
    assert "<dd>24 Nov 2026, 12:00 UTC</dd>" in page


def test_what_went_live_is_counted(browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(cast.asha, A1)
    view = added(cast.asha)
    brought(view, stock_file(like(A1, price="6868"), A2), monkeypatch)
    page = text_of(browse(cast.tara).get(f"/listings/feeds/{view.public_id}/"))
    said = "Its last file: 1 new, 1 changed, 0 removed, 0 unchanged, 0 refused."
    assert f"<b>It runs.</b> {said}" in page


def test_a_failure_is_told_in_words(browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    view = added(cast.asha)
    brought(view, b"<html><body>Please sign in</body></html>", monkeypatch)
    page = text_of(browse(cast.vera).get(f"/listings/feeds/{view.public_id}/"))
    assert f"<b>1 failure.</b> {Feed.objects.get().last_error}" in page


LOOKS: list[Callable[[str], str]] = [lambda _: "/listings/feeds/", lambda key: f"/listings/feeds/{key}/"]
POSTS = ["change", "pause", "resume", "run", "remove"]


def test_a_viewer_looks_and_sees_no_key(browse: Browse, cast: Cast) -> None:
    view = added(cast.asha)
    client = browse(cast.vera)
    for look in LOOKS:
        page = text_of(client.get(look(view.public_id)))
        assert "https://feeds.example/…" in page
        assert "sesame" not in page
        assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert client.get("/listings/feeds/add/").status_code == 403
    for order in POSTS:
        assert client.post(f"/listings/feeds/{view.public_id}/{order}/", FILLED).status_code == 403
    assert Feed.objects.get().is_paused is False


def test_a_stranger_finds_nothing_and_changes_nothing(browse: Browse, cast: Cast) -> None:
    view = added(cast.asha)
    before = list(Feed.objects.values())
    client = browse(cast.ben)
    assert "Office" not in text_of(client.get("/listings/feeds/"))
    assert client.get(f"/listings/feeds/{view.public_id}/").status_code == 404
    for order in POSTS:
        assert client.post(f"/listings/feeds/{view.public_id}/{order}/", FILLED).status_code == 404
    assert browse(None).get("/listings/feeds/").status_code == 302
    assert list(Feed.objects.values()) == before


def test_an_address_that_takes_a_form_leads_to_the_page_when_it_is_loaded(browse: Browse, cast: Cast) -> None:
    view = added(cast.asha)
    for order in POSTS:
        answer = browse(cast.asha).get(f"/listings/feeds/{view.public_id}/{order}/")
        assert answer["Location"] == f"/listings/feeds/{view.public_id}/"
    assert Feed.objects.get().next_at == NOON
