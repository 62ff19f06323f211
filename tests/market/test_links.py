"""Links of listings are looked at from outside, politely; a dead one is told with what was found and when."""

import socket
from datetime import timedelta
from typing import Any

import pytest

from bourse.kit.fetch import Resolver, look
from bourse.kit.refusal import Refusal
from bourse.market.actions import add_film, check_links
from bourse.market.actions import links as looking
from bourse.market.links import NOT_OURS, Seen, after
from bourse.market.models import LinkCheck, LinkWatch, Listing
from bourse.market.queries import links_of
from bourse.market.queries.stock_table import stock_counts, stock_lines
from bourse.market.stock_filter import Health, StockFilter
from bourse.members.models import Company
from cast import NOON, Cast
from kit import hostile
from kit.conftest import Serve
from kit.web import HOST, LOOPBACK, Answer, Listener, Names
from market.offering import offered

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PICTURE, FILM, REPORT = (f"https://{HOST}/{name}" for name in ("a.jpg", "a.mp4", "a.pdf"))
DEAD = StockFilter(health=(Health.DEAD_LINK,))


@pytest.fixture(autouse=True)
def a_few_a_minute(settings: Any) -> None:
    settings.LINK_CHECKS_A_DAY = 14_400


def there(status: int = 200, content: bytes = b"x" * 100_000) -> Answer:
    return lambda request: request.send(content, status)


def state(address: str = PICTURE) -> tuple[str, int]:
    found = LinkCheck.objects.get(address=address)
    return found.state, found.failures


def test_links_are_known_looked_at_and_looked_at_again_a_fortnight_later(cast: Cast, serve: Serve) -> None:
    web, names = serve({"/a.jpg": there(), "/a.mp4": there(206), "/a.pdf": there()})
    stone = offered(cast.asha, image_urls=[PICTURE], video_urls=[FILM], certificate_url=REPORT)
    assert check_links(resolver=names, now=NOON) == 3
    assert check_links(resolver=names, now=NOON + DAY) == 0
    links = links_of(cast.vera, stone.public_id)
    assert sorted((link.kind, link.state, link.why, link.checked_at) for link in links) == [
        (kind, "found", "", NOON) for kind in ("certificate", "film", "picture")
    ]
    assert {link.next_at for link in links} == {NOON + 14 * DAY}
    assert {request.headers["Range"] for request in web.heard} == {"bytes=0-0"}
    assert links_of(cast.ben, stone.public_id) == links_of(cast.omar, stone.public_id) == []
    assert check_links(resolver=names, now=NOON + 14 * DAY) == 3


def test_a_link_is_dead_after_three_failures_and_says_so_to_its_own_company(cast: Cast, serve: Serve) -> None:
    web, names = serve({"/a.jpg": there(404)})
    stone = offered(cast.asha, image_urls=[PICTURE], certificate_url="http://old.example/a.pdf")
    for at, expected in ((NOON, ("failing", 1)), (NOON + HOUR, ("failing", 2))):
        assert check_links(resolver=names, now=at) == 1
        assert (state(), stock_counts(cast.asha, DEAD).total) == (expected, 0)
    assert check_links(resolver=names, now=NOON + 2 * HOUR) == 0  # the second time it waits for six hours
    assert check_links(resolver=names, now=NOON + 7 * HOUR) == 1
    assert (state(), stock_counts(cast.asha, DEAD).total) == (("dead", 3), 1)
    (row,) = stock_lines(cast.asha, DEAD).rows
    assert row.health == (Health.DEAD_LINK,)
    (dead,) = row.dead_links
    assert (dead.address, dead.failing_since, dead.checked_at) == (PICTURE, NOON, NOON + 7 * HOUR)
    assert dead.why == f"{HOST} has no file at this address (status 404). Copy the address anew."
    assert stock_counts(cast.ben, DEAD).total == 0
    web.answers["/a.jpg"] = there()
    assert check_links(resolver=names, now=NOON + 7 * HOUR + DAY) == 1
    assert (state(), stock_counts(cast.asha, DEAD).total) == (("found", 0), 0)
    assert LinkCheck.objects.get(listing=stone, kind="certificate").why == NOT_OURS


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, "found"),
        (206, "found"),
        (403, "not_checked"),
        (429, "not_checked"),
        (404, "failing"),
        (503, "failing"),
    ],
)
def test_what_a_server_answers_is_told_apart(cast: Cast, serve: Serve, status: int, expected: str) -> None:
    _, names = serve({"/a.jpg": there(status)})
    offered(cast.asha, image_urls=[PICTURE])
    check_links(resolver=names, now=NOON)
    assert state()[0] == expected


