"""What the supervisor leaves for pages and figures."""

import json
import logging
from pathlib import Path

import pytest
import structlog

from bourse.kit import status
from bourse.kit.status import Process
from bourse.run import log
from bourse.run.children import ended_in_words
from bourse.run.status_file import StatusFile, troubles


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    process = Process("web", 7, None, 2, "ended with status 1")
    StatusFile(tmp_path).keep([process])
    found = status.status(tmp_path)
    assert found and found.processes == [process]
    assert found.version.startswith("0.") and found.disk_free_bytes > 0
    assert (tmp_path / "status.json").stat().st_mode & 0o777 == 0o600


def test_where_none_was_written_or_half_there_is_none(tmp_path: Path) -> None:
    assert status.status(tmp_path) is None
    (tmp_path / "status.json").write_text('{"at": ')
    assert status.status(tmp_path) is None


def test_an_error_is_found_among_the_troubles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    log.keep_troubles("worker", tmp_path)
    logger = structlog.stdlib.get_logger()
    try:
        raise ValueError("a bug")
    except ValueError:
        logging.getLogger("x").exception("job_failed")
    logger.info("nothing")
    found = troubles(tmp_path)
    assert [(one.process, one.words) for one in found] == [("worker", "job_failed: ValueError: a bug")]


def test_a_troubles_log_that_has_grown_keeps_its_younger_half(tmp_path: Path) -> None:
    line = json.dumps({"at": "2026-11-24T12:00:00Z", "process": "web", "event": "x" * 1000}) + "\n"
    (tmp_path / log.TROUBLES).write_text(line * 1100)
    log.rotate_troubles(tmp_path)
    assert (tmp_path / log.TROUBLES).stat().st_size == log.TROUBLES_LIMIT_BYTES // 2
    assert len(troubles(tmp_path)) == 20


def test_an_end_is_told_in_words() -> None:
    assert ended_in_words(-9) == "ended by signal SIGKILL"
    assert ended_in_words(3) == "ended with status 3"
