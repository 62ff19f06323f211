"""What a company says of itself: its own page, the forms of its owners, and the page that members see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures
from bourse.doors.web.company import page
from bourse.doors.web.company.forms import ParticularsForm, ProfileForm
from bourse.doors.web.forms import told_on
from bourse.doors.web.one_form import FormPage, shown
from bourse.doors.web.owners import for_owners
from bourse.doors.web.who import MemberRequest, for_companies, for_members
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market.queries import hides_name
from bourse.members.actions.company import set_particulars, set_profile
from bourse.members.queries.firms import member, own_firm
from bourse.members.refusals import refuse_suspended

ONLY_OWNERS = _("What your company says of itself is changed by its owners.")


@require_safe
@for_companies
def information(request: MemberRequest) -> HttpResponse:
    """All that one's own company says of itself, what others see apart from what they do not."""
    firm = own_firm(request.actor)
    context = {
        "name": firm.profile.name,
        "since": figures.day(firm.member_since),
        "profile": page.profile_facts(firm.profile),
        "about": firm.profile.about,
        "particulars": page.particulars_facts(firm.particulars),
        "may_change": firm.may_change,
        "public_address": reverse("member_profile", args=[firm.public_id]),
    }
    return render(request, "web/company/information.html", context)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def profile(request: MemberRequest) -> HttpResponse:
    """Change what other members see."""
    firm = own_firm(request.actor)
    form = ProfileForm(_sent(request), firm.profile, firm.profile_seal)
    if form.is_valid():
        with told_on(form):
            seen = form.cleaned_data["seen"]
            set_profile(actor=request.actor, profile=form.profile(), seen=seen, now=clock.now())
            return _kept(request)
    around = FormPage(
        gettext("What members see of your company"),
        gettext("Keep"),
        *_back(),
        says=gettext("All of it is optional but the name."),
    )
    return shown(request, around, form)


@require_http_methods(["GET", "POST"])
@for_owners(ONLY_OWNERS)
def particulars(request: MemberRequest) -> HttpResponse:
    """Change what only the house is told."""
    firm = own_firm(request.actor)
    form = ParticularsForm(_sent(request), firm.particulars, firm.particulars_seal)
    if form.is_valid():
        with told_on(form):
            seen = form.cleaned_data["seen"]
            set_particulars(actor=request.actor, particulars=form.particulars(), seen=seen, now=clock.now())
            return _kept(request)
    says = gettext("Your own people and whoever runs this exchange see it; other members do not.")
    return shown(request, FormPage(gettext("Private part"), gettext("Keep"), *_back(), says=says), form)


@require_safe
@for_members
def member_profile(request: MemberRequest, company_id: str) -> HttpResponse:
    """A company as other members see it; one that hides its name has no such page for them."""
    if not request.actor.is_operator:
        refuse_suspended(request.actor)
    view = member(request.actor, company_id)
    if hides_name(view.public_id) and not (view.is_own or request.actor.is_operator):
        raise NotThere
    context = {
        "name": view.profile.name,
        "facts": page.profile_facts(view.profile),
        "about": view.profile.about,
        "is_own": view.is_own,
        "stones": f"{reverse('search')}?growth=both&company={view.public_id}",
    }
    return render(request, "web/company/member.html", context)


def _sent(request: MemberRequest) -> object:
    return request.POST if request.method == "POST" else None


def _back() -> tuple[str, str]:
    return reverse("company_information"), gettext("Company information")


def _kept(request: MemberRequest) -> HttpResponse:
    messages.success(request, gettext("Kept."))
    return redirect("company_information")
