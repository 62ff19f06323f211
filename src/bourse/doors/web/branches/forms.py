"""The form of a branch."""

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from bourse.doors.web.company.forms import area, box, country_field, lines, set_countries
from bourse.members.profile import Place


class BranchForm(forms.Form):
    """A place of the company."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name = box(
        _("Name"),
        100,
        needed=_("Enter a name for the branch, for example Antwerp office"),
        hint=_("As your own people call it"),
    )
    street = box(_("Street and number"), 300, fill="street-address", needed=_("Enter the street and number"))
    postcode = box(_("Postcode"), 20, fill="postal-code")
    city = box(_("City"), 100, fill="address-level2", needed=_("Enter the city"))
    state = box(_("State or province"), 100, fill="address-level1")
    country = country_field(needed=True)
    contact = box(_("Who receives goods there"), 200)
    telephone = box(_("Telephone"), 40, fill="tel", hint=_("With the country’s code"))
    takes_deliveries = forms.BooleanField(label=_("Goods are sent there"), required=False)
    holds_stock = forms.BooleanField(label=_("Stock lies there"), required=False)
    stock_words = area(
        _("How your stock files call the place"),
        2000,
        hint=_("One on a line: ANT, Antwerp safe. Your own stock can then be seen branch by branch."),
    )

    def __init__(self, data: Any, place: Place, seen: str = "") -> None:
        said = msgspec.structs.asdict(place) | {"stock_words": "\n".join(place.stock_words)}
        super().__init__(data, initial=said | {"seen": seen})
        set_countries(self)

    def clean_stock_words(self) -> tuple[str, ...]:
        """The words one by one, each short enough to be kept."""
        said = lines(self.cleaned_data["stock_words"])
        if any(len(one) > 100 for one in said):
            raise forms.ValidationError(_("Write each word in at most 100 signs, one on a line"))
        return said

    def place(self) -> Place:
        """What was typed."""
        return msgspec.convert({**self.cleaned_data}, Place)
