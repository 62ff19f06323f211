"""The application for everybody, and the applicant's own page for whoever holds its link."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bourse.doors.web.address import client_address, household
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.joining import page, papers
from bourse.doors.web.joining.forms import AnswerForm, JoinForm, WithdrawForm
from bourse.kit import buckets, clock
from bourse.kit.refusal import Refusal
from bourse.members.actions import joining
from bourse.members.queries.joining import OwnApplication, own_application

APPLICATIONS_A_DAY = 5
_A_DAY_S = 24 * 3600


class TooManyApplications(Refusal):
    """An address may send so many applications a day."""

    status = 429
    retry_after_s = _A_DAY_S // APPLICATIONS_A_DAY


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """The form of the application; what is right of it, documents too, is kept while something is wrong."""
    is_sent = request.method == "POST"
    form = JoinForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    draft = papers.draft_of(request)
    if is_sent:
        form.is_valid()
        papers.take_in(request, form, draft, clock.now())
        if not form.errors:
            with told_on(form):
                key = _counted(request)
                secret = _applied(form, draft, key)
                messages.success(request, gettext("Your application is sent. Nothing else is needed now."))
                return redirect("applicant", secret)
    context: dict[str, object] = {"form": form, "draft": draft, "kept": papers.kept(draft)}
    return render_form(request, "web/joining/apply.html", context, form)


def _applied(form: JoinForm, draft: str, key: str) -> str:
    try:
        return joining.apply(said=form.said(), draft=draft, now=clock.now())
    except Refusal:
        buckets.give_back(key)  # only what was sent counts
        raise


def _counted(request: HttpRequest) -> str:
    key = f"applications {household(client_address(request))}"
    if not buckets.take(key, per_s=APPLICATIONS_A_DAY / _A_DAY_S, burst=APPLICATIONS_A_DAY).ok:
        raise TooManyApplications(
            gettext("Five applications a day are taken from one address. Send the next one tomorrow.")
        )
    return key


@require_safe
@never_cache
def applicant(request: HttpRequest, secret: str) -> HttpResponse:
    """The applicant's own page: how it stands, what was asked, what he may add."""
    return _page(request, secret, AnswerForm(), WithdrawForm())


@require_POST
@never_cache
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The applicant's answer and documents."""
    own_application(secret)  # who does not hold a link leaves no document behind
    form, draft = AnswerForm(request.POST, request.FILES), papers.draft_of(request)
    form.is_valid()
    papers.take_in(request, form, draft, clock.now())
    if not form.errors:
        with told_on(form):
            text = form.cleaned_data["text"]
            joining.answer_application(secret=secret, text=text, draft=draft, now=clock.now())
            messages.success(request, gettext("Sent. A person reads it."))
            return redirect("applicant", secret)
    return _page(request, secret, form, WithdrawForm(), draft)


@require_POST
@never_cache
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """The application ended by whoever sent it."""
    form = WithdrawForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        with told_on(form):
            joining.withdraw_application(secret=secret, now=clock.now())
            return redirect("applicant", secret)
    return _page(request, secret, AnswerForm(), form)


def _page(
    request: HttpRequest, secret: str, answer: AnswerForm, withdrawal: WithdrawForm, draft: str = ""
) -> HttpResponse:
    view, draft = own_application(secret), draft or papers.draft_of(request)
    is_open = view.state in joining.OPEN
    wrong = next((form for form in (answer, withdrawal) if form.is_bound and form.errors), None)
    context = _shown(view) | {
        "link": settings.URL + reverse("applicant", args=[secret]),
        "answer_address": reverse("answer_application", args=[secret]),
        "withdraw_address": reverse("withdraw_application", args=[secret]),
        "answer": answer if is_open or answer.is_bound else None,
        "withdrawal": withdrawal if is_open or withdrawal.is_bound else None,
        "form": wrong,
        "draft": draft,
        "kept": papers.kept(draft),
    }
    return render_form(request, "web/joining/applicant.html", context, answer, withdrawal)


def _shown(view: OwnApplication) -> dict[str, object]:
    head, meaning, tone = page.stand(view.state)
    if view.state == "accepted":
        told = gettext("Your invitation was sent to %(email)s; its link lets you in once.")
        meaning = told % {"email": view.said["email"]}
    return {
        "name": view.said["company_name"],
        "email": view.said["email"],
        "head": head,
        "meaning": meaning,
        "tone": tone,
        "is_asked": view.state == "more wanted",
        "record": page.record(view.notes, own=True),
        "documents": [papers.line(one) for one in view.documents],
        "said": page.said(view.said),
    }
