"""What is sent to somebody's address arrives whole or is told why not, and never goes inside the house."""

from collections.abc import Iterator
from typing import Any

import pytest

from bourse.kit import fetch as fetching
from bourse.kit.post import Answered, post
from bourse.kit.refusal import Refusal
from kit import hostile
from kit.conftest import Serve
from kit.test_fetch import drops_heads, says_nothing
from kit.test_fetch_inside import KINDS
from kit.web import HOST, LOOPBACK, Answer, Changing, Listener, Names

ADDRESS = f"https://{HOST}/hook?key=1"


@pytest.fixture
def inside() -> Iterator[Listener]:
    """A door inside the house."""
    listener = Listener()
    yield listener
    listener.close()


def sends(status: int, **headers: Any) -> Answer:
    return lambda request: request.send(b"<b>their words</b>", status=status, **headers)


def test_the_content_arrives_with_its_headers(serve: Serve) -> None:
    web, names = serve({"/hook?key=1": sends(202)})
    sent = post(ADDRESS, content=b'{"x":1}', headers={"webhook-id": "1"}, resolver=names, seconds=10)
    asked = web.heard[0]
    assert (sent, asked.command, asked.body) == (Answered(202), "POST", b'{"x":1}')
    assert (asked.headers["Host"], asked.headers["webhook-id"]) == (HOST, "1")
    assert {"Cookie", "Authorization", "Referer"} & set(asked.headers) == set()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(serve: Serve, inside: Listener, status: int) -> None:
    onward = f"https://127.0.0.1:{inside.port}/"
    web, names = serve({"/hook?key=1": sends(status, Location=onward)})
    assert post(ADDRESS, content=b"x", headers={}, resolver=names, seconds=10) == Answered(status)
    assert (len(web.heard), inside.knocks()) == (1, 0)


def test_a_server_says_when_it_wants_to_be_asked_again(serve: Serve) -> None:
    _, names = serve({"/hook?key=1": sends(429, Retry_After="30")})
    assert post(ADDRESS, content=b"x", headers={}, resolver=names, seconds=10) == Answered(429, 30)


@pytest.mark.parametrize("answer", [drops_heads, says_nothing])
def test_a_server_that_hangs_is_left_in_time(serve: Serve, answer: Answer) -> None:
    _, names = serve({"/hook?key=1": answer})
    with pytest.raises(fetching.TookTooLong, match=r"did not answer within 0\.3 seconds"):
        post(ADDRESS, content=b"x", headers={}, resolver=names, seconds=0.3)


@pytest.mark.parametrize("address", hostile.addresses())
def test_a_hostile_address_is_refused_by_name_and_nobody_knocks(address: str, inside: Listener) -> None:
    names = Names(inside.port, **{"feeds.example": [LOOPBACK]})
    with pytest.raises(Refusal) as caught:
        post(address, content=b"x", headers={}, resolver=names, seconds=2)
    assert type(caught.value) in KINDS
    assert (names.asked, inside.knocks()) == ([], 0)


@pytest.mark.parametrize("answers", hostile.ANSWERS, ids=" ".join)
def test_a_name_that_leads_inside_is_refused_and_nobody_knocks(answers: list[str], inside: Listener) -> None:
    names = Names(inside.port, **{"hooks.example": answers})
    with pytest.raises(fetching.NoPublicServer):
        post("https://hooks.example/", content=b"x", headers={}, resolver=names, seconds=2)
    assert inside.knocks() == 0


def test_a_name_that_changes_is_looked_up_once(inside: Listener) -> None:
    names = Changing(inside.port)
    with pytest.raises(Refusal):
        post("https://hooks.example/", content=b"x", headers={}, resolver=names, seconds=0.3)
    assert (names.asked, inside.knocks()) == (["hooks.example"], 0)