def test_a_listing_that_changes_its_links_is_looked_at_for_the_new_ones_alone(
    cast: Cast, serve: Serve
) -> None:
    _, names = serve({"/a.jpg": there(404), "/b.jpg": there()})
    stone, other = offered(cast.asha, image_urls=[PICTURE]), f"https://{HOST}/b.jpg"
    add_film(actor=cast.asha, listing_id=stone.public_id, address=other, now=NOON)
    check_links(resolver=names, now=NOON)
    Listing.objects.update(image_urls=[], revision=LinkWatch.objects.get().revision + 1)
    check_links(resolver=names, now=NOON)
    assert list(LinkCheck.objects.values_list("address", "state")) == [(other, "found")]
    Listing.objects.update(is_live=False, ended_at=NOON, revision=LinkWatch.objects.get().revision + 1)
    check_links(resolver=names, now=NOON)
    assert not LinkCheck.objects.exists()


def test_of_one_host_ten_are_looked_at_a_minute_and_a_silent_one_holds_up_nobody(
    cast: Cast, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, names = serve({f"/{number}": there() for number in range(25)}, **{"silent.example": []})
    addresses = [f"https://{HOST}/{number}" for number in range(25)]
    offered(cast.asha, image_urls=[f"https://silent.example/{number}" for number in range(25)] + addresses)
    assert [check_links(resolver=names, now=NOON + timedelta(minutes=at)) for at in range(4)] == [
        12,
        12,
        7,
        0,
    ]
    assert LinkCheck.objects.filter(state="found").count() == 25
    assert names.asked.count("silent.example") == 6  # two of each run, until all were taken


def test_a_company_with_one_change_of_very_many_listings_is_known_slice_by_slice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    _, names = serve({})
    for number in range(5):
        offered(cast.asha, f"A-{number}", f"700000000{number}", image_urls=[f"http://a.example/{number}"])
    Listing.objects.update(revision=99)
    monkeypatch.setattr(looking, "_KNOW", looking._KNOW.replace("LIMIT 2000", "LIMIT 2"))
    counts = []
    for _ in range(4):
        check_links(resolver=names, now=NOON)
        counts.append(LinkCheck.objects.count())
    assert counts == [2, 4, 5, 5]


def test_no_hostile_link_makes_a_door_inside_hear_a_knock(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, typed = Listener(), [one for one in hostile.addresses() if "\0" not in one]
    names = Names(inside.port, **{"feeds.example": [LOOPBACK], "nip.example": [LOOPBACK]})
    offered(cast.asha, image_urls=[one for one in typed if one], video_urls=["https://nip.example/a.mp4"])
    monkeypatch.setattr(looking, "_TAKE", looking._TAKE.replace("%(per_host)s", "1000"))
    monkeypatch.setattr(looking, "SILENT_AFTER", 1_000)
    for _ in range(2):
        check_links(resolver=names, now=NOON)
    assert inside.knocks() == 0
    assert not LinkCheck.objects.filter(state__in=("waiting", "found")).exists()
    assert list(LinkCheck.objects.filter(state="failing").values_list("address", flat=True)) == [
        "https://nip.example/a.mp4"
    ]
    assert names.asked == ["nip.example"]
    inside.close()


def test_the_real_resolver_asks_no_name_server_for_a_hostile_link(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: asked.append(given) or [])
    for address in hostile.addresses():
        with pytest.raises(Refusal):
            look(address, resolver=Resolver())
    assert asked == []


@pytest.mark.parametrize("why", ["switched off", "sample", "suspended"])
def test_nothing_is_looked_at(
    cast: Cast, serve: Serve, settings: Any, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    web, names = serve({"/a.jpg": there()})
    offered(cast.asha, image_urls=[PICTURE])
    if why == "switched off":
        settings.LINK_CHECKS_A_DAY = 0
    elif why == "sample":
        monkeypatch.setattr(looking, "holds_sample", lambda: True)
    else:
        Company.objects.filter(pk=cast.asha.company_id).update(suspended_at=NOON, suspended_because="x")
    assert check_links(resolver=names, now=NOON) == 0
    assert not LinkCheck.objects.exists() and web.heard == []


def test_after_is_the_whole_table_of_moves() -> None:
    gone, barred, there = Seen(False, "gone"), Seen(True, "barred"), Seen(False, "")
    first = after(gone, failures=0, failing_since=None, now=NOON)
    assert (first["state"], first["failures"], first["next_at"]) == ("failing", 1, NOON + HOUR)
    again = after(gone, failures=7, failing_since=NOON, now=NOON + DAY)
    assert (again["state"], again["failing_since"], again["next_at"]) == ("dead", NOON, NOON + 2 * DAY)
    for seen, state in ((barred, "not_checked"), (there, "found")):
        told = after(seen, failures=7, failing_since=NOON, now=NOON)
        assert (told["state"], told["failures"], told["failing_since"]) == (state, 0, None)
