"""A listener on loopback that no file may reach: it counts who knocks."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PORT = 9  # until a listener stands


@contextmanager
def listener() -> Iterator[list[str]]:
    """Who knocked while the block ran; files made within it refer to this listener."""
    global PORT
    knocks: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        PORT = server.getsockname()[1]
        thread = threading.Thread(target=_count, args=(server, knocks), daemon=True)
        thread.start()
        yield knocks
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    PORT = 9


def _count(server: socket.socket, knocks: list[str]) -> None:
    while True:
        try:
            found, address = server.accept()
        except OSError:
            return
        knocks.append(str(address))
        found.close()
