"""Forms about a company's people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import words
from bourse.members.actor import Role

ROLES = [(role.value, words.role_explained(role)) for role in Role]


def _role(initial: Role) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Role"),
        choices=ROLES,
        coerce=Role,
        initial=initial.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role")},
    )


class InviteForm(forms.Form):
    """Somebody who is wanted."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Enter a name")})
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link goes there, and lets in nobody else"),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.com"),
        },
    )
    role = _role(Role.TRADER)


class RoleForm(forms.Form):
    """What a colleague may do."""

    role = _role(Role.TRADER)

    def __init__(self, data: Any, role: Role) -> None:
        super().__init__(data, initial={"role": role.value})


class ComeInForm(forms.Form):
    """A new person: his name, and how he signs in from now on."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    way = forms.ChoiceField(
        label=_("How you sign in from now on"),
        choices=[
            ("password", _("With a password")),
            ("passkey", _("With a passkey, which you add on the next page")),
        ],
        initial="password",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you sign in"),
            "invalid_choice": _("Choose how you sign in"),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        required=False,
        help_text=_("At least 12 characters; not needed with a passkey"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """The password is needed by whoever wants one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("way") == "password" and not said.get("password"):
            self.add_error("password", _("Enter a password"))
        return said

    def password_given(self) -> str | None:
        """The password, or nothing for whoever adds a passkey."""
        password: str = self.cleaned_data["password"]
        return password if self.cleaned_data["way"] == "password" else None
