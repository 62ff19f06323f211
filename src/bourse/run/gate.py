"""Between the HTTP server and Django: reads a request whole, then lends it a thread.

Granian's own WSGI side reads a body in the thread that answers, so a handful of clients that send a byte a
minute would hold every thread. Here bodies arrive on the event loop, under limits on size and time, and a
thread sees a request only when it is complete. `/livez` is answered on the loop: it depends on nothing.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, Protocol

import structlog

log = structlog.get_logger()

TOO_BIG = "This is larger than 70 MiB; a stock file has at most 64. Go back and send it in two parts."

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Limits:
    """How much one worker takes at a time."""

    body_bytes: int = 70 * 1024 * 1024
    body_pause_s: float = 15  # between two pieces of a body
    body_whole_s: float = 300
    bodies: int = 64  # being received at once
    threads: int = 8
    waiting: int = 128  # complete requests without a thread yet
    piece_s: float = 30  # to take one piece of a long answer
    in_memory_bytes: int = 1024 * 1024


class Transport(Protocol):
    """What granian gives to send a long answer in pieces."""

    async def send_bytes(self, data: bytes) -> None: ...


class Connection(Protocol):
    """What granian gives for one request's body and answer."""

    def __aiter__(self) -> Any: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Transport: ...


class TooBig(Exception):
    """The body is larger than any request of ours."""


class CutShort(Exception):
    """The body ended before the length that it was said to have: whoever sent it is gone."""


class Gate:
    """The application of one worker: granian calls `answer` for each request."""

    def __init__(
        self, wsgi: Wsgi, is_ready: Callable[[], bool], scheme: str, limits: Limits = Limits()
    ) -> None:
        self.wsgi, self.is_ready, self.scheme, self.limits = wsgi, is_ready, scheme, limits
        self.threads = ThreadPoolExecutor(limits.threads, thread_name_prefix="request")
        self.receiving = self.inside = 0

    async def answer(self, scope: Any, connection: Connection) -> None:
        if scope.path == "/livez":
            say(connection, 200, "live")
        elif scope.path == "/readyz":
            await self._readyz(connection)
        elif _has_null(scope):
            say(connection, 400, "This address has a null byte, and no page of ours has one.")
        elif self.inside >= self.limits.threads + self.limits.waiting or self.receiving >= self.limits.bodies:
            say(connection, 503, "Too busy; try again in a few seconds.", ("retry-after", "5"))
        else:
            await self._take(scope, connection)

    async def _readyz(self, connection: Connection) -> None:
        is_ready = await asyncio.get_running_loop().run_in_executor(self.threads, self.is_ready)
        say(connection, 200 if is_ready else 503, "ready" if is_ready else "not ready")

    async def _take(self, scope: Any, connection: Connection) -> None:
        with tempfile.SpooledTemporaryFile(self.limits.in_memory_bytes) as body:
            try:
                size = await self._receive(scope, connection, body)
            except TooBig:
                say(connection, 413, TOO_BIG, ("connection", "close"))
            except CutShort:
                say(connection, 400, "The body ended before its length.", ("connection", "close"))
            except TimeoutError:
                say(connection, 408, "The body took too long to arrive.", ("connection", "close"))
            else:
                await self._answer(environ(scope, body, size, self.scheme), connection)

    async def _receive(self, scope: Any, connection: Connection, body: IO[bytes]) -> int:
        declared = scope.headers.get("content-length")
        if declared in (None, "0") and scope.headers.get("transfer-encoding") is None:
            return 0
        if declared is not None and int(declared) > self.limits.body_bytes:
            raise TooBig
        self.receiving += 1
        try:
            async with asyncio.timeout(self.limits.body_whole_s):
                size = await self._copy(connection, body)
        finally:
            self.receiving -= 1
        if declared is not None and size != int(declared):
            raise CutShort  # half an order must never pass for a whole one
        body.seek(0)
        return size

    async def _copy(self, connection: Connection, body: IO[bytes]) -> int:
        pieces, size = aiter(connection), 0
        while True:
            try:
                async with asyncio.timeout(self.limits.body_pause_s):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return size
            size += len(piece)
            if size > self.limits.body_bytes:
                raise TooBig
            body.write(piece)

    async def _answer(self, environ: Environ, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        self.inside += 1
        try:
            await loop.run_in_executor(self.threads, self._call, environ, connection, loop)
        except Exception:
            log.exception("request_broke", path=environ["PATH_INFO"])
            say(connection, 500, "The answer failed.")
        finally:
            self.inside -= 1

    def _call(self, environ: Environ, connection: Connection, loop: asyncio.AbstractEventLoop) -> None:
        head: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            head.append((int(status[:3]), [(name.lower(), value) for name, value in headers]))

        answer = self.wsgi(environ, start_response)
        try:
            pieces = iter(answer)
            first = b"".join(_up_to(pieces, self.limits.in_memory_bytes))
            rest = next(pieces, None)
            if rest is None:
                connection.response_bytes(*head[0], first)
            else:
                self._stream(connection.response_stream(*head[0]), [first, rest], pieces, loop)
        finally:
            if close := getattr(answer, "close", None):
                close()

    def _stream(
        self, to: Transport, begun: list[bytes], pieces: Iterator[bytes], loop: asyncio.AbstractEventLoop
    ) -> None:
        async def send(piece: bytes) -> None:
            async with asyncio.timeout(self.limits.piece_s):
                await to.send_bytes(piece)

        for group in (begun, pieces):
            for piece in group:
                asyncio.run_coroutine_threadsafe(send(piece), loop).result()


def _has_null(scope: Any) -> bool:
    """Whether the address has what no text of PostgreSQL holds; the API says so in its own words."""
    has_null = "\x00" in scope.path or "%00" in scope.query_string
    return has_null and not scope.path.startswith("/api/")


def say(connection: Connection, status: int, text: str, *more: tuple[str, str]) -> None:
    """Answer with one line of plain text that nobody may keep."""
    plain = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), *more]
    connection.response_bytes(status, plain, f"{text}\n".encode())


def environ(scope: Any, body: IO[bytes], size: int, scheme: str) -> Environ:
    """The request as WSGI describes it."""
    host, _, port = str(scope.server).rpartition(":")
    made: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": str(scope.client).rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        _add_header(made, name, value)
    made["CONTENT_LENGTH"] = str(size)  # what came, also where nothing was declared
    return made


def _add_header(made: Environ, name: str, value: str) -> None:
    if "_" in name:  # X_Name would read as X-Name once it is a variable
        return
    key = name.upper().replace("-", "_")
    key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
    joint = "; " if key == "HTTP_COOKIE" else ","
    made[key] = f"{made[key]}{joint}{value}" if key in made else value


def _up_to(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size >= limit:
            return
