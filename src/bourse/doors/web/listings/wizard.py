"""The steps between a file and its changes: sheets, columns, values, rows; and how far the reading is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import figures
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.listings import mending, page
from bourse.doors.web.listings.mapping import ColumnsForm, MappingForm, SheetsForm, ValuesForm
from bourse.doors.web.who import MemberRequest, for_companies, for_traders
from bourse.kit import clock
from bourse.market import actions, queries
from bourse.market.queries import UploadView

OPEN = ("asking", "ready", "refused")


@require_http_methods(["GET", "HEAD", "POST"])
@for_traders
def sheets(request: MemberRequest, upload_id: str) -> HttpResponse:
    """Which sheets are read, where their heads stand, how the letters are written."""
    return _mapped(request, upload_id, SheetsForm, "sheets")


@require_http_methods(["GET", "HEAD", "POST"])
@for_traders
def columns(request: MemberRequest, upload_id: str) -> HttpResponse:
    """What each column holds."""
    return _mapped(request, upload_id, ColumnsForm, "columns")


@require_http_methods(["GET", "HEAD", "POST"])
@for_traders
def values(request: MemberRequest, upload_id: str) -> HttpResponse:
    """What each spelling means."""
    return _mapped(request, upload_id, ValuesForm, "values")


@require_http_methods(["GET", "HEAD", "POST"])
@for_traders
def rows(request: MemberRequest, upload_id: str) -> HttpResponse:
    """The refused rows, mended in place."""
    view = queries.upload(request.actor, upload_id)
    if not _is_open(view):
        return redirect("upload_detail", upload_id)
    if request.method == "POST":
        mended = mending.corrections(request.actor, upload_id, request.POST)
        if mended:
            actions.correct_rows(
                actor=request.actor, upload_id=upload_id, corrections=mended, now=clock.now()
            )
        return redirect("upload_detail", upload_id)
    found = queries.refused_groups(request.actor, upload_id)
    context = _context(view, "rows") | {
        "groups": mending.groups(found, view),
        "mended": _mended(len(view.corrections)),
    }
    return render(request, "web/listings/rows.html", context)


@require_safe
@for_companies
def progress(request: MemberRequest, upload_id: str) -> HttpResponse:
    """How far the reading is, as a part of the upload's page."""
    view = queries.upload(request.actor, upload_id)
    return render(request, "web/listings/_progress.html", {"progress": page.progress(view)})


def _mapped(request: MemberRequest, upload_id: str, kind: type[MappingForm], step: str) -> HttpResponse:
    """The form of a step; what it changes is answered, and the file is read once more."""
    view = queries.upload(request.actor, upload_id)
    if not _is_open(view):
        return redirect("upload_detail", upload_id)
    form = kind(request.POST if request.method == "POST" else None, view)
    if form.is_valid():
        with told_on(form):
            if form.answers:
                actions.answer_questions(
                    actor=request.actor, upload_id=upload_id, answers=form.answers, now=clock.now()
                )
            return redirect("upload_detail", upload_id)
    return render_form(request, f"web/listings/{step}.html", _context(view, step) | {"form": form}, form)


def _is_open(view: UploadView) -> bool:
    """Whether how it is read can be changed; a restore has no file to read."""
    return view.state in OPEN and view.kind != "restore"


def _context(view: UploadView, step: str) -> dict[str, object]:
    return {
        "upload": {"title": gettext("Upload: %(file)s") % {"file": view.file_name}},
        "id": view.public_id,
        "steps": page.steps(view, step),
    }


def _mended(number: int) -> str:
    return gettext("%(count)s cells mended so far") % {"count": figures.count(number)} if number else ""
