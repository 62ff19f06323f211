"""Many stones changed in one order: chosen in the table, shown as before and after, then done or undone."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from msgspec import convert

from bourse.doors.web import figures, sentences, session, typed, words
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.stock.query import State, state_of
from bourse.doors.web.who import MemberRequest, for_traders, sent_only
from bourse.kit import clock
from bourse.market import actions
from bourse.market.bulk import ByPercent, Delist, Seen, Selection, ToAvailability, ToRank
from bourse.market.queries.previews import PlannedRow, Preview
from bourse.search import actions as search
from bourse.vocabulary import Availability

Change = ByPercent | ToAvailability | ToRank | Delist
ACTS = ("percent", "rank", "availability", "delist")
ROUNDED = {
    "per_carat.cent": _("$/ct to the cent"),
    "per_carat.dollar": _("$/ct to the dollar"),
    "ask.dollar": _("total to the dollar"),
    "ask.cent": _("total to the cent"),
}


class ChangeForm(forms.Form):
    """What is to change; each act has boxes of its own."""

    percent = forms.CharField(label=_("Change the ask by, %"), max_length=12, required=False)
    rounded = forms.ChoiceField(label=_("Rounded"), choices=list(ROUNDED.items()), required=False)
    rank = forms.CharField(label=_("To rank, counted from the lowest"), max_length=6, required=False)
    most_percent = forms.CharField(
        label=_("Leave what would move by more than, %"), max_length=3, required=False
    )
    availability = forms.ChoiceField(label=_("Availability"), required=False)

    def __init__(self, data: Mapping[str, Any], act: str) -> None:
        super().__init__(data)
        self.act = act
        choices = [(state.value, words.word(state.value)) for state in Availability]
        self.fields["availability"].choices = choices  # type: ignore[attr-defined]
        own = {
            "percent": ("percent", "rounded"),
            "rank": ("rank", "most_percent"),
            "availability": ("availability",),
        }.get(act, ())
        for name in [name for name in self.fields if name not in own]:
            del self.fields[name]

    def clean_percent(self) -> Decimal:
        """The percent, however its sign and its comma are written."""
        text = str(self.cleaned_data["percent"]).strip().replace("\u2212", "-").replace(",", ".")
        try:
            percent = Decimal(text.removesuffix("%").strip())
        except InvalidOperation:
            percent = Decimal(0)
        if not percent or not percent.is_finite() or abs(percent) >= 10_000 or percent != round(percent, 4):
            raise forms.ValidationError(gettext("Enter a percentage other than 0, for example -1.5 or 2"))
        return percent

    def clean_rank(self) -> int:
        """A place from the lowest."""
        rank = typed.whole(str(self.cleaned_data["rank"]))
        if not rank:
            raise forms.ValidationError(gettext("Enter a rank from 1 on, for example 5"))
        return rank

    def clean_most_percent(self) -> int:
        """How far an ask may move; a quarter where nothing is said."""
        text = str(self.cleaned_data["most_percent"])
        percent = typed.whole(text) if text else 25
        if not percent:
            raise forms.ValidationError(gettext("Enter a percentage from 1 on, for example 25"))
        return percent

    def change(self) -> Change:
        """The change that was asked for."""
        said = self.cleaned_data
        if self.act == "percent":
            of, to = (said["rounded"] or "per_carat.cent").split(".")
            return convert({"kind": "percent", "percent": said["percent"], "of": of, "to": to}, ByPercent)
        if self.act == "rank":
            return ToRank(rank=said["rank"], most_percent=said["most_percent"])
        if self.act == "availability":
            return ToAvailability(availability=said["availability"])
        return Delist()


@sent_only("listings")
@for_traders
def change_stock(request: MemberRequest) -> HttpResponse:
    """The chosen stones as they would be, and with the fingerprint of that page as they are from now on."""
    state = state_of(QueryDict(request.POST.get("next", "")), clock.now())
    act = request.POST.get("act", "")
    if act == "confirm_all":
        return _confirmed(request, state, Selection(filter=state.filter) if state.is_narrowed else None)
    selection = _selection(request, state)
    if selection is None:
        messages.warning(request, gettext("Choose stones first: tick the boxes before them."))
        return redirect(state.address())
    if act == "confirm":
        return _confirmed(request, state, selection)
    form = ChangeForm(request.POST, act if act in ACTS else "delist")
    told = None
    if form.is_valid():
        with told_on(form):
            if "fingerprint" in request.POST:
                return _done(request, state, selection, form)
        with told_on(form):
            told = search.preview(actor=request.actor, selection=selection, change=form.change())
    return _page(request, state, form, told)


def _selection(request: MemberRequest, state: State) -> Selection | None:
    """What the table had chosen: all that its filter finds, or the ticked rows as they were seen."""
    if "all" in request.POST:
        return Selection(filter=state.filter)
    picks = (pick.rpartition(".") for pick in request.POST.getlist("pick"))
    seen = {name: int(version) for name, _dot, version in picks if name.isalnum() and _is_version(version)}
    return Selection(listings=tuple(Seen(*one) for one in seen.items())) if seen else None


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _confirmed(request: MemberRequest, state: State, selection: Selection | None) -> HttpResponse:
    done = actions.keep_alive(actor=request.actor, selection=selection, now=clock.now())
    said = ngettext(
        "%(count)s stone is confirmed as of now.", "%(count)s stones are confirmed as of now.", done.count
    )
    messages.success(request, said % {"count": figures.count(done.count)})
    return session.remember_edit(redirect(state.address()), done.fact_id)


def _done(request: MemberRequest, state: State, selection: Selection, form: ChangeForm) -> HttpResponse:
    done = search.change_stock(
        actor=request.actor,
        selection=selection,
        change=form.change(),
        fingerprint=request.POST["fingerprint"],
        now=clock.now(),
    )
    said = {
        "delist": ngettext("%(count)s stone is delisted.", "%(count)s stones are delisted.", done.changed),
    }.get(form.act, ngettext("%(count)s stone is changed.", "%(count)s stones are changed.", done.changed))
    messages.success(request, said % {"count": figures.count(done.changed)})
    return session.remember_edit(redirect(state.address("after")), done.fact_id)


@sent_only("listings")
@for_traders
def undo(request: MemberRequest) -> HttpResponse:
    """What an order took down is back."""
    done = actions.undo_delist(actor=request.actor, order=request.POST.get("order", ""), now=clock.now())
    said = ngettext("%(count)s stone is back.", "%(count)s stones are back.", done.changed)
    messages.success(request, said % {"count": figures.count(done.changed)})
    state = state_of(QueryDict(request.POST.get("next", "")), clock.now())
    return session.remember_edit(redirect(state.address()), done.fact_id)


def _page(request: MemberRequest, state: State, form: ChangeForm, told: Preview | None) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "act": form.act,
        "picks": [] if "all" in request.POST else request.POST.getlist("pick"),
        "is_all": "all" in request.POST,
        "query": state.query(),
        "back": state.address(),
        "told": _told(told, form.act) if told else None,
        "title": {
            "percent": gettext("Change asks by a percentage"),
            "rank": gettext("Change asks to a rank among their like"),
            "availability": gettext("Change availability"),
        }.get(form.act, gettext("Take stones off the exchange")),
    }
    return render_form(request, "web/stock/change.html", context, form)


def _told(told: Preview, act: str) -> dict[str, object]:
    """The preview in finished strings."""
    changing = figures.stones(told.changing)
    buttons = {
        "percent": gettext("Change the asks of %(stones)s"),
        "rank": gettext("Change the asks of %(stones)s"),
        "availability": gettext("Change the availability of %(stones)s"),
    }
    button = buttons.get(act, gettext("Delist %(stones)s"))
    return {
        "fingerprint": told.fingerprint,
        "may": told.changing > 0,
        "counts": [
            (figures.count(told.selected), gettext("chosen")),
            (figures.count(told.changing), gettext("change")),
            (figures.count(told.same), gettext("stay the same")),
            (figures.count(sum(one.count for one in told.refused)), gettext("left out")),
        ],
        "sums": _sums(told) if act in ("percent", "rank") else "",
        "refused": [
            {
                "count": figures.stones(one.count),
                "sentence": sentences.said(one.sentence),
                "query": "&".join(f"stone={listing}" for listing in one.listings),
            }
            for one in told.refused
        ],
        "samples": [_sample(row, act) for row in told.samples],
        "shown": gettext("The first %(some)s of %(all)s")
        % {"some": figures.count(len(told.samples)), "all": figures.count(told.changing)},
        "button": button % {"stones": changing},
    }


def _sums(told: Preview) -> str:
    asks = {"before": figures.dollars(told.before_cents), "after": figures.dollars(told.after_cents)}
    return gettext("Asks in all: %(before)s now, %(after)s after") % asks


def _sample(row: PlannedRow, act: str) -> dict[str, str]:
    before, after = _sum(row.ask_cents), _sum(row.new_ask_cents)
    if act == "availability":
        before, after = words.availability(row.availability), words.availability(row.new_availability)
    return {
        "number": row.supplier_stock_number or row.public_id,
        "public_id": row.public_id,
        "before": before,
        "after": gettext("off the exchange") if act == "delist" else after,
    }


def _sum(cents: int | None) -> str:
    return gettext("no ask") if cents is None else figures.dollars(cents)
