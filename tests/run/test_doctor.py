"""The doctor: each fault that can be made here has a line, and the line its cure."""

import os
import shutil
import socket
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from bourse import settings
from bourse.kit.status import BACKUP, Backup
from bourse.run import doctor
from bourse.run.doctor import Finding, Sign
from run.house import free_port

Space = namedtuple("Space", "total used free")


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    monkeypatch.setattr(settings, "BIND", "127.0.0.1")
    monkeypatch.setattr(settings, "PORT", free_port())
    monkeypatch.setattr(settings, "URL", "http://localhost:8000")
    return tmp_path / "home"


def lines(check: Callable[[], Iterator[Finding]]) -> list[str]:
    return [str(finding) for finding in check()]


def test_an_open_data_folder_is_closed(own_home: Path) -> None:
    own_home.mkdir(mode=0o755)
    assert lines(doctor.data_folder)[0] == (
        f"WRONG  Other accounts may look into {own_home}. Cure: chmod 700 {own_home}"
    )
    own_home.chmod(0o700)
    assert lines(doctor.data_folder)[0] == f"good   The data folder {own_home} is ours alone."


def test_a_data_folder_of_another_account_is_named(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_home.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "belongs to another account. Cure: chown -R " in lines(doctor.data_folder)[0]


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Space(10, 9, 2**29))
    assert lines(doctor.data_folder)[1].startswith("WRONG  0.5 GiB free for ")


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", settings.PORT)):
        assert lines(doctor.port) == [
            f"WRONG  Port {settings.PORT} is taken. Set BOURSE_PORT to a free one. "
            "Cure: set BOURSE_PORT, or stop what listens there"
        ]
    assert next(doctor.port()).sign is Sign.NOTE


@pytest.mark.parametrize(
    ("bind", "url", "sign"),
    [
        ("127.0.0.1", "http://localhost:8000", Sign.GOOD),
        ("0.0.0.0", "http://localhost:8000", Sign.WRONG),
        ("0.0.0.0", "http://bourse.example", Sign.WRONG),
        ("127.0.0.1", "https://bourse.example", Sign.GOOD),
    ],
)
def test_the_address_fits_what_is_bound(
    monkeypatch: pytest.MonkeyPatch, bind: str, url: str, sign: Sign
) -> None:
    monkeypatch.setattr(settings, "BIND", bind)
    monkeypatch.setattr(settings, "URL", url)
    assert [finding.sign for finding in doctor.address()] == [sign]


def test_a_database_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "IS_EMBEDDED", False)
    monkeypatch.setattr(settings, "DATABASE_URL", f"postgresql://x@/x?host={tmp_path}")
    (finding,) = doctor.the_database()
    assert finding.sign is Sign.WRONG
    assert finding.what.startswith("The database does not answer: ")


def test_a_postgresql_that_is_too_old_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        class info:
            server_version = 140_012

        def close(self) -> None: ...

    monkeypatch.setattr("psycopg.connect", lambda *_, **__: Old())
    monkeypatch.setattr(settings, "IS_EMBEDDED", False)
    assert lines(doctor.the_database)[0].startswith("WRONG  This is PostgreSQL 14; Bourse needs 15 or newer.")


def test_a_house_that_is_down_has_no_follower_to_look_at() -> None:
    assert lines(doctor.follower) == []
    assert next(doctor.catalogue()).sign is Sign.NOTE


def test_the_last_backup_is_told_and_an_old_or_failed_one_named(own_home: Path) -> None:
    own_home.mkdir(mode=0o700)
    assert lines(doctor.last_backup)[0].startswith("note   No backup was made on this data folder.")
    now = datetime.now(UTC)
    for hours, sign in ((5, Sign.GOOD), (40, Sign.WRONG)):
        made = Backup(now - timedelta(hours=hours), "/srv/one.backup", 7, True)
        (own_home / BACKUP).write_bytes(msgspec.json.encode(made))
        (finding,) = doctor.last_backup()
        assert finding.what == f"The last backup is {hours} h old, proven by restoring it: /srv/one.backup."
        assert finding.sign is sign
    (own_home / BACKUP).write_bytes(msgspec.json.encode(Backup(failed_at=now, why="No room.")))
    assert lines(doctor.last_backup)[0].startswith("WRONG  The last try to make a backup failed: No room.")


@pytest.mark.django_db
def test_a_failed_job_and_a_late_fact_are_named() -> None:
    with connection.cursor() as cursor:
        raw = cursor.connection
        said = [finding.what for finding in doctor._about_work(raw)]
        assert said[1:] == ["No job has failed.", "No fact waits too long for search."]
        number = app.configure_task("tests.unknown").defer()
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])
        cursor.execute(
            "INSERT INTO kit_fact (name, body, announced_at) "
            "VALUES ('x.Y', '{}', now() - interval '1 minute')"
        )
        said = [str(finding) for finding in doctor._about_work(raw)]
    assert said[1].startswith("WRONG  Jobs that have failed: 1. Cure: the page Operations")
    assert said[2].startswith("WRONG  1 facts wait, the oldest for 60 s.")
