"""The form of one's own person."""

from typing import Any
from zoneinfo import available_timezones

import msgspec
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bourse.members.queries.personal import Own


class PersonalForm(forms.Form):
    """What a person sets of himself."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Your colleagues see it, and so does whoever reads what you did"),
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("Seen by nobody else"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser says")), *settings.LANGUAGES], required=False
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_(
            "For quiet hours and digests. Pages of the market say UTC, so that all read the same time."
        ),
        error_messages={"invalid_choice": _("Choose a time zone from the list")},
    )

    def __init__(self, data: Any, own: Own) -> None:
        super().__init__(data, initial=msgspec.structs.asdict(own))
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["time_zone"].widget.attrs["translate"] = "no"
        self.fields["time_zone"].choices = [(zone, zone) for zone in ("UTC", *zones)]  # type: ignore[attr-defined]

    def own(self) -> Own:
        """What was typed."""
        return Own(**self.cleaned_data)
