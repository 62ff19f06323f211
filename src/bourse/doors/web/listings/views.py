"""The files of own stock."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import session
from bourse.doors.web.forms import keep_refusal, render_form, told_on
from bourse.doors.web.listings import page
from bourse.doors.web.listings.forms import AnswersForm, ConfirmForm, UploadForm
from bourse.doors.web.who import MemberRequest, for_companies, for_traders, sent_only
from bourse.kit import clock
from bourse.market import actions, queries
from bourse.market.queries import Difference, UploadView


@require_http_methods(["GET", "POST"])
@for_traders
def upload(request: MemberRequest) -> HttpResponse:
    """Choose a file or paste a list; it is read, and nothing goes live."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_on(form):
            begun = actions.start_upload(
                actor=request.actor,
                file_name=form.cleaned_data["file_name"],
                content=form.cleaned_data["content"],
                mode=form.cleaned_data["mode"],
                now=clock.now(),
                kind=form.cleaned_data["kind"],
            )
            return redirect("upload_detail", begun.public_id)
    context: dict[str, object] = {"form": form, "steps": page.steps(None)}
    return render_form(request, "web/listings/upload.html", context, form)


@require_safe
@for_companies
def uploads(request: MemberRequest) -> HttpResponse:
    """The company's files so far."""
    rows = [page.upload_line(line) for line in queries.uploads(request.actor)]
    may_upload = request.actor.may_trade
    return render(request, "web/listings/uploads.html", {"rows": rows, "may_upload": may_upload})


@require_safe
@for_companies
def upload_detail(request: MemberRequest, upload_id: str) -> HttpResponse:
    """What was read of the file, what is asked, what would change, and the confirm."""
    return _page(request, queries.upload(request.actor, upload_id))


@sent_only("upload_detail")
@for_traders
def answer(request: MemberRequest, upload_id: str) -> HttpResponse:
    """The open questions answered; the file is read once more with them."""
    view = queries.upload(request.actor, upload_id)
    form = AnswersForm(request.POST, view.questions)
    if form.is_valid():
        with told_on(form):
            actions.answer_questions(
                actor=request.actor, upload_id=upload_id, answers=form.answers, now=clock.now()
            )
            return redirect("upload_detail", upload_id)
    elif view.state != "asking":
        return redirect("upload_detail", upload_id)  # it asks nothing any more: its page says where it is
    return _page(request, view, answers=form)


@sent_only("upload_detail")
@for_traders
def confirm(request: MemberRequest, upload_id: str) -> HttpResponse:
    """The difference that was shown goes live, whole."""
    form = ConfirmForm(request.POST, fingerprint="", needs_number="removing" in request.POST)
    if form.is_valid():
        with told_on(form):
            accepted = actions.accept_upload(
                actor=request.actor,
                upload_id=upload_id,
                fingerprint=form.cleaned_data["fingerprint"],
                removing=form.cleaned_data.get("removing"),
                now=clock.now(),
            )
            return session.remember_edit(redirect("upload_detail", upload_id), accepted.fact_id)
    return _page(request, queries.upload(request.actor, upload_id), refused=form)


@sent_only("upload_detail")
@for_traders
def abandon(request: MemberRequest, upload_id: str) -> HttpResponse:
    """The file given up; the stock stays as it is."""
    given_up = actions.abandon_upload(actor=request.actor, upload_id=upload_id, now=clock.now())
    said = gettext("%(file)s is forgotten. Your stock is as it was.")
    messages.success(request, said % {"file": given_up.file_name})
    return redirect("uploads")


def _page(
    request: MemberRequest,
    view: UploadView,
    *,
    answers: AnswersForm | None = None,
    refused: ConfirmForm | None = None,
) -> HttpResponse:
    may_change = request.actor.may_trade
    is_asking, is_ready = view.state == "asking" and may_change, view.state == "ready"
    difference = queries.difference(request.actor, view.public_id) if is_ready else None
    confirmation = _confirm_form(difference, refused) if may_change else None
    context: dict[str, object] = {
        "upload": page.shown(request.actor, view, difference),
        "difference": page.difference(view, difference),
        "questions_form": (answers or AnswersForm(None, view.questions)) if is_asking else answers,
        "confirm_form": confirmation,
    }
    return render_form(request, "web/listings/upload_detail.html", context, answers, confirmation)


def _confirm_form(difference: Difference | None, refused: ConfirmForm | None) -> ConfirmForm | None:
    """The confirm of the difference as it is now; what was refused keeps its sentence and its input."""
    if difference is None:
        return refused
    fingerprint, needs_number = difference.fingerprint, difference.removal_needs_number
    if refused is None:
        return ConfirmForm(None, fingerprint=fingerprint, needs_number=needs_number)
    data = {"fingerprint": fingerprint, "removing": refused.data.get("removing", "")}
    form = ConfirmForm(data, fingerprint=fingerprint, needs_number=needs_number)
    keep_refusal(refused, form)
    return form
