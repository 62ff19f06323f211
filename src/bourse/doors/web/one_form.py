"""Pages that hold one form: its heading, what it is for, its boxes, its button and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse

from bourse.doors.web.forms import render_form


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form; `warns` is said of what cannot be undone."""

    title: str
    button: str
    back: str
    back_text: str
    says: str = ""
    warns: str = ""
    facts: Sequence[tuple[str, str]] = ()


class SureForm(forms.Form):
    """A form without boxes: its button is the answer."""


def shown(request: HttpRequest, page: FormPage, form: forms.Form) -> HttpResponse:
    """The page, with what is wrong in the form."""
    return render_form(request, "web/form.html", {"page": page, "form": form}, form)


def answered(request: HttpRequest) -> SureForm:
    """The form of a page that asks whether one is sure, as it was sent or not."""
    return SureForm(request.POST if request.method == "POST" else None)
