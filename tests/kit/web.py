"""A web of one machine: names that lead where a test says, and a server with certificates of its own."""

import ssl
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AI_NUMERICHOST, SOCK_STREAM, create_server, getaddrinfo, socket
from types import TracebackType
from typing import Self

from bourse.kit.fetch import Resolver

LOOPBACK = "127.0.0.1"
HOST = "feeds.example"
Answer = Callable[["Request"], None]


class Listener:
    """A door inside the house: it counts who knocks, and says nothing."""

    def __init__(self, address: str = LOOPBACK) -> None:
        self._socket: socket = create_server((address, 0), family=AF_INET)
        self.port: int = self._socket.getsockname()[1]

    def knocks(self) -> int:
        """How many connections have come since the last time somebody asked."""
        self._socket.setblocking(False)
        count = 0
        while True:
            try:
                self._socket.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    def close(self) -> None:
        """Nobody is home."""
        self._socket.close()


class Names(Resolver):
    """A production resolver in all but its names; what is no name of it is read as libc reads numbers."""

    def __init__(self, port: int, **names: Sequence[str]) -> None:
        self._port, self._names = port, names
        self.asked: list[str] = []

    def addresses(self, host: str) -> Sequence[str]:
        """What the test says of this name; a number in any of its spellings is itself."""
        self.asked.append(host)
        if host in self._names:
            return self._names[host]
        found = getaddrinfo(host, 443, type=SOCK_STREAM, flags=AI_NUMERICHOST)
        return [str(place[0]) for *_, place in found]

    def port(self) -> int:
        """The listener's, so that a connection would be seen."""
        return self._port


class Changing(Names):
    """Its name leads to a public address when it is asked first, and inside from then on."""

    def addresses(self, host: str) -> Sequence[str]:
        """Another answer each time."""
        self.asked.append(host)
        return ["203.0.114.7"] if len(self.asked) == 1 else [LOOPBACK]


class Loopback(Names):
    """Reaches one server of the test at 127.0.0.1, and believes the test's own authority."""

    def __init__(self, port: int, authority: Path, **names: Sequence[str]) -> None:
        super().__init__(port, **names)
        self._authority = authority

    def may_reach(self, address: str) -> bool:
        """The test's server, besides what is public."""
        return address == LOOPBACK or super().may_reach(address)

    def trust(self) -> ssl.SSLContext:
        """The test's own authority alone."""
        return ssl.create_default_context(cafile=str(self._authority))


class Request(BaseHTTPRequestHandler):
    """One request to the test's server, answered by what stands at its path."""

    protocol_version = "HTTP/1.1"
    server: "Web"
    body = b""

    def setup(self) -> None:
        """The handshake belongs to the request: a client that does not want it holds up nobody."""
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        """The connection ends with the request, without a farewell unless the test said one."""
        super().finish()
        self.request.close()

    def do_GET(self) -> None:
        """What the test put at this path."""
        self.server.heard.append(self)
        self.server.answers[self.path](self)

    def do_POST(self) -> None:
        """The same, with what was sent."""
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def send(self, content: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """A plain answer; underscores in the names of headers stand for hyphens."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Web(ThreadingHTTPServer):
    """The test's server: what it answers by path, and what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: Path, answers: Mapping[str, Answer]) -> None:
        super().__init__((LOOPBACK, 0), Request)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.answers = dict(answers)
        self.heard: list[Request] = []
        self.is_over = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what many a test is about."""


class Authority:
    """Somebody whom the test trusts, and who signs for the names it likes. Made by the openssl command."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.file = folder / "authority.pem"
        _openssl(
            "req", "-x509", *_KEY, "-keyout", folder / "authority.key", "-out", self.file, "-subj", "/CN=Test"
        )

    def certificate(self, *names: str) -> Path:
        """Key and certificate for these names, in one file."""
        made = self._folder / f"{names[0]}.pem"
        names_as = ",".join(f"DNS:{name}" for name in names)
        signed = (
            "-CA",
            self.file,
            "-CAkey",
            self._folder / "authority.key",
            "-addext",
            f"subjectAltName={names_as}",
        )
        _openssl(
            "req",
            "-x509",
            *_KEY,
            "-keyout",
            made,
            "-out",
            f"{made}.signed",
            "-subj",
            f"/CN={names[0]}",
            *signed,
        )
        made.write_bytes(made.read_bytes() + Path(f"{made}.signed").read_bytes())
        return made


_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
