"""The forms of a key: what it is for, what it may do, how long it works."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.members.actor import Scope

SCOPES = [
    (Scope.READ_SEARCH.value, _("Read search: search and look at any live listing")),
    (Scope.MANAGE_STOCK.value, _("Manage stock: uploads, asks and availability of our own stock")),
    (Scope.TRADE.value, _("Trade: bids, offers and deals")),
    (Scope.FEEDS.value, _("Feeds: what is shown on our own site")),
]
LIVES = [("90", _("90 days")), ("30", _("30 days")), ("365", _("A year")), ("", _("Without an end"))]
OVERLAPS = [
    ("7", _("For 7 days")),
    ("1", _("For a day")),
    ("30", _("For 30 days")),
    ("0", _("Not at all: it ends now")),
]


class KeyForm(forms.Form):
    """A key as an owner makes it."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("What the key is for, for example the program that will use it"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name: what the key is for")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=SCOPES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the key may do")},
    )
    days = forms.ChoiceField(
        label=_("How long it works"), choices=LIVES, initial="90", required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="key_%s", use_required_attribute=False)

    def chosen(self, now: datetime) -> dict[str, Any]:
        """What the order is given."""
        days = self.cleaned_data["days"]
        return {
            "name": self.cleaned_data["name"],
            "scopes": [Scope(scope) for scope in self.cleaned_data["scopes"]],
            "expires_at": now + timedelta(days=int(days)) if days else None,
        }


class RotateForm(forms.Form):
    """How long the old key works beside the new one."""

    days = forms.ChoiceField(
        label=_("How long the old key still works"),
        help_text=_("Long enough to give the new one to every program that uses the old one"),
        choices=OVERLAPS,
        initial="7",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how long the old key still works")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="key_%s", use_required_attribute=False)

    @property
    def overlap(self) -> timedelta:
        """The time chosen."""
        return timedelta(days=int(self.cleaned_data["days"]))
