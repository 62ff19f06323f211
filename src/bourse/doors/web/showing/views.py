"""What one's company shows the others of all its listings."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from msgspec import structs

from bourse.doors.web import session
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.who import MemberRequest, for_companies
from bourse.kit import clock
from bourse.market import actions, queries


class ShowingForm(forms.Form):
    """What is hidden on everything that the company lists."""

    hides_name = forms.BooleanField(
        label=_("Hide our name"),
        help_text=_(
            "Others read “A member”, and see neither your stock numbers, city and state, comments, "
            "nor links to pictures, films and reports: each of them could name you."
        ),
        required=False,
    )
    hides_ask = forms.BooleanField(
        label=_("Hide our asks on memo or credit"),
        help_text=_("Others see the cash ask where you give one, else no ask."),
        required=False,
    )
    hides_cash_ask = forms.BooleanField(
        label=_("Hide our cash asks"),
        help_text=_("Others see the ask on memo or credit alone."),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@for_companies
def showing(request: MemberRequest) -> HttpResponse:
    """Hide or show the name and either ask; an owner decides, his colleagues read."""
    view = queries.showing(request.actor)
    form = ShowingForm(request.POST if request.method == "POST" else None, initial=structs.asdict(view))
    if form.is_valid():
        with told_on(form):
            _, fact_id = actions.set_showing(actor=request.actor, **form.cleaned_data, now=clock.now())
            messages.success(request, gettext("Kept. Buyers see your stock in this way now."))
            return session.remember_edit(redirect("showing"), fact_id)
    if not view.may_change:
        for field in form.fields.values():
            field.disabled = True
    context: dict[str, object] = {"form": form, "may_change": view.may_change}
    return render_form(request, "web/account/showing.html", context, form)
