"""`./bourse serve`: brings the house up, keeps it up, takes it down."""

import argparse
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

import structlog

from bourse import settings
from bourse.kit.status import Process
from bourse.run import database, log, sign_ins, static
from bourse.run.backups.settling import settle
from bourse.run.children import Child
from bourse.run.guards import (
    CannotServe,
    answers,
    metrics_address,
    refuse_public_sample,
    refuse_taken_port,
)
from bourse.run.home import HomeLock
from bourse.run.postgres import PostgresRefused, Server
from bourse.run.process import answer_of, order
from bourse.run.status_file import StatusFile, as_process

logger = structlog.get_logger()

TICK_S = 0.25
LOG_CHECK_S = 60.0
START_PATIENCE_S = 60.0


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
        self.worker = Child("worker")
        metrics = [Child("metrics")] if settings.METRICS_BIND else []
        self.children = (self.web, self.follower, self.worker, *metrics)
        self.status = StatusFile(settings.HOME)
        self.up_since = datetime.now(UTC)  # noqa: TID251 (for the operator, no moment of the market)
        self.seconds = {"install_s": float(os.environ.get("INSTALLED_IN_S", 0))}
        self.is_stopping = self.is_renewing = False
        self.log_checked_at = 0.0

    def run(self) -> None:
        """Bring the house up and keep it up until told to stop."""
        self.lock.take()
        wake = self._hear_signals()
        try:
            refuse_taken_port(settings.BIND, settings.PORT)
            if settings.METRICS_BIND:
                refuse_taken_port(*metrics_address(settings.METRICS_BIND), "BOURSE_METRICS_BIND")
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
        for child in self.children[1:]:
            child.start()
        self._say_where(mark)

    def _look(self) -> tuple[bool, str | None]:
        """Whether the database is migrated, and its word on the sample. Half a sample is thrown away."""
        self._make_database_if_missing()
        with database.connect(database.current_url()) as connection:
            settle(settings.HOME, database.comment(connection))
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
        wants_sample = self.postgres is not None and not self.is_empty
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
            said = self._hear_out(step)
        answer = answer_of(name, step.returncode, said)
        logger.info("step_done", step=name, seconds=round(self.seconds[figure], 2))
        return answer

    def _hear_out(self, step: subprocess.Popen[str]) -> str:
        """All that the step says; a stop ends it, and the next start begins it anew."""
        while True:
            try:
                return step.communicate(timeout=TICK_S)[0]
            except subprocess.TimeoutExpired:
                if self.is_stopping:
                    step.kill()
                    step.wait()
                    raise Stopped from None

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
            line += f"; make the first operator within 7 days: {sign_ins.operator_address(secret)}"
        print(line, flush=True)
        logger.info("up", **{name: round(seconds, 2) for name, seconds in self.seconds.items()})

    def _tend(self) -> None:
        if self.is_renewing:
            self.is_renewing = False
            self._stop_children()
        if self.postgres and not self.postgres.is_alive():
            self._revive(self.postgres)
        for child in self.children:
            child.tend()
        self.status.keep(self._processes())
        if time.monotonic() - self.log_checked_at > LOG_CHECK_S:
            self.log_checked_at = time.monotonic()
            log.rotate_troubles(settings.HOME)
            if self.postgres:
                self.postgres.rotate_log()

    def _processes(self) -> Iterator[Process]:
        yield Process("supervisor", os.getpid(), self.up_since, 0)
        if self.postgres:
            pid = self.postgres.process.pid if self.postgres.process and self.postgres.is_alive() else None
            yield Process("postgres", pid, self.postgres.up_since, self.postgres.restarts)
        yield from (as_process(child) for child in self.children)

    def _revive(self, postgres: Server) -> None:
        logger.error("child_died", child="postgres")
        postgres.restarts += 1
        try:
            postgres.start()
        except (
            PostgresRefused
        ) as refusal:  # the dead one's children may still hold its memory: the next tick tries again
            logger.warning("postgres_refused", why=str(refusal))

    def _stop_children(self) -> None:
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
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


def main(arguments: list[str]) -> int:
    """Serve until stopped; the exit status."""
    parser = argparse.ArgumentParser(prog="./bourse serve", description="Serve the exchange.")
    parser.add_argument(
        "--empty", action="store_true", help="start a fresh database without the sample market"
    )
    log.configure("supervisor")
    log.keep_troubles("supervisor", settings.HOME)
    Supervisor(is_empty=parser.parse_args(arguments).empty).run()
    return 0


def _drain(pipe: int) -> None:
    try:
        while os.read(pipe, 512):
            pass
    except BlockingIOError:
        pass
