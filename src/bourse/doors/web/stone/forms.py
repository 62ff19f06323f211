"""The own edit of a stone: both asks, availability, and what of it others are not shown."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.dialects.fields import LEAST_PER_CARAT, MOST_PER_CARAT
from bourse.doors.web import figures, typed
from bourse.doors.web.words import word
from bourse.market.queries import ListingView
from bourse.vocabulary.availability import Availability

ASKS = {"ask_cents": ("per_carat", "total"), "cash_ask_cents": ("cash_per_carat", "cash_total")}
"""Each ask with its two boxes, which follow each other."""

BOXES = [box for pair in ASKS.values() for box in pair]


def _box(label: Any, help_text: Any = "") -> forms.CharField:
    # What was shown travels along: which box was changed must not depend on what the listing says by now.
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=30, show_hidden_initial=True
    )


class AskForm(forms.Form):
    """Both asks, per carat or total, and availability. Empty boxes mean no ask; the changed one counts."""

    asks: Mapping[str, tuple[str, str]] = ASKS
    version = forms.IntegerField(widget=forms.HiddenInput)
    per_carat = _box(_("Ask, $/ct"), _("On memo or credit"))
    total = _box(_("Ask, total $"))
    hides_ask = forms.BooleanField(label=_("Hide this ask from others"), required=False)
    cash_per_carat = _box(_("Cash, $/ct"), _("Paid on delivery"))
    cash_total = _box(_("Cash, total $"))
    hides_cash_ask = forms.BooleanField(label=_("Hide the cash ask from others"), required=False)
    availability = forms.TypedChoiceField(label=_("Availability"), coerce=Availability)

    def __init__(self, data: Mapping[str, Any] | None, view: ListingView) -> None:
        self.weight_ct = Decimal(str(view.claims["weight_ct"]))
        super().__init__(data, initial=_initial(view, self.weight_ct), prefix=None)
        for name in BOXES:
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "class": "n", "autocomplete": "off"}
        choices = [(state.value, word(state.value)) for state in Availability]
        self.fields["availability"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With `ask_cents` and `cash_ask_cents`: the totals that the changed boxes mean."""
        said = self.cleaned_data
        for ask, (per_carat, total) in self.asks.items():
            cents = said[ask] = self._cents(per_carat, total)
            if cents and not self._is_plausible(cents):
                box = total if per_carat not in self.changed_data else per_carat
                self.add_error(box, gettext("Enter an ask from 1 to 10,000,000 US dollars per carat"))
        return said

    def _is_plausible(self, ask_cents: int) -> bool:
        # What a file may not ask for, no slip of the keys may either.
        return LEAST_PER_CARAT <= ask_cents / 100 / float(self.weight_ct) <= MOST_PER_CARAT

    def _cents(self, per_carat: str, total: str) -> int | None:
        by_carat = self._read(per_carat, self.cleaned_data.get(per_carat, ""))
        in_total = self._read(total, self.cleaned_data.get(total, ""))
        if per_carat in self.errors or total in self.errors:
            return None
        times_weight = _whole(by_carat * self.weight_ct) if by_carat else None
        changed = [name for name in (per_carat, total) if name in self.changed_data]
        if changed == [per_carat]:
            return times_weight
        if changed == [total] or not times_weight or not in_total:
            return in_total or times_weight
        return self._agreed(total, in_total, times_weight)

    def _read(self, name: str, text: str) -> int | None:
        if not text:
            return None
        amount = typed.cents(text)
        if amount is None:
            self.add_error(name, gettext("Enter an amount in US dollars, for example 7,040 or 7040.50"))
        return amount

    def _agreed(self, box: str, in_total: int, times_weight: int) -> int | None:
        # Linked boxes differ by what rounding one carat's cents does to the whole stone.
        if abs(in_total - times_weight) <= _whole(self.weight_ct) + 1:
            return in_total
        said = gettext("The ask per carat and the total do not agree: %(weight)s ct at that ask are %(sum)s")
        shown = {"weight": figures.carats(self.weight_ct), "sum": figures.dollars(times_weight)}
        self.add_error(box, said % shown)
        return None


class WithdrawForm(forms.Form):
    """The stone leaves the exchange."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("Yes, take it off the exchange"),
        error_messages={"required": _("Tick the box if the stone is to leave the exchange")},
    )

    def __init__(self, data: Mapping[str, Any] | None, view: ListingView) -> None:
        super().__init__(data, initial={"version": view.version}, auto_id="withdraw_%s")


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def _initial(view: ListingView, weight_ct: Decimal) -> dict[str, object]:
    values: dict[str, object] = {
        "version": view.version,
        "availability": view.availability,
        "hides_ask": view.hides_ask,
        "hides_cash_ask": view.hides_cash_ask,
    }
    for ask, (per_carat, total) in ASKS.items():
        if (cents := getattr(view, ask)) is not None:
            values[per_carat] = figures.typed(figures.per_carat_cents(cents, weight_ct))
            values[total] = figures.typed(cents)
    return values
