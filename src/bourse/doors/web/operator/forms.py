"""How the operator sets the house."""

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures
from bourse.doors.web.operator.names import PUBLIC_FIELDS
from bourse.members.actions import LIMITS
from bourse.members.palette import HOUSE, Colours, Role, colour
from bourse.members.public_fields import PublicField
from bourse.members.queries import ExchangeView, Limits

BOXES = [(role, paper) for role in Role for paper in ("light", "dark")]
LABELS = {
    (Role.ACCENT, "light"): _("Links and buttons, light"),
    (Role.ACCENT, "dark"): _("Links and buttons, dark"),
    (Role.LINING, "light"): _("Heads and panels, light"),
    (Role.LINING, "dark"): _("Heads and panels, dark"),
}
LIMIT_BOXES = {
    "listing_days": (
        _("Days until an unconfirmed listing ends"),
        _("A listing ends when its supplier has not confirmed it for so many days; he is reminded before."),
    ),
    "search_depth_rows": (
        _("Stones of one search that a company may page through"),
        _("Deeper pages are refused by name, on the page and in the API. You are not limited."),
    ),
    "export_rows_a_day": (
        _("Stones of others that a company may export a day"),
        _("Its own stock is free. The day is that of UTC. With 0 nobody exports."),
    ),
    "declined_days": (
        _("Days until a declined or withdrawn application is forgotten"),
        _("All that the firm said goes, its documents, your notes and what a screening found too."),
    ),
}


class ExchangeForm(forms.Form):
    """Name, logo, colours and public fields of this exchange."""

    name = forms.CharField(
        label=_("Name of this exchange"),
        max_length=60,
        error_messages={"required": _("Enter the exchange’s name")},
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, at most 200 kB. It stands 24 pixels high before the name."),
        required=False,
        error_messages={"empty": _("The file of the logo is empty")},
    )
    removes_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    public_fields = forms.TypedMultipleChoiceField(
        label=_("What a visitor sees of a stone"),
        help_text=_(
            "Shape, weight, and whether it is natural or lab-grown are always shown. Stock numbers, places "
            "below the country, comments and links never are."
        ),
        choices=[(field.value, text) for field, text in PUBLIC_FIELDS.items()],
        coerce=PublicField,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, files: Any, view: ExchangeView) -> None:
        super().__init__(data, files, initial=_initial(view))
        for name, (label, told) in LIMIT_BOXES.items():
            self.fields[name] = _limit(name, str(label), str(told))
        self._limits = msgspec.structs.asdict(view.limits)
        self.fields["logo"].widget.attrs["accept"] = "image/png,image/jpeg,image/webp"
        for role, paper in BOXES:
            own = getattr(HOUSE[role], paper)
            self.fields[f"{role}_{paper}"] = forms.CharField(
                label=LABELS[role, paper],
                help_text=gettext("The house’s own: %(colour)s") % {"colour": own},
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off", "spellcheck": "false"}),
            )

    @property
    def limit_boxes(self) -> list[forms.BoundField]:
        """The boxes of the limits."""
        return [self[name] for name in LIMIT_BOXES]

    @property
    def colour_pairs(self) -> list[list[forms.BoundField]]:
        """The boxes of each colour, for light and for dark."""
        return [[self[f"{role}_{paper}"] for paper in ("light", "dark")] for role in Role]

    def clean(self) -> dict[str, Any]:
        """With `colours` that differ from the house's, `chosen_logo` unless it stays, and `limits`."""
        said = self.cleaned_data
        read = {role: self._pair(role) for role in Role}
        said["colours"] = {role: pair for role, pair in read.items() if pair and pair != HOUSE[role]}
        said["chosen_logo"] = self._logo()
        given = {name: said[name] for name in LIMIT_BOXES if said.get(name) is not None}
        said["limits"] = Limits(**self._limits | given)
        return said

    def _pair(self, role: Role) -> Colours | None:
        found = {paper: self._colour(role, paper) for paper in ("light", "dark")}
        return Colours(**found)

    def _colour(self, role: Role, paper: str) -> str:
        box = f"{role}_{paper}"
        text = self.cleaned_data.get(box, "")
        if not text:
            return str(getattr(HOUSE[role], paper))
        if (read := colour(text)) is None:
            self.add_error(box, gettext("Enter a colour as six figures, for example #0b5a75"))
        return read or ""

    def _logo(self) -> bytes | msgspec.UnsetType | None:
        if file := self.cleaned_data.get("logo"):
            return bytes(file.read())
        return None if self.cleaned_data.get("removes_logo") else msgspec.UNSET


def _initial(view: ExchangeView) -> dict[str, object]:
    chosen = {**HOUSE, **view.colours}
    shown = {f"{role}_{paper}": getattr(chosen[role], paper) for role, paper in BOXES}
    limits = msgspec.structs.asdict(view.limits)
    return {"name": view.name, "public_fields": sorted(view.public_fields), **shown, **limits}


def _limit(name: str, label: str, told: str) -> forms.IntegerField:
    least, most = LIMITS[name]
    bounds = {"least": figures.count(least), "most": figures.count(most)}
    wrong = gettext("Enter a whole number from %(least)s to %(most)s") % bounds
    return forms.IntegerField(
        label=label,
        help_text=told,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
