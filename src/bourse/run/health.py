"""Whether this installation can do its work now: what /readyz and the doctor ask."""

from functools import cache
from pathlib import Path

import structlog
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from bourse.kit import clock, outbox
from bourse.kit.status import BEAT, LAG_LIMIT_S, SILENCE_LIMIT_S, follower_silence_s

log = structlog.get_logger()


def is_ready() -> bool:
    """Whether the database answers, is migrated, and the follower keeps up. The log alone says why not."""
    connection.close_if_unusable_or_obsolete()  # as Django does before each request
    try:
        why = why_not()
    except Error as error:
        why = f"database: {error}"
        connection.close()
    if why:
        log.warning("not_ready", why=why)
    return why is None


def beat(home: Path) -> None:
    """Leave word that the follower goes round."""
    (home / BEAT).touch(mode=0o600)


def why_not() -> str | None:
    """What keeps this installation from its work; None where nothing does."""
    now = clock.now()
    if not _is_migrated():
        return "migrations are missing"
    silence_s = follower_silence_s(settings.HOME)
    if silence_s is None or silence_s > SILENCE_LIMIT_S:
        return "the follower is silent"
    waiting, oldest_s = outbox.waiting(now)
    if oldest_s > LAG_LIMIT_S:
        return f"{waiting} facts wait, the oldest for {oldest_s:.0f} s"
    return None


def missing_migrations() -> list[str]:
    """The migrations that the code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


@cache
def _seen_migrated() -> list[bool]:
    return []


def _is_migrated() -> bool:
    """Asked until it is true once: a database does not lose migrations under a running process."""
    seen = _seen_migrated()
    if not seen and not missing_migrations():
        seen.append(True)
    return bool(seen)
