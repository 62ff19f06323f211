"""A process of the house: started, watched, started again, stopped."""

import signal
import subprocess
import time
from datetime import UTC, datetime

import structlog

from bourse.run.process import order

log = structlog.get_logger()

QUICK_DEATH_S = 10.0
PAUSES_S = (0.0, 0.5, 1.0, 2.0, 4.0)


class Child:
    """One of our modules as a process of its own, which ends when the supervisor ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = self.due_at = 0.0
        self.deaths = self.restarts = 0
        self.up_since: datetime | None = None
        self.last_words = ""

    def start(self) -> None:
        """Begin the process, in a session of its own: Ctrl-C is the supervisor's to hear."""
        self.process = subprocess.Popen(order(self.name), stdin=subprocess.DEVNULL, start_new_session=True)
        self.started_at = time.monotonic()
        self.up_since = datetime.now(UTC)  # noqa: TID251 (for the operator, no moment of the market)

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def tend(self) -> None:
        """Start it again if it has died: at once, then after longer pauses if it keeps dying."""
        if self.is_alive():
            return
        if self.process is not None:
            self._note_death(self.process.returncode)
            self.restarts += 1
        if time.monotonic() >= self.due_at:
            self.start()

    def ask_to_end(self) -> None:
        """Ask it to end; `stop` waits for it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self, patience_s: float = 15) -> None:
        """Ask it to end, and end it if it does not."""
        if self.process is None:
            return
        self.ask_to_end()
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            log.warning("child_killed", child=self.name)
            self.process.kill()
            self.process.wait()
        self.process = None

    def _note_death(self, code: int) -> None:
        now = time.monotonic()
        self.deaths = self.deaths + 1 if now - self.started_at < QUICK_DEATH_S else 0
        pause = PAUSES_S[min(self.deaths, len(PAUSES_S) - 1)]
        log.error("child_died", child=self.name, exit_code=code, restart_in_s=pause)
        self.last_words = ended_in_words(code)
        self.process, self.due_at = None, now + pause


def ended_in_words(code: int) -> str:
    """How a process ended, by its exit status."""
    return f"ended by signal {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
