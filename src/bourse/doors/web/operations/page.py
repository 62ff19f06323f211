"""What the page of the house shows, in finished words."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures
from bourse.kit.jobs import FailedJob
from bourse.kit.status import Process, Trouble
from bourse.upkeep.queries import House

WORRIES = {
    "status": _("The supervisor has not been heard of: the figures below may be old. Look at its log."),
    "process": _("A process is down and is being started again. If it stays down, its last words say why."),
    "jobs": _("Jobs have failed. Read why, mend the cause, and try them again."),
    "queue": _("A job has waited for five minutes: the worker is busy or keeps dying. Uploads wait with it."),
    "outbox": _("Facts wait too long: search shows old stock. Look for the follower among the errors."),
    "follower": _("The follower is silent: search shows old stock. Look for it among the errors."),
    "disk": _("Less than 2 GiB are free: PostgreSQL stops on a full disk. Make room now."),
    "backup": _("There is no backup of the last day and a half. Run ./bourse backup FILE."),
    "backup_failed": _("The last try to make a backup failed; see Last backup."),
}
GIB = 1024**3


def of(house: House, now: datetime) -> dict[str, object]:
    """The whole page."""
    status = house.status
    return {
        "worries": [WORRIES[word] for word in house.worries],
        "processes": [_process(process, now) for process in (status.processes if status else [])],
        "queue": _queue(house),
        "failed": [_failed(job) for job in house.failed_jobs],
        "delays": _delays(house),
        "storage": _storage(house),
        "backup": _backup(house, now),
        "backup_trouble": house.backup.why if house.backup.failed_at else "",
        "versions": _versions(house),
        "troubles": [_trouble(trouble) for trouble in (status.troubles if status else [])],
    }


def number_of(typed: str) -> int:
    """A job's number; 0, which no job has, where it is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0


def _process(process: Process, now: datetime) -> dict[str, object]:
    since = process.up_since
    return {
        "name": process.name,
        "is_up": process.pid is not None,
        "state": gettext("Up") if process.pid else gettext("Down"),
        "since": figures.minute_utc(since) if since else "–",
        "machine": figures.machine(since) if since else "",
        "age": figures.age(since, now) if since else "",
        "restarts": figures.count(process.restarts),
        "last_words": process.last_words,
    }


def _queue(house: House) -> list[tuple[str, str]]:
    names = {"waiting": gettext("Waiting"), "running": gettext("Running"), "failed": gettext("Failed")}
    counted = [(names[state], figures.count(number)) for state, number in house.jobs.items()]
    return [*counted, (gettext("Longest wait"), _seconds(house.jobs_oldest_s))]


def _failed(job: FailedJob) -> dict[str, object]:
    return {
        "number": job.number,
        "name": job.name,
        "attempts": figures.count(job.attempts),
        "at": figures.minute_utc(job.failed_at) if job.failed_at else "–",
        "why": job.why,
        "again": gettext("Try again job %(number)s") % {"number": job.number},
    }


def _trouble(trouble: Trouble) -> dict[str, str]:
    return {
        "at": figures.minute_utc(trouble.at),
        "process": trouble.process,
        "words": trouble.words,
    }


def _delays(house: House) -> list[tuple[str, str]]:
    silence = house.follower_silence_s
    return [
        (gettext("Facts that wait"), figures.count(house.facts_waiting)),
        (gettext("Oldest of them"), _seconds(house.facts_oldest_s)),
        (gettext("Follower last heard"), _seconds(silence) if silence is not None else gettext("Never")),
    ]


def _storage(house: House) -> list[tuple[str, str]]:
    shown = [(gettext("Database"), _size(house.database_bytes))]
    if house.status:
        free, whole = house.status.disk_free_bytes, house.status.disk_bytes
        shown += [
            (gettext("Disk free"), _size(free)),
            (gettext("Share free"), figures.percent(100 * free / whole, 0)),
        ]
    return shown


def _backup(house: House, now: datetime) -> list[tuple[str, str]]:
    last = house.backup
    if last.made_at is None:
        return []
    verified = gettext("Yes: restored on trial, the same") if last.is_verified else gettext("No")
    return [
        (gettext("Made"), figures.minute(last.made_at)),
        (gettext("Age"), figures.age(last.made_at, now)),
        (gettext("Verified"), verified),
        (gettext("Size"), _size(last.bytes)),
        (gettext("File"), last.file),
    ]


def _versions(house: House) -> list[tuple[str, str]]:
    known = [(gettext("PostgreSQL"), house.postgresql)]
    if house.status:
        known = [
            (gettext("Bourse"), house.status.version),
            (gettext("Python"), house.status.python),
            *known,
        ]
    return known


def _seconds(seconds: float) -> str:
    return gettext("%(seconds)s s") % {"seconds": figures.decimal(seconds, 1)}


def _size(size: int) -> str:
    if size >= GIB:
        return gettext("%(size)s GiB") % {"size": figures.decimal(size / GIB, 1)}
    return gettext("%(size)s MiB") % {"size": figures.decimal(size / 1024**2, 1)}
