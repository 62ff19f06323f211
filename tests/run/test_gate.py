"""The gate: bodies arrive whole or not at all, and a crowd is told to come back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import pytest

from bourse.run.gate import Environ, Gate, Limits

LIMITS = Limits(
    body_bytes=10, body_pause_s=0.05, body_whole_s=0.12, bodies=2, threads=1, waiting=1, in_memory_bytes=4
)


class Scope:
    http_version, method, query_string = "1.1", "POST", "a=1"
    server, client = "127.0.0.1:8000", "203.0.113.7:5123"

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        self.path, self.headers = path, headers


class Connection:
    """What granian gives, with the body's pieces and the pause before each."""

    def __init__(self, *pieces: bytes, pause_s: float = 0) -> None:
        self.pieces, self.pause_s = pieces, pause_s
        self.status, self.body, self.headers = 0, b"", [("", "")]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(self.pause_s)
            yield piece

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Connection":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.body += data


def echo(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


def asked(
    connection: Connection, path: str = "/", wsgi: Any = echo, ready: bool = True, **headers: str
) -> Connection:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    gate = Gate(wsgi, lambda: ready, "https", LIMITS)
    asyncio.run(gate.answer(Scope(path, named), connection))
    return connection


def test_a_body_reaches_the_application_whole() -> None:
    answer = asked(Connection(b"abc", b"def"), content_length="6")
    assert (answer.status, answer.body) == (200, b"abcdef")


def test_a_body_without_a_declared_length_is_taken_too() -> None:
    assert asked(Connection(b"abc"), transfer_encoding="chunked").body == b"abc"


def test_a_body_that_ends_before_its_length_reaches_nobody() -> None:
    cut = asked(Connection(b"ab"), content_length="6")
    assert (cut.status, cut.body) == (400, b"The body ended before its length.\n")


def test_a_body_declared_too_large_is_refused_before_it_comes() -> None:
    assert asked(Connection(), content_length="11").status == 413


@pytest.mark.parametrize(("path", "query"), [("/stones/\x00/", ""), ("/listings/", "after=%00")])
def test_an_address_with_a_null_byte_is_refused(
    path: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scope, "query_string", query)
    assert asked(Connection(), path=path).status == 400


def test_a_body_that_grows_too_large_is_refused() -> None:
    assert asked(Connection(b"123456", b"78901"), transfer_encoding="chunked").status == 413


def test_a_body_that_pauses_too_long_is_refused() -> None:
    assert asked(Connection(b"a", pause_s=0.5), content_length="1").status == 408


def test_a_body_that_trickles_is_refused_when_its_time_is_up() -> None:
    assert asked(Connection(*[b"a"] * 9, pause_s=0.04), content_length="9").status == 408


def test_an_answer_longer_than_memory_allows_is_sent_in_pieces() -> None:
    def long(_: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return iter([b"12", b"345", b"67", b"8"])

    assert asked(Connection(), wsgi=long).body == b"12345678"


def test_an_application_that_breaks_gives_a_plain_answer() -> None:
    def broken(_: Environ, __: Callable[..., Any]) -> Iterable[bytes]:
        raise KeyError("secret")

    answer = asked(Connection(), wsgi=broken)
    assert (answer.status, answer.body) == (500, b"The answer failed.\n")


def test_a_crowd_is_told_to_come_back() -> None:
    gate = Gate(echo, lambda: True, "http", LIMITS)
    gate.inside = LIMITS.threads + LIMITS.waiting
    connection = Connection()
    asyncio.run(gate.answer(Scope("/", {}), connection))
    assert connection.status == 503
    assert ("retry-after", "5") in connection.headers


def test_livez_answers_in_a_crowd() -> None:
    gate = Gate(echo, lambda: True, "http", LIMITS)
    gate.inside = 1000
    connection = Connection()
    asyncio.run(gate.answer(Scope("/livez", {}), connection))
    assert (connection.status, connection.body) == (200, b"live\n")


@pytest.mark.parametrize(("ready", "expected"), [(True, (200, b"ready\n")), (False, (503, b"not ready\n"))])
def test_readyz_says_yes_or_no_and_nothing_else(ready: bool, expected: tuple[int, bytes]) -> None:
    answer = asked(Connection(), "/readyz", ready=ready)
    assert (answer.status, answer.body) == expected


def test_the_environ_is_wsgis() -> None:
    seen: list[Environ] = []

    def keep(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ)
        return echo(environ, start_response)

    asked(
        Connection(b"x"),
        "/é",
        wsgi=keep,
        content_length="1",
        content_type="text/csv",
        x_request_id="7",
        x_a="1",
    )
    environ = seen[0]
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("1", "text/csv")
    assert (environ["HTTP_X_REQUEST_ID"], environ["REMOTE_ADDR"]) == ("7", "203.0.113.7")
    assert (environ["wsgi.url_scheme"], environ["QUERY_STRING"]) == ("https", "a=1")


def test_a_header_with_an_underscore_cannot_pass_for_another() -> None:
    seen: list[Environ] = []

    def keep(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ)
        return echo(environ, start_response)

    gate = Gate(keep, lambda: True, "http", LIMITS)
    asyncio.run(gate.answer(Scope("/", {"x_forwarded_for": "203.0.113.9"}), Connection()))
    assert "HTTP_X_FORWARDED_FOR" not in seen[0]
