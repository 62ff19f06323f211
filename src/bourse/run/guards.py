"""What a start refuses, and how to ask whether something answers."""

import errno
import http.client
import os
import socket
import time
from ipaddress import ip_address

from bourse.kit.refusal import Refusal

PORT_PATIENCE_S = 1.0  # the processes of a supervisor that was killed a moment ago let go of it by then


class CannotServe(Refusal):
    """The house does not come up; the sentence says why and what to do."""


def refuse_taken_port(bind: str, port: int, setting: str = "BOURSE_PORT") -> None:
    """Refuse a port where something listens: with a shared port two servers would take turns."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    end = time.monotonic() + PORT_PATIENCE_S
    while (trouble := _trouble_at(family, bind, port)) == errno.EADDRINUSE:
        if time.monotonic() > end:
            raise CannotServe(f"Port {port} is taken. Set {setting} to a free one.")
        time.sleep(0.05)
    if trouble:
        raise CannotServe(f"Cannot listen on {bind} port {port}: {os.strerror(trouble)}.")


def metrics_address(given: str) -> tuple[str, int]:
    """Host and port of BOURSE_METRICS_BIND."""
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal():
        raise CannotServe(
            f"BOURSE_METRICS_BIND is {given}; expected an address and a port, as in 127.0.0.1:9187."
        )
    return host.strip("[]"), int(port)


def _trouble_at(family: socket.AddressFamily, bind: str, port: int) -> int:
    """The system's number for why nobody can listen there; 0 where somebody can."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            return error.errno or errno.EINVAL
    return 0


def refuse_public_sample(bind: str) -> None:
    """Refuse to show a sample, with its known sign-ins, to anybody but this machine."""
    if not is_loopback(bind):
        raise CannotServe(
            f"The sample market is for this machine only, and BOURSE_BIND is {bind}. "
            "Remove the sample with ./bourse reset-sample, or unset BOURSE_BIND."
        )


def is_loopback(bind: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def answers(bind: str, port: int, path: str) -> bool:
    """Whether the address answers 200 to the path."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 (to connect, not to bind)
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
