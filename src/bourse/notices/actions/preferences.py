"""How a person wants to be told."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.db import transaction

from bourse.kit import audit
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.notices.models import Preference, Rhythm
from bourse.notices.queries.preferences import PreferencesView, preferences
from bourse.notices.rhythm import Hours
from bourse.notices.topics import ALWAYS, Choice, Topic


class TopicKeepsItsWays(Refusal):
    """This topic is told in the same way to everybody."""


class QuietHoursNeedBothEnds(Refusal):
    """Quiet hours begin, and do not end."""


class DigestHourNotKnown(Refusal):
    """A digest comes at a full hour, each day or on one day of the week."""


@transaction.atomic
def choose(*, actor: Actor, choices: Mapping[Topic, Choice], hours: Hours, now: datetime) -> PreferencesView:
    """The actor's own choices from now on; topics that are left out stay as they are."""
    before = preferences(actor)
    _refuse(before, choices, hours)
    for topic, choice in choices.items():
        Preference.objects.update_or_create(
            person_id=actor.person_id,
            topic=topic.value,
            defaults={"in_app": choice.in_app, "mail": choice.mail.value},
        )
    Rhythm.objects.update_or_create(person_id=actor.person_id, defaults=msgspec.structs.asdict(hours))
    after = preferences(actor)
    changed = [topic.value for topic in after.choices if after.choices[topic] != before.choices[topic]]
    audit.record(
        "notices.choose",
        person_id=actor.person_id,
        company_id=None,
        about="own notices",
        after={"topics": changed, "hours": after.hours != before.hours},
        now=now,
    )
    return after


def _refuse(before: PreferencesView, choices: Mapping[Topic, Choice], hours: Hours) -> None:
    for topic in ALWAYS & choices.keys():
        if choices[topic] != before.choices[topic]:
            raise TopicKeepsItsWays("News of your account always reaches you: it guards the account.")
    if (hours.quiet_from is None) != (hours.quiet_until is None):
        raise QuietHoursNeedBothEnds("Say when the quiet hours begin and when they end, or neither.")
    if not 0 <= hours.digest_hour < 24 or hours.digest_weekday not in (None, *range(7)):
        raise DigestHourNotKnown(
            "A digest comes at an hour from 0 to 23, each day or on one day of the week."
        )
