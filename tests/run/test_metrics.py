"""The figures: well formed, few, and of nobody in particular."""

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from django.urls import get_resolver
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bourse.doors.web.metering import BUCKETS_S
from bourse.kit.status import BACKUP, STATUS, Backup, Process, Status
from bourse.run import metrics

MOST_SERIES = 5000  # a small Prometheus holds a thousand times as many
STATUSES = 12  # that a route of ours answers with, at most
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LABELS = {"route", "status", "le", "process", "state", "version"}
UNITS = ("_seconds", "_bytes")
COUNTED = (
    "_total",
    "_facts",
    "_live",
    "_up",
    "_verified",
    "_failed",
    "_info",
    "_jobs",
    "_uploads",
)


@pytest.fixture
def scraped(home: Path, db: None) -> str:
    up = [Process("web", 7, NOON, 0), Process("worker", None, None, 3, "ended by signal SIGKILL")]
    (home / STATUS).write_bytes(msgspec.json.encode(Status(NOON, "0.1.0", "3.11", up, 5, 10)))
    (home / BACKUP).write_bytes(msgspec.json.encode(Backup(NOON, "/srv/one.backup", 7, True)))
    return generate_latest(metrics.registry(home)).decode()


def test_each_figure_has_its_words_its_kind_and_its_unit(scraped: str) -> None:
    families = list(text_string_to_metric_families(scraped))
    assert len(families) > 15
    for family in families:
        assert family.documentation.endswith(".") and family.type in ("counter", "gauge", "histogram"), family
        for sample in family.samples:
            assert re.fullmatch(r"bourse_[a-z_]+", sample.name), sample.name
            assert sample.name.endswith((*UNITS, *COUNTED)), sample.name
            assert (family.type == "counter") == sample.name.endswith("_total"), sample.name
            assert set(sample.labels) <= LABELS, sample.labels


def test_the_processes_and_the_backup_are_told(scraped: str) -> None:
    said = scraped.splitlines()
    assert 'bourse_process_up{process="worker"} 0.0' in said
    assert 'bourse_process_restarts_total{process="worker"} 3.0' in said
    assert "bourse_backup_verified 1.0" in said
    assert 'bourse_jobs{state="failed"} 0.0' in said
    assert 'bourse_uploads{state="reading"} 0.0' in said
    assert "bourse_listings_live 0.0" in said
    assert "/srv" not in scraped


def test_all_routes_together_stay_within_the_bound(scraped: str) -> None:
    of_house = sum(len(family.samples) for family in text_string_to_metric_families(scraped))
    routes = 1 + sum(1 for _ in every_route(get_resolver().url_patterns))
    assert of_house + routes * (len(BUCKETS_S) + 1 + 2 + STATUSES) < MOST_SERIES


def every_route(patterns: list[object]) -> list[object]:
    found: list[object] = []
    for pattern in patterns:
        below = getattr(pattern, "url_patterns", None)
        found += every_route(below) if below is not None else [pattern]
    return found


@pytest.mark.django_db
def test_a_lost_database_leaves_the_figures_of_the_house(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise metrics.Error("server closed the connection")

    monkeypatch.setattr(metrics, "of_database", lost)
    monkeypatch.setattr(metrics.connection, "close", lambda: None)
    said = generate_latest(metrics.registry(home)).decode()
    assert "bourse_database_up 0.0" in said
    assert "bourse_follower_silence_seconds" in said
