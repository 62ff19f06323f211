"""Forms of what a company says of itself."""

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import typed
from bourse.doors.web.countries import COUNTRIES
from bourse.doors.web.joining.names import NATURES, SIZES, TRADES
from bourse.members.profile import Particulars, Profile


def country_field(*, needed: bool) -> forms.ChoiceField:
    """A choice among the countries; `set_countries` fills it in the reader's language."""
    return forms.ChoiceField(
        label=_("Country"),
        required=needed,
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Choose the country"), "invalid_choice": _("Choose the country")},
    )


def set_countries(form: forms.Form) -> None:
    """Put the countries into the form's choice, by name."""
    by_name = sorted(((code, gettext(name)) for code, name in COUNTRIES.items()), key=lambda one: one[1])
    form.fields["country"].choices = [("", gettext("Choose …")), *by_name]  # type: ignore[attr-defined]


def lines(text: str) -> tuple[str, ...]:
    """What stands one on a line."""
    return tuple(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def box(label: Any, most: int, *, hint: Any = "", fill: str = "", needed: Any = "") -> forms.CharField:
    """A line of text; `needed` is what is said where it is empty."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=bool(needed),
        error_messages={"required": needed},
        widget=forms.TextInput(attrs={"autocomplete": fill} if fill else {}),
    )


def area(label: Any, most: int, *, hint: Any = "", rows: int = 3) -> forms.CharField:
    """Some lines of text that may be left empty."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ProfileForm(forms.Form):
    """What other members see."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name = box(
        _("Company name"),
        200,
        fill="organization",
        needed=_("Enter the company’s name"),
        hint=_("Another name is told to whoever runs the exchange, and compared with the lists in force"),
    )
    city = box(_("City"), 100, fill="address-level2")
    country = country_field(needed=False)
    nature = forms.ChoiceField(
        label=_("Kind of business"), choices=[("", _("Not said")), *NATURES.items()], required=False
    )
    trades = forms.MultipleChoiceField(
        label=_("What it trades in"),
        choices=list(TRADES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    associations = area(_("Trade associations"), 2000, hint=_("One on a line"))
    about = area(_("About the company"), 2000, rows=5)
    website = box(_("Website"), 200, fill="url", hint=_("For example www.example.com"))
    public_email = box(_("Public e-mail address"), 254, fill="email", hint=_("Members write to it"))
    public_telephone = box(_("Public telephone"), 40, fill="tel", hint=_("With the country’s code"))
    founded = box(_("Founded in"), 10, hint=_("The year, for example 1981"))

    def __init__(self, data: Any, profile: Profile, seen: str) -> None:
        said = msgspec.structs.asdict(profile) | {"associations": "\n".join(profile.associations)}
        super().__init__(data, initial=said | {"seen": seen})
        set_countries(self)

    def clean_associations(self) -> tuple[str, ...]:
        """The associations one by one, each short enough to be kept."""
        said = lines(self.cleaned_data["associations"])
        if any(len(one) > 100 for one in said):
            raise forms.ValidationError(_("Write each association in at most 100 signs, one on a line"))
        return said

    def clean_founded(self) -> int | None:
        """The year."""
        text = self.cleaned_data["founded"]
        year = typed.whole(text) if text else None
        if text and (year is None or year > 9999):
            raise forms.ValidationError(_("Enter the year of the foundation, for example 1981"))
        return year

    def profile(self) -> Profile:
        """What was typed."""
        return msgspec.convert({**self.cleaned_data}, Profile)


class ParticularsForm(forms.Form):
    """What only the house is told."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    legal_name = box(_("Legal name"), 200, hint=_("With its form: BVBA, Pvt Ltd"))
    street = box(_("Street and number"), 300, fill="street-address")
    postcode = box(_("Postcode"), 20, fill="postal-code")
    registration_number = box(_("Registration number"), 60)
    tax_number = box(_("Tax number"), 60)
    size = forms.ChoiceField(label=_("Size"), choices=[("", _("Not said")), *SIZES.items()], required=False)
    buys = forms.BooleanField(label=_("The company buys here"), required=False)
    sells = forms.BooleanField(label=_("The company sells here"), required=False)
    bank_reference = area(_("Bank reference"), 1000, hint=_("Bank, branch, and somebody who may be asked"))
    trade_references = area(_("Trade references"), 2000, hint=_("Firms of the trade that know the company"))

    def __init__(self, data: Any, particulars: Particulars, seen: str) -> None:
        super().__init__(data, initial=msgspec.structs.asdict(particulars) | {"seen": seen})

    def particulars(self) -> Particulars:
        """What was typed."""
        return msgspec.convert({**self.cleaned_data}, Particulars)
