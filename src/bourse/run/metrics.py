"""The metrics process: figures of the installation in Prometheus' text form, on an address of their own.

It runs only where BOURSE_METRICS_BIND is set. No company, person or stone is in a figure or a label.
"""

import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bourse.kit import clock, jobs, outbox, status
from bourse.market.queries.house_figures import live_listings, uploads_by_state
from bourse.run.guards import metrics_address

log = structlog.get_logger()

FOLDER = "metrics"


class House(Collector):
    """What the database, the disk and the supervisor's file say at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        yield from of_status(status.status(settings.HOME))
        yield from of_backup(status.backup(settings.HOME))
        silence = status.follower_silence_s(settings.HOME)
        yield gauge("bourse_follower_silence_seconds", "Since the follower last went round.", silence)
        try:
            yield from of_database()
        except Error as error:
            log.warning("database_lost", why=str(error).partition("\n")[0])
            connection.close()
            yield gauge("bourse_database_up", "Whether the database answers.", 0)


def of_database() -> Iterator[Metric]:
    """The market, the queue and the outbox in figures."""
    now = clock.now()
    waiting, oldest_s = outbox.waiting(now)
    figures = [
        gauge("bourse_outbox_waiting_facts", "Facts that were not delivered yet.", waiting),
        gauge("bourse_outbox_oldest_seconds", "How long the oldest of them has waited.", oldest_s),
        by("bourse_jobs", "Jobs by state.", "state", jobs.by_state()),
        gauge("bourse_jobs_oldest_seconds", "The longest wait of a job.", jobs.oldest_waiting_s(now)),
        by("bourse_uploads", "Uploads by state.", "state", uploads_by_state()),
        gauge("bourse_listings_live", "Live listings.", live_listings()),
        gauge("bourse_database_size_bytes", "Size of the database.", database_bytes()),
        gauge("bourse_database_up", "Whether the database answers.", 1),
    ]
    yield from figures


def of_status(found: status.Status | None) -> Iterator[Metric]:
    """The processes and the disk, as the supervisor wrote them last."""
    if found is None:
        return
    up = {process.name: int(process.pid is not None) for process in found.processes}
    yield by("bourse_process_up", "Whether the process runs.", "process", up)
    again = CounterMetricFamily(
        "bourse_process_restarts", "Restarts since the house came up.", labels=["process"]
    )
    for process in found.processes:
        again.add_metric([process.name], process.restarts)
    yield again
    yield gauge("bourse_disk_free_bytes", "Free on the disk of the data folder.", found.disk_free_bytes)
    yield gauge("bourse_disk_size_bytes", "Size of the disk of the data folder.", found.disk_bytes)
    yield gauge("bourse_status_timestamp_seconds", "When the supervisor last looked.", found.at.timestamp())
    yield by("bourse_build_info", "The version that runs.", "version", {found.version: 1})


def of_backup(last: status.Backup) -> Iterator[Metric]:
    """The last backup: nothing where there was none, so that an alert on its absence works."""
    if last.made_at:
        made_at, is_verified = last.made_at.timestamp(), int(last.is_verified)
        yield gauge("bourse_backup_age_seconds", "Since the last backup was made.", time.time() - made_at)
        yield gauge("bourse_backup_verified", "Whether it was restored on trial.", is_verified)
        yield gauge("bourse_backup_size_bytes", "Its size.", last.bytes)
    yield gauge("bourse_backup_failed", "Whether the last try failed.", int(last.failed_at is not None))


def gauge(name: str, about: str, value: float | None) -> Metric:
    """One figure; without a sample where there is none."""
    return GaugeMetricFamily(name, about, value=value)


def by(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    """A figure for each value of a label."""
    family = GaugeMetricFamily(name, about, labels=[label])
    for word, figure in values.items():
        family.add_metric([word], figure)
    return family


def database_bytes() -> int:
    """What the database takes on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        row = cursor.fetchone()
    return int(row[0])


def registry(home: Path) -> CollectorRegistry:
    """All figures: those of the web's processes added up, and those of the house."""
    found = CollectorRegistry()
    (home / FOLDER).mkdir(mode=0o700, exist_ok=True)
    MultiProcessCollector(found, path=str(home / FOLDER))  # type: ignore[no-untyped-call]
    found.register(House())
    return found


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a scrape each few seconds is no news."""


def main(_: list[str]) -> None:
    """Serve figures until told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: _stop())
    host, port = metrics_address(settings.METRICS_BIND)
    figures = make_wsgi_app(registry(settings.HOME))

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        close_old_connections()  # as Django does before each request
        answer: Iterable[bytes] = figures(environ, start_response)
        return answer

    with make_server(host, port, app, WSGIServer, _Silent) as server:
        server.timeout = 5
        server.serve_forever()


def _stop() -> None:
    raise SystemExit(0)
