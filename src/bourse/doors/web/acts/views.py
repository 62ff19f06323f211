"""Who did what: a company's own acts for its owners and traders, and all of them for the operator."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bourse.dialects.writing.texts import is_formula
from bourse.doors.web import figures
from bourse.doors.web.acts.names import ACTS
from bourse.doors.web.who import MemberRequest, for_companies, for_operators, sent_only
from bourse.kit import clock
from bourse.kit.sealing import Chain
from bourse.members import queries
from bourse.members.queries import ActView, WantedActs
from bourse.members.queries.acts import MOST_IN_A_FILE
from bourse.upkeep import actions
from bourse.upkeep.queries import audit_chain

HEADS = ("at", "person", "act", "about", "before", "after", "address", "key", "request_id")


class ActsForm(forms.Form):
    """Which acts are shown."""

    person = forms.CharField(label=_("Person"), required=False, max_length=18, widget=forms.Select)
    act = forms.ChoiceField(label=_("Act"), required=False)
    about = forms.CharField(
        label=_("Stone or other thing"), required=False, max_length=60, help_text=_("Its id, or a part of it")
    )
    day = forms.DateField(
        label=_("Day (UTC)"),
        required=False,
        help_text=_("For example 2026-11-24"),
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the day as year, month and day: 2026-11-24")},
    )
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: object, people: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="acts_%s", use_required_attribute=False)  # type: ignore[arg-type]
        self.fields["act"].choices = [("", gettext("All")), *ACTS.items()]  # type: ignore[attr-defined]
        self.fields["person"].widget.choices = [("", gettext("All")), *people]

    @property
    def wanted(self) -> WantedActs:
        """What was asked for."""
        return WantedActs(**{name: self.cleaned_data[name] for name in ("person", "act", "about", "day")})


@require_safe
@for_companies
def acts(request: MemberRequest) -> HttpResponse:
    """The company's own acts, latest first."""
    form = ActsForm(request.GET, queries.people_who_act(request.actor))
    page = None
    if form.is_valid():
        page = queries.acts(request.actor, form.wanted, form.cleaned_data["after"])
    context = _context(request, form, page)
    context["file"] = f"{reverse('acts_file')}?{_query(request)}"
    return render(request, "web/acts/acts.html", context, status=200 if page else 422)


@require_safe
@for_companies
def acts_file(request: MemberRequest) -> HttpResponse:
    """The same acts as CSV, for a spreadsheet."""
    form = ActsForm(request.GET, queries.people_who_act(request.actor))
    if not form.is_valid():
        return redirect(f"{reverse('acts')}?{_query(request)}")
    found = queries.acts(request.actor, form.wanted, limit=MOST_IN_A_FILE)
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *(_cells(row) for row in found.rows)])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="acts-{clock.now():%Y-%m-%d-%H%M}Z.csv"'
    return answer


@require_safe
@for_operators
def all_acts(request: MemberRequest) -> HttpResponse:
    """The acts of everybody, and how the chain that seals them stands."""
    form = ActsForm(request.GET, [])
    page = None
    if form.is_valid():
        page = queries.all_acts(request.actor, form.wanted, form.cleaned_data["after"])
    context = _context(request, form, page) | {"is_all": True, "chain": _chain(audit_chain(request.actor))}
    return render(request, "web/acts/acts.html", context, status=200 if page else 422)


@sent_only("all_acts")
@for_operators
def check_audit(request: MemberRequest) -> HttpResponse:
    """The chain checked by the worker."""
    actions.check_audit(actor=request.actor, now=clock.now())
    messages.success(request, gettext("The audit is being checked. The result stands here in a few seconds."))
    return redirect("all_acts")


def _context(request: MemberRequest, form: ActsForm, page: queries.ActsPage | None) -> dict[str, object]:
    return {
        "form": form,
        "rows": [_row(row) for row in page.rows] if page else [],
        "next": f"?{_query(request, after=page.after)}" if page and page.after else "",
    }


def _query(request: MemberRequest, **more: object) -> str:
    kept = {name: value for name, value in request.GET.items() if value and name != "after"}
    return urlencode(kept | more)


def _row(row: ActView) -> dict[str, object]:
    return {
        "at": figures.machine(row.at),
        "when": figures.minute(row.at),
        "who": row.person or gettext("This exchange"),
        "company": row.company,
        "act": ACTS.get(row.act, row.act),
        "about": row.about,
        "changes": list(_changes(row)),
        "address": row.address,
        "key": row.key,
        "is_sealed": row.is_sealed,
    }


def _changes(row: ActView) -> Iterator[dict[str, str]]:
    """Each field with what it was and what it became."""
    for name in dict.fromkeys([*row.before, *row.after]):
        before, after = (_said(name, side.get(name)) for side in (row.before, row.after))
        if before != after:
            yield {
                "name": name.removesuffix("_cents").replace("_", " "),
                "before": before,
                "after": after,
            }


def _said(name: str, value: object) -> str:
    if value in (None, "", [], {}):
        return ""
    if name.endswith("_cents") and isinstance(value, int):
        return figures.dollars(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _cells(row: ActView) -> list[str]:
    before, after = (msgspec.json.encode(side).decode() if side else "" for side in (row.before, row.after))
    cells = [figures.machine(row.at), row.person, row.act, row.about, before, after]
    cells += [row.address, row.key, row.request_id]
    return [f"'{cell}" if is_formula(cell) else cell for cell in cells]


def _chain(found: Chain) -> dict[str, object]:
    check = found.check
    return {
        "blocks": figures.count(found.blocks),
        "sealed": figures.minute(found.sealed_at) if found.sealed_at else gettext("never"),
        "hash": found.hash,
        "waiting": figures.count(found.waiting),
        "anchored": figures.count(found.anchored),
        "is_checked": check is not None,
        "is_whole": check is not None and not check.broken,
        "checked": figures.minute(check.at) if check else "",
        "took": figures.count(check.took_ms) if check else "",
        "checked_blocks": figures.count(check.blocks) if check else "",
        "entries": figures.count(check.entries) if check else "",
        "broken": [{"block": figures.count(one.block), "why": one.sentence} for one in check.broken]
        if check
        else [],
    }
