"""What all forms share: the refusal of an order stands on the form, with what was typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bourse.kit.refusal import Refusal


@contextmanager
def told_on(form: forms.Form) -> Iterator[None]:
    """Run one order; its refusal stands on the form, whose page is shown again with the input kept."""
    try:
        yield
    except Refusal as refusal:
        # "Not yours" has to look like "not there", so it never becomes a sentence on a form.
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
        setattr(form, "refused_with", refusal.status)  # noqa: B010  forms.Form declares no such attribute


def render_form(
    request: HttpRequest, template: str, context: dict[str, object], *filled: forms.Form | None
) -> HttpResponse:
    """The page of the forms: 200 as it came, 422 or the refusal's own status when one of them has errors."""
    wrong = [form for form in filled if form is not None and form.is_bound and form.errors]
    status = getattr(wrong[0], "refused_with", 422) if wrong else 200
    return render(request, template, context, status=status)
