"""Documents beside a form: each is looked at as it comes; those that are right wait while the form is not."""

import re
from datetime import datetime
from secrets import token_urlsafe

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from bourse.doors.web.address import client_address, household
from bourse.doors.web.forms import told_on
from bourse.kit import buckets
from bourse.kit.refusal import Refusal
from bourse.members.actions.joining import drop_papers, keep_papers
from bourse.members.papers import MIB, MOST_BYTES, MOST_PAPERS, Paper, PaperNotTaken, paper, plain_name
from bourse.members.queries.joining import DocumentView, kept_papers

_WORD = re.compile(r"[A-Za-z0-9_-]{22}")
PAPERS_AN_HOUR = 40


class TooManyFiles(Refusal):
    """Very many documents came from this address within an hour."""

    status = 429
    retry_after_s = 900


class SeveralFiles(forms.ClearableFileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Documents; what is right of them is looked at by take_in, one by one."""

    widget = SeveralFiles(attrs={"accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"})

    def __init__(self) -> None:
        super().__init__(
            label=_("Documents"),
            help_text=_(
                "PDF, JPEG or PNG; at most 10, each of at most 10 MB, and 60 MB in one sending. "
                "Only whoever runs this exchange opens them."
            ),
            required=False,
        )

    def clean(self, data: object, initial: object = None) -> object:
        """Nothing is decided here."""
        return data


def draft_of(request: HttpRequest) -> str:
    """The word of this form, under which its documents wait; a new one for a form that is opened."""
    given = request.POST.get("draft", "")
    return given if _WORD.fullmatch(given) else token_urlsafe(16)


def take_in(request: HttpRequest, form: forms.Form, draft: str, now: datetime) -> None:
    """Keep the documents that came and are right, drop those ticked; the rest is told on the form."""
    if gone := request.POST.getlist("drop"):
        drop_papers(draft=draft, documents=gone[:MOST_PAPERS])
    files = request.FILES.getlist("papers")
    if not files:
        return
    right: list[Paper] = []
    for file in files[: MOST_PAPERS + 1]:
        with told_on(form):
            right.append(_looked_at(file))
    with told_on(form):
        _count(request, len(files))
        keep_papers(draft=draft, papers=right, now=now)


def _looked_at(file: "UploadedFile[bytes]") -> Paper:
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:  # before it is read into memory
        raise PaperNotTaken(
            f"“{plain_name(name)}” is larger than {MOST_BYTES // MIB} MB. Send a smaller copy."
        )
    return paper(name, file.read())


def _count(request: HttpRequest, files: int) -> None:
    key = f"papers {household(client_address(request))}"
    if not buckets.take(key, per_s=PAPERS_AN_HOUR / 3600, burst=PAPERS_AN_HOUR, cost=files).ok:
        raise TooManyFiles("Very many documents came from your address. Send the rest in an hour.")


def kept(draft: str) -> list[dict[str, str]]:
    """The documents that wait, for the form."""
    return [{"id": one.public_id, **line(one)} for one in kept_papers(draft)]


def line(view: DocumentView) -> dict[str, str]:
    """A document's name and size."""
    return {"name": view.name, "size": filesizeformat(view.size_bytes)}
