"""The form of a webhook: where it leads and what it hears."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

EVENTS = [
    ("upload.finished", _("A file went live")),
    ("upload.held", _("What a feed brought waits for a person")),
    ("feed.failed", _("A feed failed, or was paused")),
    ("listings.expiring", _("Stones expire soon")),
    ("listings.expired", _("Stones expired")),
    ("company.suspended", _("Our company was suspended")),
    ("company.reinstated", _("Our company is back")),
    ("key.made", _("A key was made")),
    ("key.rotated", _("A key was replaced")),
    ("key.revoked", _("A key was revoked")),
]


class WebhookForm(forms.Form):
    """A webhook as an owner sets it up."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("Begins with https:// and leads to a server of the open internet"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        error_messages={"required": _("Enter the address that events go to")},
    )

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, use_required_attribute=False, **rest)
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("Events"),
            choices=[(name, _named(text, name)) for name, text in EVENTS],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one event")},
        )


def _named(text: object, name: str) -> str:
    """What happened in words, and the name by which programs know it."""
    return format_html('{} <code translate="no">{}</code>', text, name)
