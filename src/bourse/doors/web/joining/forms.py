"""The application, and what an applicant adds to it afterwards."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web.countries import COUNTRIES
from bourse.doors.web.joining.names import NATURES, SIZES, TRADES
from bourse.doors.web.joining.papers import PapersField
from bourse.members.actions.joining import LONGEST_TEXT, Said

_MOST_ASSOCIATIONS, _LONGEST_ASSOCIATION = 10, 100


def _box(
    label: Any, most: int, told: Any, *, fill: str = "", hint: Any = "", needed: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=needed,
        error_messages={"required": told},
        widget=forms.TextInput(attrs={"autocomplete": fill} if fill else {}),
    )


def _area(label: Any, most: int, told: Any, hint: Any, *, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=needed,
        error_messages={"required": told},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class JoinForm(forms.Form):
    """What a firm says of itself in order to be admitted."""

    company_name = _box(
        _("Company name"),
        200,
        _("Enter the company’s name"),
        fill="organization",
        hint=_("As members shall see it"),
    )
    legal_name = _box(
        _("Legal name"), 200, "", hint=_("Where it differs, with its form: BVBA, Pvt Ltd"), needed=False
    )
    registration_number = _box(
        _("Registration number"), 60, _("Enter the number under which the company is registered")
    )
    website = _box(_("Website"), 200, "", fill="url", hint=_("If it has one"), needed=False)
    street = _box(_("Street and number"), 300, _("Enter the street and number"), fill="street-address")
    postcode = _box(_("Postcode"), 20, "", fill="postal-code", hint=_("If there is one"), needed=False)
    city = _box(_("City"), 100, _("Enter the city"), fill="address-level2")
    country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Choose the country"), "invalid_choice": _("Choose the country")},
    )
    nature = forms.ChoiceField(
        label=_("Kind of business"),
        choices=list(NATURES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what kind of business it is"),
            "invalid_choice": _("Say what kind of business it is"),
        },
    )
    size = forms.ChoiceField(
        label=_("Size"),
        choices=list(SIZES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how many people work there"),
            "invalid_choice": _("Say how many people work there"),
        },
    )
    trades = forms.MultipleChoiceField(
        label=_("What it trades in"),
        choices=list(TRADES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one kind of goods"),
            "invalid_choice": _("Tick at least one kind of goods"),
        },
    )
    sides = forms.MultipleChoiceField(
        label=_("What it wants to do here"),
        choices=[("buys", _("Buy")), ("sells", _("Sell"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick buy, sell or both"),
            "invalid_choice": _("Tick buy, sell or both"),
        },
    )
    bank_reference = _area(
        _("Bank reference"),
        1000,
        _("Name a bank that knows the company"),
        _("Bank, branch, and somebody there who may be asked"),
    )
    trade_references = _area(
        _("Trade references"),
        2000,
        _("Name two firms of the trade that know the company"),
        _("Two firms of the trade, each with somebody who may be asked"),
    )
    associations = _area(
        _("Trade associations"),
        1000,
        "",
        _("Bourses and associations of which it is a member, one on a line, with its number there"),
        needed=False,
    )
    papers = PapersField()
    person_name = _box(_("Your name"), 200, _("Enter your name"), fill="name")
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The link to your application, and later your invitation, go there"),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = _box(
        _("Your telephone"), 40, _("Enter a telephone number"), fill="tel", hint=_("With the country’s code")
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, use_required_attribute=False)
        by_name = sorted(((code, gettext(name)) for code, name in COUNTRIES.items()), key=lambda one: one[1])
        self.fields["country"].choices = [("", gettext("Choose …")), *by_name]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """The address with its scheme."""
        text = str(self.cleaned_data["website"]).strip()
        if not text:
            return ""
        whole = text if re.match(r"(?i)https?://", text) else f"https://{text}"
        if not re.fullmatch(r"(?i)https?://[^\s/]+\.[^\s/]+(/\S*)?", whole):
            raise forms.ValidationError(gettext("Enter the website as its address, for example dora.example"))
        return whole

    def clean_telephone(self) -> str:
        """A number with digits enough to be called."""
        text = str(self.cleaned_data["telephone"]).strip()
        if sum(letter.isdigit() for letter in text) < 5:
            raise forms.ValidationError(gettext("Enter a telephone number, for example +32 3 123 45 67"))
        return text

    def clean_associations(self) -> list[str]:
        """One on a line."""
        lines = [line.strip() for line in str(self.cleaned_data["associations"]).splitlines() if line.strip()]
        if len(lines) > _MOST_ASSOCIATIONS or any(len(line) > _LONGEST_ASSOCIATION for line in lines):
            raise forms.ValidationError(
                gettext("Enter at most 10 associations, each in at most 100 characters")
            )
        return lines

    def said(self) -> Said:
        """The form as the order takes it."""
        told = {name: self.cleaned_data[name] for name in Said.__struct_fields__ if name in self.cleaned_data}
        sides = self.cleaned_data["sides"]
        return Said(**told, buys="buys" in sides, sells="sells" in sides)


class AnswerForm(forms.Form):
    """What an applicant adds: words, documents, or both."""

    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = PapersField()


class WithdrawForm(forms.Form):
    """An applicant's own end of his application."""

    sure = forms.BooleanField(
        label=_("Yes, withdraw the application"),
        error_messages={"required": _("Tick the box to withdraw the application")},
    )
