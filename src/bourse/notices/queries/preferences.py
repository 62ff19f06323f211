"""How people like to be told."""

from collections.abc import Iterable

import msgspec

from bourse.members.actor import Actor
from bourse.members.queries import recipients
from bourse.notices.models import Preference, Rhythm
from bourse.notices.rhythm import Hours
from bourse.notices.topics import ALWAYS, OPERATORS_OWN, UNLESS_SET, Choice, Mailing, Topic


class PreferencesView(msgspec.Struct, frozen=True):
    """All of a person's choices. Topics of which he never hears are left out."""

    choices: dict[Topic, Choice]
    hours: Hours
    time_zone: str


def preferences(actor: Actor) -> PreferencesView:
    """How the actor himself is told."""
    topics = [topic for topic in Topic if actor.is_operator or topic not in OPERATORS_OWN]
    kept = choices_of(actor.person_id)
    me = recipients([actor.person_id]).get(actor.person_id)
    return PreferencesView(
        choices={topic: kept[topic] for topic in topics},
        hours=hours_of([actor.person_id])[actor.person_id],
        time_zone=me.time_zone if me else "UTC",
    )


def choices_of(person_id: int) -> dict[Topic, Choice]:
    """How each topic reaches one person."""
    kept = _kept([person_id])
    return {topic: kept.get((person_id, topic), UNLESS_SET[topic]) for topic in Topic}


def choices_for(people: Iterable[int], topic: Topic) -> dict[int, Choice]:
    """How one topic reaches each of these people."""
    wanted = list(people)
    kept = {} if topic in ALWAYS else _kept(wanted, topic)
    return {person_id: kept.get((person_id, topic), UNLESS_SET[topic]) for person_id in wanted}


def hours_of(people: Iterable[int]) -> dict[int, Hours]:
    """When each of these people is written to."""
    wanted = list(people)
    kept = {row.pk: row for row in Rhythm.objects.filter(pk__in=wanted)}
    return {person_id: _hours(kept.get(person_id)) for person_id in wanted}


def _kept(people: list[int], topic: Topic | None = None) -> dict[tuple[int, Topic], Choice]:
    rows = Preference.objects.filter(person_id__in=people).exclude(topic__in=[one.value for one in ALWAYS])
    if topic is not None:
        rows = rows.filter(topic=topic.value)
    return {(row.person_id, Topic(row.topic)): Choice(row.in_app, Mailing(row.mail)) for row in rows}


def _hours(row: Rhythm | None) -> Hours:
    if row is None:
        return Hours()
    return Hours(row.quiet_from, row.quiet_until, row.digest_hour, row.digest_weekday)
