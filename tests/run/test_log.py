"""Log lines: one JSON object each, the libraries' too, with the request's id."""

import json
import subprocess
import sys

START = "import logging, structlog; from bourse.run import log; log.configure('web'); "


def logged(program: str) -> dict[str, object]:
    """The one line that a process of its own logs: logging is one for a whole process."""
    done = subprocess.run([sys.executable, "-c", START + program], capture_output=True, text=True)
    lines = done.stderr.splitlines()
    assert len(lines) == 1, lines
    said: dict[str, object] = json.loads(lines[0])
    return said


def test_an_event_is_one_line_of_json_with_the_request_id() -> None:
    said = logged(
        "structlog.contextvars.bind_contextvars(request_id='r-1'); "
        "structlog.get_logger().info('bid_raised', bid_id=7)"
    )
    assert str(said.pop("at")).endswith("Z")
    assert said == {
        "event": "bid_raised",
        "bid_id": 7,
        "request_id": "r-1",
        "process": "web",
        "level": "info",
    }


def test_a_librarys_line_takes_the_same_form() -> None:
    said = logged("logging.getLogger('somebody.else').warning('about %s', 'this')")
    assert (said["event"], said["level"], said["process"]) == ("about this", "warning", "web")


def test_an_exception_stays_on_the_line() -> None:
    said = logged(
        "\ntry:\n    raise KeyError(7)\nexcept KeyError:\n    structlog.get_logger().exception('broke')"
    )
    assert "KeyError: 7" in str(said["exception"])


def test_on_a_terminal_the_lines_are_for_people() -> None:
    order = [sys.executable, "-c", START + "structlog.get_logger().info('up', seconds=2)"]
    program = f"import pty; pty.spawn({order!r})"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert "up" in said.stdout
    assert "{" not in said.stdout
