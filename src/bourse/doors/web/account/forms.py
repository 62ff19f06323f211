"""Forms of the person's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.doors.web.account.proving import Ways
from bourse.members.queries import LinkView

NEW_PASSWORD_HINT = _(
    "At least 12 characters. A sentence of four words is easier to keep than a short riddle."
)


def _email(autocomplete: str = "email") -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
    )


def _password(**attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        **attributes,
    )


def _new_password() -> forms.CharField:
    return forms.CharField(
        label=_("New password"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter a password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _code(**attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=100,
        error_messages={"required": _("Enter the code that your app shows")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "text",
                "spellcheck": "false",
                "class": "short",
            }
        ),
        **attributes,
    )


class SignInForm(forms.Form):
    """E-mail address and password."""

    login = _email("username webauthn")
    password = _password()
    remember = forms.BooleanField(label=_("Stay signed in on this device"), required=False)
    ticket = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)


class PasskeyForm(forms.Form):
    """What the browser answers for a passkey, and the question it answers."""

    state = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.CharField(required=False, widget=forms.HiddenInput)


class AgainForm(PasskeyForm):
    """What the person has to show, of what he has: passkey, code, or a password where he has neither."""

    password = _password()
    code = _code(help_text=_("Six digits of your app, or a recovery code"))

    def __init__(self, data: Any, ways: Ways) -> None:
        super().__init__(data)
        self.ways = ways
        if not ways.password:
            del self.fields["password"]
        if not ways.code:
            del self.fields["code"]
        elif self.data.get("answer"):
            self.fields["code"].required = False
        elif not ways.has_app:
            self.fields["code"].label = _("Recovery code")
            self.fields["code"].help_text = _("Where the passkey is not at hand")


class ForgottenForm(forms.Form):
    """The address that somebody signs in with."""

    email = _email("username")


class NewPasswordForm(forms.Form):
    """A password, typed once: the box can show it."""

    password = _new_password()


class EmailForm(forms.Form):
    """The address that the person wants to sign in with."""

    email = _email()


class PasskeyNameForm(forms.Form):
    """How a passkey is called."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that you find it when you lose it: Laptop, Telephone, Key in the safe"),
        error_messages={
            "required": _("Enter a name for the passkey"),
            "max_length": _("Enter a name of at most 60 characters"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AddPasskeyForm(PasskeyForm, PasskeyNameForm):
    """A new passkey with its name."""

    field_order = ("name",)


class AppForm(forms.Form):
    """The code that a new app shows, and the sealed secret that it was given."""

    code = _code(help_text=_("The six digits that the app shows now"))
    sealed = forms.CharField(widget=forms.HiddenInput, max_length=1000)


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
