"""What all forms share: the refusal of an order stands on the form, with what was typed."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bourse.doors.web.sentences import said
from bourse.kit.refusal import Refusal

REFUSED_WITH, REFUSAL = "refused_with", "refusal"
FIELD_OF = {
    "password_too_weak": "password",
    "website_not_an_address": "website",
    "founded_not_a_year": "founded",
    "too_many_associations": "associations",
    "branch_name_missing": "name",
    "branch_name_taken": "name",
    "address_missing": "street",
    "branch_has_no_use": "takes_deliveries",
    "stock_word_taken": "stock_words",
    "too_many_stock_words": "stock_words",
    "invited_already": "email",
    "already_a_member": "email",
    "time_zone_not_known": "time_zone",
    "last_owner": "role",
    "email_not_valid": "email",
    "email_taken": "email",
    "company_name_taken": "name",
    "name_missing": "name",
    "key_name_missing": "name",
    "scope_not_chosen": "scopes",
    "exchange_name_missing": "name",
    "logo_not_taken": "logo",
    "picture_not_taken": "sent",
    "certificate_not_taken": "sent",
    "media_too_large": "sent",
    "nothing_sent": "sent",
    "too_many_media": "sent",
    "media_there": "sent",
    "no_room_for_media": "sent",
    "too_many_sent": "sent",
    "removal_needs_number": "removing",
    "feed_name_missing": "name",
    "feed_pace_not_allowed": "every_minutes",
    "no_folder_watched": "kind",
    "folder_is_fed": "kind",
    "paper_not_taken": "papers",
    "too_many_papers": "papers",
    "too_many_files": "papers",
    "no_room_for_papers": "papers",
    "answer_missing": "text",
    "reason_missing": "reason",
    "text_missing": "sentence",
    "list_not_read": "file",
    "list_too_large": "file",
    "list_name_missing": "name",
    "suspension_reason_missing": "because",
    "address_not_readable": "address",
    "not_https": "address",
    "port_not_allowed": "address",
    "address_holds_password": "address",
    "password_not_right": "password",
    "code_not_right": "code",
    "code_used_before": "code",
    "passkey_name_taken": "name",
    "view_name_missing": "name",
    "view_name_taken": "name",
    "passkey_name_missing": "name",
    "host_is_number": "address",
    "quiet_hours_need_both_ends": "quiet_from",
    "events_not_known": "events",
}


class told_on:
    """Runs one order; its refusal stands on the form, whose page is shown again with the input kept."""

    def __init__(self, form: forms.Form) -> None:
        self._form = form

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        # "Not yours" has to look like "not there", so it never becomes a sentence on a form.
        if not isinstance(error, Refusal) or error.status == 404:
            return False
        self._form.add_error(_field_of(self._form, error), said(str(error)))
        setattr(self._form, REFUSED_WITH, error.status)
        setattr(self._form, REFUSAL, error)
        return True


def refusal_on(form: forms.Form) -> Refusal | None:
    """The refusal that stands on the form, for what else its page needs of it."""
    refusal: Refusal | None = getattr(form, REFUSAL, None)
    return refusal


def render_form(
    request: HttpRequest, template: str, context: dict[str, object], *filled: forms.Form | None
) -> HttpResponse:
    """The page of the forms: 200 as it came, 422 or the refusal's own status when one of them has errors."""
    wrong = [form for form in filled if form is not None and form.is_bound and form.errors]
    status = getattr(wrong[0], REFUSED_WITH, 422) if wrong else 200
    return render(request, template, context, status=status)


def keep_refusal(refused: forms.Form, onto: forms.Form) -> None:
    """The sentences and the status of a refused form on the form that takes its place."""
    for name, sentences in refused.errors.items():
        field = name if name in onto.fields else None
        for sentence in sentences:
            if sentence not in onto.errors.get(field or NON_FIELD_ERRORS, []):
                onto.add_error(field, sentence)
    setattr(onto, REFUSED_WITH, getattr(refused, REFUSED_WITH, 422))


def _field_of(form: forms.Form, refusal: Refusal) -> str | None:
    """The box that a refusal speaks of, if the form has it."""
    field = FIELD_OF.get(refusal.code)
    return field if field in form.fields else None
