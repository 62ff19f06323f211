"""The one way to fetch what somebody else names: a file of the open internet, and nothing inside the house.

The name is looked up once, every address that it has must be public, and the connection goes to the address
that was looked at: a name that leads elsewhere a moment later gains nothing. Each redirect starts all of this
anew. What a server says is never shown; its file is taken within limits of size and time.
"""

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote, urljoin

import msgspec

from bourse.kit.file_names import file_name
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import WebAddress, is_public, read_address

MIB = 1024 * 1024
HTTPS_PORT = 443
MOST_TRIED = 4
_CHUNK = 256 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
Answer = TypeVar("Answer")


class FetchLimits(msgspec.Struct, frozen=True):
    """How much is taken, and how long it may take from the look-up to the last byte."""

    size_bytes: int = 64 * MIB
    seconds: float = 120
    redirects: int = 3


class Fetched(msgspec.Struct, frozen=True):
    """A file as it came; `is_unchanged` (and no content) when the server says that the tag still holds."""

    content: bytes
    file_name: str
    etag: str
    is_unchanged: bool = False


class Looked(msgspec.Struct, frozen=True):
    """How a server answers at an address, and in words why there is no file; "" where there is one."""

    status: int
    why_not: str


class NoPublicServer(Refusal):
    """The name leads nowhere, or inside: nobody can tell which, so nobody can ask for what is inside."""


class ServerNotReached(Refusal):
    """The server does not answer, or breaks off."""


class CertificateNotTrusted(Refusal):
    """The server cannot prove that it is the one named."""


class TookTooLong(Refusal):
    """The file did not come in the time it was given."""


class TooManyRedirects(Refusal):
    """The server sent us on too often."""


class FileTooLarge(Refusal):
    """The file is larger than what is taken."""


class FileCutShort(Refusal):
    """The connection ended before the file did."""


class AnswerNotUnderstood(Refusal):
    """What the server sends is no answer of the web, or is packed though we asked for it plain."""


class ServerRefused(Refusal):
    """The server answers, but with no file."""


class Resolver:
    """Where names lead, and whom to trust there: the open internet.

    A test brings a kind of its own, in its code; no setting of an installation can.
    """

    def addresses(self, host: str) -> Sequence[str]:
        """Every numeric address of the name; an OSError when it has none."""
        found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(place[0]) for *_, place in found))

    def may_reach(self, address: str) -> bool:
        """Whether a connection may go to this numeric address."""
        return is_public(address)

    def port(self) -> int:
        """The port that stands for https."""
        return HTTPS_PORT

    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        return ssl.create_default_context()


PLAIN_LIMITS = FetchLimits()


def fetch(address: str, *, resolver: Resolver, limits: FetchLimits = PLAIN_LIMITS, etag: str = "") -> Fetched:
    """The file at an https address. `etag` is the tag of the version already known, if there is one."""
    headers = {"If-None-Match": etag} if etag else {}
    return _followed(address, resolver, limits, headers, partial(_taken, limits=limits, etag=etag))


def look(address: str, *, resolver: Resolver, limits: FetchLimits = PLAIN_LIMITS) -> Looked:
    """Whether a file stands at an https address: its first byte is asked for, and nothing of it is read."""
    return _followed(address, resolver, limits, {"Range": "bytes=0-0"}, _looked)


def _followed(
    address: str,
    resolver: Resolver,
    limits: FetchLimits,
    headers: Mapping[str, str],
    take: Callable[[http.client.HTTPResponse, WebAddress], Answer],
) -> Answer:
    """What is taken of the answer at the end of all redirects, each of which is looked at anew."""
    wanted = read_address(address)
    deadline = Deadline(limits.seconds)
    for _ in range(limits.redirects + 1):
        with _told(wanted.host, limits), connected(wanted.host, resolver, deadline) as wire:
            answer = _asked(wire, wanted, headers)
            if answer.status not in REDIRECTS:
                return take(answer, wanted)
            onward = answer.getheader("Location", "")
        wanted = read_address(urljoin(str(wanted), quote(onward, safe=_PRINTABLE, encoding="latin-1")))
    raise TooManyRedirects(
        f"The server sent us on more than {limits.redirects} times. "
        "Use the address at which the file is in the end."
    )


