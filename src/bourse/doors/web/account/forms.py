"""Forms of the person's own pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.members.queries import LinkView


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """E-mail address and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].error_messages["required"] = _("Enter your e-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "spellcheck": "false"}
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Enter your password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["remember"].label = _("Stay signed in on this device")


class LinkForm(forms.Form):
    """Who the holder of a one-time link is, and the password that he signs in with from now on."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_(
            "At least 12 characters. A sentence of four words is easier to keep than a short riddle."
        ),
        strip=False,
        error_messages={"required": _("Enter a password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any, link: LinkView) -> None:
        super().__init__(data, initial={"email": link.email, "name": link.name})
        if not link.makes_operator:
            # The address names the account: the person invited sees it and cannot change it.
            self.fields["email"].disabled = True


class DisplayForm(forms.Form):
    """How the pages look in this browser."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
        required=False,
    )
    density = forms.ChoiceField(
        label=_("Rows of tables"),
        choices=[
            ("compact", _("Compact, 26 pixels")),
            ("", _("Usual, 30 pixels")),
            ("roomy", _("Roomy, 36 pixels")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    keys = forms.ChoiceField(
        label=_("Single keys: / j k ?"),
        choices=[("", _("On")), ("off", _("Off"))],
        widget=forms.RadioSelect,
        required=False,
    )
