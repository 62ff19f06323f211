"""Lists of names, the hits that wait for a decision, and one hit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.vetting import page
from bourse.doors.web.vetting.forms import HitForm, ListForm
from bourse.doors.web.who import MemberRequest, for_operators
from bourse.kit import clock
from bourse.members.actions import screening as orders
from bourse.members.likeness import THRESHOLD
from bourse.members.name_lists import MOST_BYTES, ListTooLarge
from bourse.members.queries import screening as queries


@require_http_methods(["GET", "POST"])
@for_operators
def lists(request: MemberRequest) -> HttpResponse:
    """The lists in force, the hits to decide, and the form that loads a list."""
    is_sent = request.method == "POST"
    form = ListForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, use_required_attribute=False
    )
    if form.is_valid():
        with told_on(form):
            made = _loaded(request, form)
            said = gettext("%(name)s is in force. Everybody is being compared with it; hits stand here.")
            messages.success(request, said % {"name": made})
            return redirect("screening")
    context: dict[str, object] = {
        "form": form,
        "lists": [page.loaded(one) for one in queries.lists(request.actor)],
        "hits": [page.hit(one) for one in queries.open_hits(request.actor)],
        "threshold": f"{THRESHOLD:.2f}",
    }
    return render_form(request, "web/vetting/screening.html", context, form)


def _loaded(request: MemberRequest, form: ListForm) -> str:
    file, other = form.cleaned_data["file"], form.cleaned_data["other_names"]
    if max(file.size, other.size if other else 0) > MOST_BYTES:
        raise ListTooLarge("The file is larger than 50 MB, which is the most that a list of names may have.")
    made = orders.load_list(
        actor=request.actor,
        name=form.cleaned_data["name"],
        file_name=file.name,
        content=file.read(),
        other_names=other.read() if other else b"",
        now=clock.now(),
    )
    return made.name


@require_POST
@for_operators
def retire(request: MemberRequest, list_id: str) -> HttpResponse:
    """A list out of force."""
    orders.retire_list(actor=request.actor, list_id=list_id, now=clock.now())
    messages.success(request, gettext("The list is out of force. Its decided hits stay on record."))
    return redirect("screening")


@require_http_methods(["GET", "POST"])
@for_operators
def hit(request: MemberRequest, hit_id: str) -> HttpResponse:
    """One hit: both names side by side, and the decision."""
    view = queries.hit(request.actor, hit_id)
    form = HitForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": view.decision, "decision": view.decision},
        use_required_attribute=False,
    )
    if form.is_valid():
        with told_on(form):
            orders.decide_hit(actor=request.actor, hit_id=hit_id, **form.cleaned_data, now=clock.now())
            messages.success(request, gettext("Decided, and on record."))
            return (
                redirect("suspension", view.about_id)
                if view.is_member
                else redirect("application", view.about_id)
            )
        view = queries.hit(request.actor, hit_id)
        sent = request.POST.copy()
        sent["seen"] = view.decision
        form.data = sent
    return render_form(request, "web/vetting/hit.html", {"form": form, "hit": page.hit(view)}, form)
