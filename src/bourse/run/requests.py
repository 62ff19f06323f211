"""Takes the lines that web processes left of their calls into the request log, each second."""

import threading
import time

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection

from bourse.kit import clock
from bourse.members.actions import take_in

log = structlog.get_logger()

PAUSE_S = 1.0


def begin() -> None:
    """Begin to take in, beside the jobs, for as long as this process lives."""
    threading.Thread(target=_keep_taking, name="requests", daemon=True).start()


def _keep_taking() -> None:
    """A failure leaves the lines where they are; they are taken the next time."""
    while True:
        time.sleep(PAUSE_S)
        try:
            close_old_connections()
            take_in(settings.HOME, now=clock.now())
        except Error as error:
            log.warning("requests_not_taken", why=str(error).partition("\n")[0])
            connection.close()
        except Exception:  # a bug must not end the jobs of the house
            log.exception("requests_not_taken")
