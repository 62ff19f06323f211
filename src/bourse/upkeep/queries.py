"""The one question of this room: how does the house fare?"""

from datetime import datetime

import msgspec
from django.conf import settings
from django.db import connection

from bourse.kit import jobs, outbox, sealing, status
from bourse.kit.jobs import FailedJob
from bourse.kit.refusal import NotThere
from bourse.kit.status import (
    BACKUP_DUE_S,
    LAG_LIMIT_S,
    LEAST_DISK_BYTES,
    QUEUE_LIMIT_S,
    SILENCE_LIMIT_S,
    STALE_S,
    Backup,
    Status,
)
from bourse.members.actor import Actor


class House(msgspec.Struct, frozen=True):
    """The installation at one moment. `status` is None where no supervisor has written one."""

    status: Status | None
    is_status_old: bool
    backup: Backup
    backup_age_s: float | None
    jobs: dict[str, int]
    jobs_oldest_s: float
    failed_jobs: list[FailedJob]
    facts_waiting: int
    facts_oldest_s: float
    follower_silence_s: float | None
    database_bytes: int
    postgresql: str

    @property
    def worries(self) -> list[str]:
        """What needs a person, by a word for each; empty where the house is well."""
        processes = self.status.processes if self.status else []
        found = {
            "status": self.status is None or self.is_status_old,
            "process": any(process.pid is None for process in processes),
            "jobs": bool(self.jobs["failed"]),
            "queue": self.jobs_oldest_s > QUEUE_LIMIT_S,
            "outbox": self.facts_oldest_s > LAG_LIMIT_S,
            "follower": self.follower_silence_s is None or self.follower_silence_s > SILENCE_LIMIT_S,
            "disk": self.status is not None and self.status.disk_free_bytes < LEAST_DISK_BYTES,
            "backup": self.backup_age_s is None or self.backup_age_s > BACKUP_DUE_S,
            "backup_failed": self.backup.failed_at is not None,
        }
        return [word for word, is_so in found.items() if is_so]


def house(actor: Actor | None, now: datetime) -> House:
    """How the house fares; for others than the operator there is no such thing."""
    refuse_others(actor)
    found, last = status.status(settings.HOME), status.backup(settings.HOME)
    waiting, oldest_s = outbox.waiting(now)
    return House(
        status=found,
        is_status_old=found is not None and (now - found.at).total_seconds() > STALE_S,
        backup=last,
        backup_age_s=(now - last.made_at).total_seconds() if last.made_at else None,
        jobs=jobs.by_state(),
        jobs_oldest_s=jobs.oldest_waiting_s(now),
        failed_jobs=jobs.failed(),
        facts_waiting=waiting,
        facts_oldest_s=oldest_s,
        follower_silence_s=status.follower_silence_s(settings.HOME),
        database_bytes=int(_asked("SELECT pg_database_size(current_database())")),
        postgresql=_asked("SHOW server_version"),
    )


def audit_chain(actor: Actor | None) -> sealing.Chain:
    """How the chain of the audit stands, and what its last check found."""
    refuse_others(actor)
    return sealing.chain()


def refuse_others(actor: Actor | None) -> Actor:
    """The operator, whose the house is; to others nothing says that it is there."""
    if actor is None or not actor.is_operator:
        raise NotThere("There is no such page.")
    return actor


def _asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return str(row[0])
