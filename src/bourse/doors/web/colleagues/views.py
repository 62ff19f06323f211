"""A company's people: list, invite, role, remove, hand over, leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures, words
from bourse.doors.web.colleagues.forms import InviteForm, RoleForm
from bourse.doors.web.forms import told_on
from bourse.doors.web.one_form import FormPage, answered, shown
from bourse.doors.web.owners import for_owners
from bourse.doors.web.who import MemberRequest, for_companies, needs_recent_sign_in
from bourse.kit import clock
from bourse.members.actions import colleagues as orders
from bourse.members.queries import colleagues as people
from bourse.members.queries import own_company
from bourse.members.queries.colleagues import ColleagueView, WaitingInvitation

ONLY_OWNERS = _("Colleagues are invited, given their roles and taken out by the owners of your company.")


@require_safe
@for_companies
def colleagues(request: MemberRequest) -> HttpResponse:
    """Who acts for one's company, and who is invited."""
    view = people.colleagues(request.actor, now=clock.now())
    context = {
        "people": [_line(one) for one in view.people],
        "invited": [_waiting(one) for one in view.invited],
        "may_change": view.may_change,
    }
    return render(request, "web/colleagues/colleagues.html", context)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def invite(request: MemberRequest) -> HttpResponse:
    """Want one more."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            house = own_company(request.actor).public_id
            orders.invite(actor=request.actor, company_id=house, **form.cleaned_data, now=clock.now())
            sentence = gettext("The invitation is on its way to %(email)s. It is good once, for 72 hours.")
            return _done(request, sentence % {"email": form.cleaned_data["email"]})
    says = gettext("Whoever you invite sets a name and a password of his own, or joins with his account.")
    around = FormPage(gettext("Invite a colleague"), gettext("Send the invitation"), *_back(), says=says)
    return shown(request, around, form)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def withdraw(request: MemberRequest, invitation_id: str) -> HttpResponse:
    """An invitation that lets nobody in any more."""
    if request.method != "POST":
        return redirect("colleagues")
    orders.withdraw_invitation(actor=request.actor, invitation_id=invitation_id, now=clock.now())
    return _done(request, gettext("The invitation is withdrawn: its link lets nobody in."))


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def send_again(request: MemberRequest, invitation_id: str) -> HttpResponse:
    """The same invitation with a fresh link."""
    if request.method != "POST":
        return redirect("colleagues")
    orders.send_invitation_again(actor=request.actor, invitation_id=invitation_id, now=clock.now())
    return _done(request, gettext("A fresh link is on its way; the earlier one lets nobody in any more."))


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def role(request: MemberRequest, person_id: str) -> HttpResponse:
    """What a colleague may do."""
    view = people.colleague(request.actor, person_id)
    form = RoleForm(request.POST if request.method == "POST" else None, view.role)
    if form.is_valid():
        with told_on(form):
            orders.change_role(
                actor=request.actor, person_id=person_id, role=form.cleaned_data["role"], now=clock.now()
            )
            return _done(request, gettext("The role is changed, and holds at once."))
    title = gettext("Role of %(name)s") % {"name": view.name}
    return shown(request, FormPage(title, gettext("Change the role"), *_back()), form)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def remove(request: MemberRequest, person_id: str) -> HttpResponse:
    """Take a colleague out; asked once."""
    view = people.colleague(request.actor, person_id)
    form = answered(request)
    if form.is_valid():
        with told_on(form):
            orders.remove_person(actor=request.actor, person_id=person_id, now=clock.now())
            said = gettext("%(name)s acts for your company no more, and is signed out everywhere.")
            return _done(request, said % {"name": view.name})
    warns = gettext(
        "This ends every sign-in of the colleague, revokes the colleague’s keys, "
        "and withdraws the invitations that he sent."
    )
    title = gettext("Take %(name)s out of the company") % {"name": view.name}
    return shown(request, FormPage(title, gettext("Take out"), *_back(), warns=warns), form)


@require_http_methods(["GET", "POST"])
@for_owners(_("A company is handed over by one of its owners."))
@needs_recent_sign_in
def hand_over(request: MemberRequest, person_id: str) -> HttpResponse:
    """Another becomes owner in one's place."""
    view = people.colleague(request.actor, person_id)
    form = answered(request)
    if form.is_valid():
        with told_on(form):
            orders.hand_company_over(actor=request.actor, person_id=person_id, now=clock.now())
            said = gettext("%(name)s is an owner from now on, and you are a trader.")
            return _done(request, said % {"name": view.name})
    title = gettext("Hand the company over to %(name)s") % {"name": view.name}
    warns = gettext("You become a trader. Only an owner can make you an owner again.")
    return shown(request, FormPage(title, gettext("Hand over"), *_back(), warns=warns), form)


@require_http_methods(["GET", "POST"])
@for_companies
def leave(request: MemberRequest) -> HttpResponse:
    """Act for the company no more, by one's own will."""
    form = answered(request)
    house = own_company(request.actor)
    if form.is_valid():
        with told_on(form):
            orders.leave_company(actor=request.actor, now=clock.now())
            messages.success(request, gettext("You act for %(name)s no more.") % {"name": house.name})
            return redirect("company")
    title = gettext("Leave %(name)s") % {"name": house.name}
    warns = gettext("Your keys are revoked, and only an owner can invite you again. Your account stays.")
    return shown(request, FormPage(title, gettext("Leave the company"), *_back(), warns=warns), form)


def _line(view: ColleagueView) -> dict[str, object]:
    return {
        "public_id": view.public_id,
        "name": view.name,
        "role": words.role(view.role),
        "since": figures.day(view.since),
        "last": figures.minute(view.last_sign_in) if view.last_sign_in else gettext("never"),
        "is_me": view.is_me,
    }


def _waiting(view: WaitingInvitation) -> dict[str, object]:
    return {
        "public_id": view.public_id,
        "name": view.name,
        "email": view.email,
        "role": words.role(view.role),
        "by": view.invited_by,
        "until": figures.minute(view.expires_at),
        "is_too_old": view.is_too_old,
    }


def _back() -> tuple[str, str]:
    return reverse("colleagues"), gettext("Colleagues")


def _done(request: MemberRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("colleagues")
