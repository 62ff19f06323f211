"""The form of how a person wants to be told."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.doors.web.notices.names import EXPLAINED, MAILINGS, TOPICS, WEEKDAYS
from bourse.notices.queries import PreferencesView
from bourse.notices.rhythm import Hours
from bourse.notices.topics import ALWAYS, Choice, Mailing, Topic

HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
DAYS = [("", _("Every day")), *((str(day), name) for day, name in enumerate(WEEKDAYS))]


class ChoicesForm(forms.Form):
    """Topic by topic what stands in the inbox and what is mailed; the hours."""

    quiet_from = forms.ChoiceField(
        label=_("Quiet from"),
        choices=[("", _("No quiet hours")), *HOURS],
        required=False,
    )
    quiet_until = forms.ChoiceField(
        label=_("Quiet until"), choices=[("", _("No quiet hours")), *HOURS], required=False
    )
    digest_hour = forms.ChoiceField(
        label=_("Digest at"),
        choices=HOURS,
    )
    digest_weekday = forms.ChoiceField(label=_("Digest on"), choices=DAYS, required=False)

    def __init__(self, data: Any, view: PreferencesView) -> None:
        super().__init__(data, initial=_typed(view.hours))
        self._topics = [topic for topic in view.choices if topic not in ALWAYS]
        for topic in self._topics:
            choice = view.choices[topic]
            self.fields[f"{topic.value}_in_app"] = forms.BooleanField(
                label=_("In the inbox"), initial=choice.in_app, required=False
            )
            self.fields[f"{topic.value}_mail"] = forms.ChoiceField(
                label=_("By mail"),
                initial=choice.mail.value,
                choices=[(way.value, text) for way, text in MAILINGS.items()],
                error_messages={"required": _("Choose how it is mailed")},
            )

    def rows(self) -> list[dict[str, object]]:
        """The table: a line for each topic, without boxes where nothing can be chosen."""
        return [
            {
                "name": topic.value,
                "text": TOPICS[topic],
                "explained": EXPLAINED[topic],
                "in_app": self[f"{topic.value}_in_app"] if topic in self._topics else None,
                "mail": self[f"{topic.value}_mail"] if topic in self._topics else None,
            }
            for topic in (*sorted(ALWAYS), *self._topics)
        ]

    def quiet(self) -> list[forms.BoundField]:
        """The boxes of the quiet hours."""
        return [self["quiet_from"], self["quiet_until"]]

    def digest(self) -> list[forms.BoundField]:
        """The boxes of the digest."""
        return [self["digest_hour"], self["digest_weekday"]]

    def choices(self) -> dict[Topic, Choice]:
        """What was chosen."""
        said = self.cleaned_data
        return {
            topic: Choice(said[f"{topic.value}_in_app"], Mailing(said[f"{topic.value}_mail"]))
            for topic in self._topics
        }

    def hours(self) -> Hours:
        """The hours that were chosen."""
        said = self.cleaned_data
        return Hours(
            quiet_from=time(int(said["quiet_from"])) if said["quiet_from"] else None,
            quiet_until=time(int(said["quiet_until"])) if said["quiet_until"] else None,
            digest_hour=int(said["digest_hour"]),
            digest_weekday=int(said["digest_weekday"]) if said["digest_weekday"] else None,
        )


def _typed(hours: Hours) -> dict[str, str]:
    return {
        "quiet_from": str(hours.quiet_from.hour) if hours.quiet_from else "",
        "quiet_until": str(hours.quiet_until.hour) if hours.quiet_until else "",
        "digest_hour": str(hours.digest_hour),
        "digest_weekday": "" if hours.digest_weekday is None else str(hours.digest_weekday),
    }