class Deadline:
    """The moment at which all has to be done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left; a TimeoutError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Wire(io.RawIOBase):
    """A connection each of whose waits ends at the deadline: a drop now and then keeps nothing open."""

    def __init__(self, connection: ssl.SSLSocket, deadline: Deadline) -> None:
        self._connection, self._deadline = connection, deadline

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As many bytes as came."""
        self._connection.settimeout(self._deadline.left())
        try:
            return self._connection.recv_into(buffer)
        except (ssl.SSLEOFError, ConnectionResetError) as error:
            raise http.client.IncompleteRead(b"") from error

    def sendall(self, content: bytes) -> None:
        """All of it sent."""
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The same connection as http.client reads it."""
        return io.BufferedReader(self)

    def close(self) -> None:
        """Nothing: http.client lets go of a connection before it has read the body; we close it later."""


@contextmanager
def _told(host: str, limits: FetchLimits) -> Iterator[None]:
    """Whatever goes wrong on the way becomes a refusal that says what to do."""
    try:
        yield
    except TimeoutError as error:
        raise TookTooLong(
            f"{host} did not send the file within {limits.seconds:g} seconds. It is tried again later; "
            "if it stays slow, have the file prepared before it is fetched."
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise CertificateNotTrusted(
            f"The certificate of {host} is not valid for this name. Whoever runs that server has to renew it."
        ) from error
    except http.client.IncompleteRead as error:
        raise _cut_short(host) from error
    except OSError as error:
        raise ServerNotReached(
            f"{host} does not answer by https. Check the address; if it is right, it is tried again later."
        ) from error
    except http.client.HTTPException as error:
        raise AnswerNotUnderstood(
            f"{host} did not answer as a web server does. Check the address in a browser."
        ) from error


@contextmanager
def connected(host: str, resolver: Resolver, deadline: Deadline) -> Iterator[Wire]:
    """A connection to the host, whose certificate is checked for its name."""
    addresses = _public_addresses(host, resolver, deadline)
    with _reached(addresses, resolver, deadline) as plain:
        peer = plain.getpeername()[0]
        if peer not in addresses or not resolver.may_reach(peer):
            raise _nowhere(host)
        plain.settimeout(deadline.left())
        # An end without a farewell may be somebody's cut: half a list must not pass for a whole one.
        secure = resolver.trust().wrap_socket(plain, server_hostname=host, suppress_ragged_eofs=False)
        with secure:
            yield Wire(secure, deadline)


def _public_addresses(host: str, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    """What the name stands for, looked up once; nothing when one of it is inside."""
    found: Future[Sequence[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(resolver.addresses(host))
        except Exception as error:
            found.set_exception(error)

    # The system's look-up knows no deadline, so it is waited for from outside.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        addresses = found.result(timeout=deadline.left())
    except TimeoutError:
        raise
    except OSError as error:
        raise _nowhere(host) from error
    if not addresses or not all(map(resolver.may_reach, addresses)):
        raise _nowhere(host)
    return addresses


def _reached(addresses: Sequence[str], resolver: Resolver, deadline: Deadline) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    tried = addresses[:MOST_TRIED]
    for at, address in enumerate(tried, start=1):
        share = deadline.left() / (len(tried) - at + 1)
        try:
            return socket.create_connection((address, resolver.port()), timeout=share)
        except OSError:
            if at == len(tried):
                raise
    raise ConnectionError


def _asked(wire: Wire, wanted: WebAddress, more: Mapping[str, str]) -> http.client.HTTPResponse:
    """The head of the server's answer."""
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "Bourse", "Connection": "close"}
    headers |= more
    request = http.client.HTTPConnection(wanted.host)
    request.sock = wire  # of a socket it uses what a wire has
    request.request("GET", wanted.target, headers=headers)
    return request.getresponse()


def _looked(answer: http.client.HTTPResponse, wanted: WebAddress) -> Looked:
    is_there = 200 <= answer.status < 300
    return Looked(answer.status, "" if is_there else _no_file(wanted.host, answer.status))


def _taken(answer: http.client.HTTPResponse, wanted: WebAddress, limits: FetchLimits, etag: str) -> Fetched:
    name = file_name(answer.headers.get_filename() or "", wanted.last_name, otherwise="feed")
    if answer.status == 304 and etag:
        return Fetched(b"", name, etag, is_unchanged=True)
    if answer.status != 200:
        raise ServerRefused(_no_file(wanted.host, answer.status))
    if answer.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise AnswerNotUnderstood(
            f"{wanted.host} sends the file packed though we asked for it plain. Have it sent as it is."
        )
    return Fetched(_body(answer, wanted.host, limits), name, _tag(answer))


def _body(answer: http.client.HTTPResponse, host: str, limits: FetchLimits) -> bytes:
    """The whole file, counted while it comes."""
    promised = answer.length
    if promised is not None and promised > limits.size_bytes:
        raise _too_large(host, limits)
    content = bytearray()
    while chunk := answer.read(min(_CHUNK, limits.size_bytes + 1 - len(content))):
        content += chunk
        if len(content) > limits.size_bytes:
            raise _too_large(host, limits)
    if promised is not None and len(content) < promised:
        raise _cut_short(host)
    return bytes(content)


def _tag(answer: http.client.HTTPResponse) -> str:
    tag = answer.getheader("ETag", "")
    return tag if len(tag) <= 200 and tag.isascii() and tag.isprintable() else ""


def _no_file(host: str, status: int) -> str:
    if status in (401, 403, 407):
        return f"{host} lets us in only with permission (status {status}). Use an address that is open to us."
    if status in (404, 410):
        return f"{host} has no file at this address (status {status}). Copy the address anew."
    if status == 429 or status >= 500:
        return f"{host} cannot answer now (status {status}). It is tried again later."
    return f"{host} sent no file (status {status}). Check the address in a browser."


def _nowhere(host: str) -> NoPublicServer:
    return NoPublicServer(
        f"No public server has the name {host}. Check the name; "
        "servers inside a private network are not asked."
    )


def _too_large(host: str, limits: FetchLimits) -> FileTooLarge:
    return FileTooLarge(
        f"The file at {host} is larger than {limits.size_bytes / MIB:g} MB, which is the most that is taken. "
        "Split the list into several files."
    )


def _cut_short(host: str) -> FileCutShort:
    return FileCutShort(
        f"The connection to {host} ended before the file did. Nothing of it was taken; "
        "it is tried again later."
    )
