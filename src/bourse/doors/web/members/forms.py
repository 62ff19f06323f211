"""Forms of the operator's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import words
from bourse.members.actor import Role


class AdmitForm(forms.Form):
    """A company that becomes a member."""

    name = forms.CharField(
        label=_("Company name"), max_length=200, error_messages={"required": _("Enter the company’s name")}
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    country = forms.RegexField(
        r"^\s*[A-Za-z]{2}\s*$",
        label=_("Country"),
        help_text=_("Two letters, for example BE"),
        required=False,
        error_messages={"invalid": _("Enter the country as two letters, for example BE")},
    )


class AddPersonForm(forms.Form):
    """A person who acts for a company from now on."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Enter a name")})
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.com"),
        },
    )
    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[(role.value, words.role_explained(role)) for role in Role],
        coerce=Role,
        initial=Role.TRADER.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role")},
    )
