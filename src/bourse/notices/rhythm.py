"""Quiet hours and the moments of a digest, in a person's own time zone. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import msgspec


class Hours(msgspec.Struct, frozen=True):
    """When a person is written to. Without quiet hours both ends are None; no weekday: each day."""

    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_hour: int = 7
    digest_weekday: int | None = None


def zone(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where there is none by now."""
    return ZoneInfo(name if name in available_timezones() else "UTC")


def not_before(hours: Hours, zone_name: str, now: datetime) -> datetime:
    """When a mail may go that is written now: at once, or at the end of the quiet hours."""
    if hours.quiet_from is None or hours.quiet_until is None or hours.quiet_from == hours.quiet_until:
        return now
    here = now.astimezone(zone(zone_name))
    if not _is_within(here.time(), hours.quiet_from, hours.quiet_until):
        return now
    end = here.replace(
        hour=hours.quiet_until.hour, minute=hours.quiet_until.minute, second=0, microsecond=0, fold=0
    )
    if end <= here:
        end += timedelta(days=1)
    return end.astimezone(UTC)


def last_digest(hours: Hours, zone_name: str, now: datetime) -> datetime:
    """The latest moment, up to now, at which a digest was due."""
    here = now.astimezone(zone(zone_name))
    moment = here.replace(hour=hours.digest_hour, minute=0, second=0, microsecond=0, fold=0)
    while moment > here or hours.digest_weekday not in (None, moment.weekday()):
        moment -= timedelta(days=1)
    return moment.astimezone(UTC)


def _is_within(moment: time, begin: time, end: time) -> bool:
    if begin < end:
        return begin <= moment < end
    return moment >= begin or moment < end
