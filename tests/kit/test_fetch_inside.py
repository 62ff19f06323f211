"""Nothing inside the house is reached by what a member names: a door in there hears no knock."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from bourse.kit import fetch as fetching
from bourse.kit.fetch import FetchLimits, NoPublicServer, Resolver, fetch
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import (
    AddressHoldsPassword,
    AddressNotReadable,
    HostIsNumber,
    NotHttps,
    PortNotAllowed,
    is_public,
    read_address,
)
from kit import hostile
from kit.web import LOOPBACK, Changing, Listener, Names

KINDS = {AddressHoldsPassword, AddressNotReadable, HostIsNumber, NotHttps, PortNotAllowed, NoPublicServer}
SRC = Path(fetching.__file__).parents[1]
BRIEF = FetchLimits(seconds=2)


@pytest.fixture
def inside() -> Iterator[Listener]:
    """A door inside the house."""
    listener = Listener()
    yield listener
    listener.close()


def test_the_corpus_is_as_large_as_it_has_to_be() -> None:
    assert len(set(hostile.addresses())) >= 200
    assert len(hostile.ANSWERS) >= 60


@pytest.mark.parametrize("address", hostile.addresses())
def test_a_hostile_address_is_refused_by_name_and_nobody_knocks(address: str, inside: Listener) -> None:
    names = Names(inside.port, **{"feeds.example": [LOOPBACK]})
    with pytest.raises(Refusal) as caught:
        fetch(address, resolver=names, limits=BRIEF)
    assert type(caught.value) in KINDS
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    assert (names.asked, inside.knocks()) == ([], 0)


@pytest.mark.parametrize("answers", hostile.ANSWERS, ids=" ".join)
def test_a_name_that_leads_inside_is_refused_and_nobody_knocks(answers: list[str], inside: Listener) -> None:
    names = Names(inside.port, **{"127.0.0.1.nip.example": answers})
    with pytest.raises(NoPublicServer) as caught:
        fetch("https://127.0.0.1.nip.example/stock.csv", resolver=names, limits=BRIEF)
    assert str(caught.value) == (
        "No public server has the name 127.0.0.1.nip.example. Check the name; "
        "servers inside a private network are not asked."
    )
    assert inside.knocks() == 0


def test_a_name_that_is_not_there_is_told_like_one_that_leads_inside(inside: Listener) -> None:
    names = Names(inside.port, **{"db.corp.example": ["10.0.0.5"]})
    told = []
    for host in ("db.corp.example", "xx.corp.example"):
        with pytest.raises(NoPublicServer) as caught:
            fetch(f"https://{host}/", resolver=names, limits=BRIEF)
        told.append(str(caught.value).replace(host, "it"))
    assert told[0] == told[1]


def test_the_listener_would_have_heard(inside: Listener) -> None:
    """Without the policy the same name does knock: the test above can fail."""
    names = Names(inside.port, **{"inside.example": [LOOPBACK]})
    with mock.patch.object(Names, "may_reach", lambda *_: True), pytest.raises(Refusal):
        fetch("https://inside.example/", resolver=names, limits=FetchLimits(seconds=0.3))
    assert inside.knocks() == 1


def test_a_name_that_leads_inside_when_asked_again_is_asked_once(inside: Listener) -> None:
    names = Changing(inside.port)
    reached: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], timeout: float) -> None:
        reached.append(place)
        raise ConnectionRefusedError

    with (
        mock.patch("socket.create_connection", connect),
        pytest.raises(fetching.ServerNotReached) as caught,
    ):
        fetch("https://rebind.example/", resolver=names, limits=BRIEF)
    assert str(caught.value) == (
        "rebind.example does not answer by https. Check the address; if it is right, it is tried again later."
    )
    assert (names.asked, reached) == (["rebind.example"], [("203.0.114.7", inside.port)])
    assert inside.knocks() == 0


def test_who_answers_is_looked_at_again(inside: Listener) -> None:
    """Whatever led the connection astray, nothing is said to a peer that was not looked at."""
    names = Names(inside.port, **{"feeds.example": ["198.41.0.4"]})
    straight = socket.create_connection
    with (
        mock.patch(
            "socket.create_connection", lambda place, timeout: straight((LOOPBACK, place[1]), timeout)
        ),
        pytest.raises(NoPublicServer),
    ):
        fetch("https://feeds.example/", resolver=names, limits=BRIEF)


@pytest.mark.parametrize("address", hostile.PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://feeds.example", "https://feeds.example/"),
        (" https://Feeds.Example:443/a.csv ", "https://feeds.example/a.csv"),
        ("HTTPS://feeds.example/a b.csv?key=ä&x=[1]#top", "https://feeds.example/a%20b.csv?key=%C3%A4&x=[1]"),
        ("https://bücher.example/%41%2f", "https://xn--bcher-kva.example/%41%2f"),
        ("https://feeds。example/", "https://feeds.example/"),
        ("https://feeds.example/a/../b@c:8080", "https://feeds.example/a/../b@c:8080"),
        (
            "https://xn--bcher-kva.example/?u=http://10.0.0.1/",
            "https://xn--bcher-kva.example/?u=http://10.0.0.1/",
        ),
    ],
)
def test_an_address_is_read_as_it_is_asked_for(typed: str, read: str) -> None:
    assert str(read_address(typed)) == read


@pytest.mark.parametrize(
    ("address", "kind", "sentence"),
    [
        (
            "http://feeds.example/a.csv",
            NotHttps,
            "Only addresses that begin with https:// are fetched. Use the https form of this one.",
        ),
        (
            "https://asha:secret@feeds.example/",
            AddressHoldsPassword,
            "The address holds a name or password before the server. Use one that needs none, "
            "for example with a key at its end.",
        ),
        (
            "https://feeds.example:8443/",
            PortNotAllowed,
            "The address names a port; only https's own, 443, is fetched. Leave it away.",
        ),
        (
            "https://192.168.1.7/a.csv",
            HostIsNumber,
            "The address names its server by a number. Use the server's name.",
        ),
        (
            "https://intranet/a.csv",
            AddressNotReadable,
            "This is not a web address that can be fetched. Its server's name is not a whole name, such as "
            "stock.example.com. Copy it anew from where the file is downloaded: https://, a name, a path.",
        ),
    ],
)
def test_a_refusal_says_what_to_do(address: str, kind: type[Refusal], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read_address(address)
    assert str(caught.value) == sentence


def test_no_other_resolver_is_made_where_the_house_runs() -> None:
    made = [path for path in SRC.rglob("*.py") if re.search(r"\(.*\bResolver\):", path.read_text())]
    assert made == []
    assert not [name for name in vars(Resolver) if "environ" in name]
