"""Pages for those who write programs. What is general is for everybody; the log is the company's own."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bourse.doors.web import figures
from bourse.doors.web.developer import reference
from bourse.doors.web.developer.changes import CHANGES
from bourse.doors.web.developer.examples import EXAMPLES, HELPER
from bourse.doors.web.who import MemberRequest, actor_of, for_companies
from bourse.members import pace, queries
from bourse.members.actor import Actor
from bourse.members.queries import RequestView, WantedRequests

Api = Callable[[], reference.Document]


class LogForm(forms.Form):
    """Which calls of the log are shown."""

    status = forms.CharField(
        label=_("Status"), required=False, max_length=3, help_text=_("404, or 4 for all")
    )
    key = forms.CharField(label=_("Key"), required=False, max_length=18, widget=forms.Select)
    path = forms.CharField(label=_("Path begins with"), required=False, max_length=200)
    request = forms.CharField(label=_("Request id"), required=False, max_length=64)
    after = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    def clean_status(self) -> int | None:
        """The status, or its first figure."""
        text = self.cleaned_data["status"].strip().lower().removesuffix("xx")
        if text and not (text.isascii() and text.isdecimal() and len(text) in (1, 3)):
            raise forms.ValidationError(gettext("Enter a status such as 404, or 4 for all of them"))
        return int(text) if text else None


@require_safe
def developer(request: HttpRequest, api: Api) -> HttpResponse:
    """How to begin, examples that run, every code, what changed."""
    actor = actor_of(request)
    context = {
        "root": settings.URL,
        "helper": HELPER,
        "examples": EXAMPLES,
        "codes": reference.codes(api()),
        "changes": CHANGES,
        "paces": [_pace(one) for one in pace.pace_of(actor)] if actor and actor.company_id else [],
        "keeps_keys": _keeps_keys(actor),
    }
    return render(request, "web/developer/page.html", context)


@require_safe
def calls(request: HttpRequest, api: Api) -> HttpResponse:
    """Every call with what it takes, gives and refuses."""
    document = api()
    context = {"groups": reference.groups(document), "version": document["info"]["version"]}
    return render(request, "web/developer/reference.html", context)


@require_safe
@for_companies
def requests(request: MemberRequest, api: Api) -> HttpResponse:
    """What the company's programs asked in the last thirty days."""
    form = LogForm(request.GET, auto_id="log_%s", use_required_attribute=False)
    is_owner = _keeps_keys(request.actor)
    keys = queries.key_names(request.actor) if is_owner else []
    form.fields["key"].widget.choices = [("", gettext("All")), *keys]
    page = queries.requests_of(request.actor, *_wanted(form)) if form.is_valid() else None
    context = {
        "form": form,
        "rows": [_row(row) for row in page.rows] if page else [],
        "next": _next(request, page.after) if page and page.after else "",
        "is_owner": is_owner,
    }
    return render(request, "web/developer/requests.html", context, status=200 if page else 422)


def _wanted(form: LogForm) -> tuple[WantedRequests, int | None]:
    said = form.cleaned_data
    after = said["after"] if said["after"].isascii() and said["after"].isdecimal() else ""
    wanted = WantedRequests(said["status"], said["key"], said["path"].strip(), said["request"].strip())
    return wanted, int(after) if after else None


def _next(request: MemberRequest, after: int) -> str:
    query = request.GET.copy()
    query["after"] = str(after)
    return f"?{query.urlencode()}"


def _row(row: RequestView) -> dict[str, object]:
    return {
        "at": figures.machine(row.at),
        "when": figures.minute_utc(row.at),
        "who": row.key_name or row.person_name,
        "what": f"{row.method} {row.path}",
        "status": row.status,
        "code": row.code,
        "took": gettext("%(count)s ms") % {"count": figures.count(row.took_ms)},
        "request_id": row.request_id,
        "address": row.address,
    }


def _pace(one: pace.Pace) -> dict[str, object]:
    whose = gettext("You, by your session") if one.whose == "caller" else gettext("All of your company")
    return {"whose": whose, "left": figures.count(one.left), "quota": figures.count(one.quota)}


def _keeps_keys(actor: Actor | None) -> bool:
    return actor is not None and actor.role is not None and actor.role.value == "owner"
