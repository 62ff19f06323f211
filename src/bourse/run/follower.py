"""The follower: the one process that hands facts to their listeners, and seals the audit."""

import signal
import threading
import time
from types import FrameType

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from bourse.kit import clock, outbox, sealing
from bourse.run import health
from bourse.search.follower import keep_in_place
from bourse.wiring import LISTENERS

logger = structlog.get_logger()

IDLE_S = 0.05
BEAT_S = 1.0  # how often it leaves word, and seals what was done
LONGEST_BACKOFF_S = 5.0


def follow(stop: threading.Event) -> None:
    """Deliver until told to stop. A failure is logged and tried again, ever more slowly."""
    failures = 0
    beaten = 0.0
    while not stop.is_set():
        try:
            keep_in_place()
            taken = outbox.deliver(LISTENERS, now=clock.now())
            beaten = _beat(beaten)
        except Exception as error:  # a lost database or a listener's bug: neither may end the follower
            failures += 1
            _note(error, failures)
            connection.close()
            stop.wait(min(0.1 * 2**failures, LONGEST_BACKOFF_S))
            continue
        failures = 0
        if not taken:
            stop.wait(IDLE_S)


def _beat(beaten: float) -> float:
    """Once a second leave word and seal the audit; when it was done last."""
    if time.monotonic() - beaten < BEAT_S:
        return beaten
    health.beat(settings.HOME)
    if sealed := sealing.seal(now=clock.now()):
        sealing.anchor(sealed, settings.HOME / sealing.ANCHORS)
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
