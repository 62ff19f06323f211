"""What uploads changed, the way back, what is remembered, and lists to take along."""

from typing import TypeVar

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bourse.dialects.writing import csv_of, schema, template_csv, template_xlsx, xlsx_of
from bourse.doors.web import figures, sentences, stones, words
from bourse.doors.web.listings import changes, page
from bourse.doors.web.who import MemberRequest, for_companies, for_traders, sent_only
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market import actions, queries
from bourse.market.queries import Remembered
from bourse.market.queries.exporting import stock_to_export

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"new": _("New"), "changed": _("Changed"), "removed": _("Removed"), "returned": _("Came back")}
MOST_ROWS = 100
Sent = TypeVar("Sent", bound=HttpResponseBase)


@sent_only("upload_detail")
@for_traders
def restore(request: MemberRequest, upload_id: str) -> HttpResponse:
    """The stock as before this upload, as an upload of its own: its changes are shown, then confirmed."""
    begun = actions.start_restore(actor=request.actor, upload_id=upload_id, now=clock.now())
    return redirect("upload_detail", begun.public_id)


@require_safe
@for_companies
def changed(request: MemberRequest, upload_id: str) -> HttpResponse:
    """What a confirmed upload made new, changed, removed or brought back, page by page."""
    view = queries.upload(request.actor, upload_id)
    kind, after = request.GET.get("kind", "new"), request.GET.get("after") or None
    if view.state != "confirmed" or kind not in KINDS:
        raise NotThere
    found = queries.upload_changes(request.actor, upload_id, kind, after, MOST_ROWS)
    here, now = reverse("upload_changes", args=[upload_id]), clock.now()
    shown = {
        "title": gettext("What changed with %(file)s") % {"file": view.file_name},
        "back": reverse("upload_detail", args=[upload_id]),
        "tabs": [
            {"text": text, "address": f"{here}?kind={name}", "is_current": name == kind}
            for name, text in KINDS.items()
        ],
        "changed": [line for row in found.rows for line in changes.lines(row)],
        "heads": (gettext("Before"), gettext("After")),
        "rows": [stones.line(row, now=now, address=_stone(row.listing_public_id)) for row in found.rows],
        "has_lines": kind == "changed",
        "next_address": f"{here}?kind={kind}&after={found.after}" if found.after else "",
    }
    return render(request, "web/listings/changes.html", {"page": shown})


def _stone(listing_id: str | None) -> str:
    return reverse("stone", args=[listing_id]) if listing_id else ""


@require_safe
@for_companies
def refused_file(request: MemberRequest, upload_id: str, kind: str) -> HttpResponse:
    """The rows that were not taken, with reason and cure, to be mended in a spreadsheet and sent alone."""
    content = queries.refused_file(request.actor, upload_id, kind)
    return _attached(
        HttpResponse(content, content_type=CSV if kind == "csv" else XLSX), f"refused-rows.{kind}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_companies
def layouts(request: MemberRequest) -> HttpResponse:
    """What is remembered of the company's layouts; each answer can be taken back, each layout forgotten."""
    if request.method == "POST":
        layout, key = request.POST.get("layout", ""), request.POST.get("key", "")
        if key:
            actions.change_layout(actor=request.actor, layout=layout, answers={key: ""}, now=clock.now())
        else:
            actions.forget_layout(actor=request.actor, layout=layout, now=clock.now())
        return redirect("layouts")
    known = [
        {
            "layout": one.layout,
            "file_name": one.file_name or gettext("a list"),
            "at": figures.minute(one.updated_at),
            "answers": [_remembered(answer) for answer in one.answers],
        }
        for one in queries.layouts(request.actor)
    ]
    context = {"layouts": known, "may_change": request.actor.may_trade}
    return render(request, "web/listings/layouts.html", context)


def _remembered(one: Remembered) -> dict[str, object]:
    """An answer in words: what it is about, and what was said."""
    field, _colon, text = one.name.partition(":")
    if one.kind == "value":
        about = gettext("“%(text)s” in %(field)s") % {"text": text, "field": words.field(field)}
    elif one.kind == "column":
        about = gettext("Column “%(name)s”") % {"name": one.name}
    elif one.kind in ("sheet", "header"):
        about = gettext("Sheet “%(name)s”") % {"name": one.name or gettext("The list")}
    else:
        about = one.name or one.key
    said = {"nothing": gettext("left aside"), "read": gettext("is read"), "leave": gettext("is left out")}
    answer = said.get(one.answer) or (
        words.field(one.answer) if one.kind == "column" else words.word(one.answer)
    )
    return {"key": one.key, "about": about, "answer": answer}


@require_safe
@for_companies
def export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """One's own stock, whole, as a list that can be uploaded again."""
    name = f"stock-{clock.now():%Y-%m-%d-%H%M}Z.{kind}"
    rows = stock_to_export(request.actor)
    if kind == "xlsx":
        return _attached(HttpResponse(xlsx_of(rows), content_type=XLSX), name)
    return _attached(StreamingHttpResponse(csv_of(rows), content_type=CSV), name)


@require_safe
@for_companies
def template(request: MemberRequest) -> HttpResponse:
    """The list that needs no question: empty with sample rows, and its description for machines."""
    view = [
        {
            "name": words.field(field.name),
            "expected": sentences.said(field.expected),
            "words": ", ".join(words.word(word) for word in field.words[:12]),
        }
        for field in page.offered_fields()
    ]
    return render(request, "web/listings/template.html", {"fields": view})


@require_safe
@for_companies
def template_file(request: MemberRequest, kind: str) -> HttpResponse:
    """The template as CSV or XLSX, or its schema as JSON."""
    if kind == "json":
        return _attached(JsonResponse(schema()), "stock-schema.json")
    content, media = (template_csv(), CSV) if kind == "csv" else (template_xlsx(), XLSX)
    return _attached(HttpResponse(content, content_type=media), f"stock-template.{kind}")


def _attached(answer: Sent, name: str) -> Sent:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
