"""The follower: the one process that hands facts to their listeners."""

import signal
import threading
import time
from types import FrameType

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from bourse.kit import clock, outbox
from bourse.run import health
from bourse.search.follower import keep_in_place
from bourse.wiring import LISTENERS

logger = structlog.get_logger()

IDLE_S = 0.05
BEAT_S = 1.0
LONGEST_BACKOFF_S = 5.0


def follow(stop: threading.Event) -> None:
    """Deliver until told to stop. A failure is logged and tried again, ever more slowly."""
    failures = 0
    beaten = 0.0
    while not stop.is_set():
        try:
            keep_in_place()
            taken = outbox.deliver(LISTENERS, now=clock.now())
        except Exception as error:  # a lost database or a listener's bug: neither may end the follower
            failures += 1
            _note(error, failures)
            connection.close()
            stop.wait(min(0.1 * 2**failures, LONGEST_BACKOFF_S))
            continue
        failures = 0
        beaten = _beat(beaten)
        if not taken:
            stop.wait(IDLE_S)


def _beat(beaten: float) -> float:
    """Leave word once a second; when it was left last."""
    if time.monotonic() - beaten < BEAT_S:
        return beaten
    health.beat(settings.HOME)
    return time.monotonic()


def _note(error: Exception, failures: int) -> None:
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("database_lost", why=str(error).partition("\n")[0], failures=failures)
    else:
        logger.exception("delivery_failed", failures=failures)


def main(_: list[str]) -> None:
    """Follow until told to stop."""
    stop = threading.Event()

    def hear(__: int, ___: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    follow(stop)
