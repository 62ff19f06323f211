"""The form of a feed: where its file is, what it does to the stock, and how often."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import typed

LONGEST_TYPED = 4_000  # the order says what is too long, and why


class FeedForm(forms.Form):
    """A feed as somebody sets it up or changes it; the kind is chosen once, where there is a choice."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("By which your colleagues know it"),
        max_length=100,
        error_messages={"required": _("Give the feed a name, for example where its file comes from")},
    )
    kind = forms.ChoiceField(
        label=_("Where the file is"),
        help_text=_("Whoever runs this exchange says how your files get into your folder"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the file is fetched or taken from your folder")},
    )
    address = forms.CharField(
        label=_("Address of the file"),
        help_text=_("Begins with https://. Owners and traders of your company see it, and nobody else"),
        max_length=LONGEST_TYPED,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    mode = forms.ChoiceField(
        label=_("What the file is"),
        choices=[
            ("replace_all", _("My whole stock: what is not in it leaves the exchange")),
            ("add_and_update", _("A part of my stock: add and update, remove nothing")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the file is the whole stock or a part of it")},
    )
    every_minutes = forms.CharField(
        label=_("Minutes from one run to the next"),
        help_text=_("At least 5; 60 is each hour, 1440 is each day"),
        max_length=12,
        initial="60",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={"required": _("Enter a whole number of minutes, for example 60")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        folder: str = "",
        kind: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="feed_%s", use_required_attribute=False)
        self._kind = kind or ("" if folder else "url")
        if self._kind:
            del self.fields["kind"]
        else:
            choice = gettext("It lies in our folder on this exchange, %(folder)s") % {"folder": folder}
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                ("url", gettext("It is fetched by its address")),
                ("folder", choice),
            ]
        if self._kind == "folder":
            del self.fields["address"]

    def clean_every_minutes(self) -> int:
        """The number typed; the order says whether it is allowed."""
        minutes = typed.whole(self.cleaned_data["every_minutes"])
        if minutes is None:
            raise forms.ValidationError(gettext("Enter a whole number of minutes, for example 60"))
        return minutes

    def clean(self) -> dict[str, Any]:
        """With a kind and an address, whichever were asked for."""
        said = self.cleaned_data
        said.setdefault("address", "")
        if self._kind:
            said["kind"] = self._kind
        if said.get("kind") == "url" and not said["address"].strip() and "address" not in self.errors:
            self.add_error("address", gettext("Enter the address of the file, which begins with https://"))
        return said
