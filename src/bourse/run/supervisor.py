"""`./bourse serve`: brings the house up, keeps it up, takes it down."""

import argparse
import errno
import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from types import FrameType

import structlog

from bourse import settings
from bourse.run import database, log, sign_ins, static
from bourse.run.children import Child
from bourse.run.database import DatabaseRefused
from bourse.run.home import HomeLock, HomeTaken
from bourse.run.postgres import PostgresRefused, Server
from bourse.run.process import order

logger = structlog.get_logger()

TICK_S = 0.25
LOG_CHECK_S = 60.0
START_PATIENCE_S = 60.0


class CannotServe(Exception):
    """The house does not come up; the sentence says why and what to do."""


class Stopped(Exception):
    """Somebody asked the supervisor to end."""


class Supervisor:
    """The process behind ./bourse. All others end with it."""

    def __init__(self, *, is_empty: bool) -> None:
        self.is_empty = is_empty
        self.lock = HomeLock(settings.HOME)
        self.postgres = Server(settings.HOME) if settings.IS_EMBEDDED else None
        self.web = Child("web")
        self.follower = Child("follower")
        self.seconds: dict[str, float] = {}
        self.is_stopping = self.is_renewing = False
        self.log_checked_at = 0.0

    def run(self) -> None:
        """Bring the house up and keep it up until told to stop."""
        self.lock.take()
        wake = self._hear_signals()
        try:
            refuse_taken_port(settings.BIND, settings.PORT)
            self._bring_up()
            while not self.is_stopping:
                self._tend()
                select.select([wake], [], [], TICK_S)
                _drain(wake)
        except Stopped:
            pass
        finally:
            self._take_down()

    def _hear_signals(self) -> int:
        reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, self._hear)
        return reader

    def _hear(self, number: int, _: FrameType | None) -> None:
        self.is_stopping = self.is_stopping or number in (signal.SIGTERM, signal.SIGINT)
        self.is_renewing = self.is_renewing or number == signal.SIGHUP

    def _bring_up(self) -> None:
        if self.postgres:
            with self._timed("database_s"):
                self.postgres.start()
        is_migrated, mark = self._look()
        if not is_migrated or not static.is_collected(settings.HOME):
            self._step("prepare", "migrate_s")
        if mark is None:
            mark = self._decide_on_sample()
        if mark != "none":
            refuse_public_sample(settings.BIND)
        with self._timed("web_s"):
            self.web.start()
            self._await_web()
        self.follower.start()
        self._say_where(mark)

    def _look(self) -> tuple[bool, str | None]:
        """Whether the database is migrated, and its word on the sample. Half a sample is thrown away."""
        self._make_database_if_missing()
        with database.connect(settings.DATABASE_URL) as connection:
            is_migrated = database.is_migrated(connection, settings.HOME)
            mark = database.sample_mark(connection)
        if mark == "loading" and self.postgres:
            database.recreate(self.postgres.url("postgres"), "bourse")
            return False, None
        return is_migrated, mark

    def _make_database_if_missing(self) -> None:
        if self.postgres:
            database.make_if_missing(self.postgres.url("postgres"), "bourse")

    def _decide_on_sample(self) -> str:
        wants_sample = self.postgres is not None and not self.is_empty and sign_ins.has_sample()
        if wants_sample:
            refuse_public_sample(settings.BIND)
            self._step("sample", "sample_s")
            return "whole"
        self._step("no-sample", "mark_s")
        return "none"

    def _step(self, name: str, figure: str) -> object:
        """Take a step that needs Django; what it answers."""
        logger.info("step_begun", step=name)
        with self._timed(figure):
            step = subprocess.Popen(
                order("steps", name),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            said, _ = step.communicate()
        if self.is_stopping:
            raise Stopped
        if step.returncode:
            raise CannotServe(f"The step {name} failed; the lines above say why.")
        logger.info("step_done", step=name, seconds=round(self.seconds[figure], 2))
        answer: object = json.loads(said.splitlines()[-1])
        return answer

    def _await_web(self) -> None:
        end = time.monotonic() + START_PATIENCE_S
        while not answers(settings.BIND, settings.PORT, "/livez"):
            if self.is_stopping:
                raise Stopped
            if not self.web.is_alive() or time.monotonic() > end:
                raise CannotServe("The web process does not come up; the lines above say why.")
            time.sleep(0.02)

    def _say_where(self, mark: str) -> None:
        line = f"Bourse serves {settings.URL}"
        if mark != "none":
            line += f" with a sample market; sign in as {sign_ins.kept(settings.HOME)}"
        elif secret := self._step("operator-link", "link_s"):
            line += f"; make the first operator within 7 days: {settings.URL}/account/link/{secret}/"
        print(line, flush=True)
        logger.info("up", **{name: round(seconds, 2) for name, seconds in self.seconds.items()})

    def _tend(self) -> None:
        if self.is_renewing:
            self.is_renewing = False
            self._stop_children()
        if self.postgres and not self.postgres.is_alive():
            self._revive(self.postgres)
        self.web.tend()
        self.follower.tend()
        if self.postgres and time.monotonic() - self.log_checked_at > LOG_CHECK_S:
            self.log_checked_at = time.monotonic()
            self.postgres.rotate_log()

    def _revive(self, postgres: Server) -> None:
        logger.error("child_died", child="postgres")
        try:
            postgres.start()
        except (
            PostgresRefused
        ) as refusal:  # the dead one's children may still hold its memory: the next tick tries again
            logger.warning("postgres_refused", why=str(refusal))

    def _stop_children(self) -> None:
        for child in (self.web, self.follower):
            child.ask_to_end()
        for child in (self.web, self.follower):
            child.stop()

    def _take_down(self) -> None:
        self._stop_children()
        if self.postgres:
            self.postgres.stop()
        self.lock.release()

    @contextmanager
    def _timed(self, figure: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[figure] = time.monotonic() - begun


def refuse_taken_port(bind: str, port: int) -> None:
    """Refuse a port where something listens: with a shared port two servers would take turns."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotServe(f"Port {port} is taken. Set BOURSE_PORT to a free one.") from None
            raise CannotServe(f"Cannot listen on {bind} port {port}: {error.strerror}.") from None


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


def main(arguments: list[str]) -> int:
    """Serve until stopped; the exit status."""
    parser = argparse.ArgumentParser(prog="./bourse serve", description="Serve the exchange.")
    parser.add_argument(
        "--empty", action="store_true", help="start a fresh database without the sample market"
    )
    log.configure("supervisor")
    try:
        Supervisor(is_empty=parser.parse_args(arguments).empty).run()
    except (HomeTaken, PostgresRefused, DatabaseRefused, CannotServe) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _drain(pipe: int) -> None:
    try:
        while os.read(pipe, 512):
            pass
    except BlockingIOError:
        pass
