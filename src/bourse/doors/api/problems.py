"""A refusal in the words of RFC 9457, with the field that it is about where there is one."""

from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse

from bourse.doors.api.shapes import FieldError, FieldsNotUnderstood
from bourse.kit.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
# The field that a refusal of an order speaks of, and what cures it.
_FIELD_OF = {
    "answer_not_offered": ("body", "/answers", "Answer with one of the options of the question."),
    "ask_not_positive": ("body", "/ask_cents", "Send whole US cents above 0, or null."),
    "availability_not_known": ("body", "/availability", "Send one of the four words."),
    "correction_not_possible": ("body", "/corrections", "Name a row and a column of the file."),
    "difference_moved": ("body", "/fingerprint", "Read the difference again and send its fingerprint."),
    "listing_moved": ("header", "If-Match", "Read the listing again and send its version."),
    "mode_not_known": ("query", "/mode", "Send add_and_update or replace_all."),
    "nothing_to_replace": ("body", "/replace", "Take “found” from the answer of “refused”."),
    "operation_id_used": ("header", "Idempotency-Key", "Send a new id."),
    "removal_needs_number": ("body", "/removing", "Send the number of listings that go."),
    "version_missing": ("header", "If-Match", "Send the ETag that you read."),
}
_encode = msgspec.json.Encoder().encode


class Problem(msgspec.Struct, frozen=True):
    """What a refused call is told. `code` is the stable name, `detail` the sentence to show."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[FieldError] = []


class Refused(HttpResponse):
    """The answer to a refused call; `code` goes into the log."""

    code = ""


def problem(request: HttpRequest, refusal: Refusal) -> Refused:
    """A refusal as application/problem+json, kept by no cache."""
    told = Problem(
        type="about:blank",
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        code=refusal.code,
        detail=str(refusal),
        request_id=request.META.get("bourse.request_id", ""),
        errors=_errors(refusal),
    )
    headers = {"Cache-Control": "private, no-store", **getattr(refusal, "headers", {})}
    if refusal.retry_after_s:
        headers["Retry-After"] = str(refusal.retry_after_s)
    response = Refused(_encode(told), content_type=MEDIA_TYPE, status=refusal.status, headers=headers)
    response.code = refusal.code
    return response


def _errors(refusal: Refusal) -> list[FieldError]:
    if isinstance(refusal, FieldsNotUnderstood):
        return refusal.errors
    if place := _FIELD_OF.get(refusal.code):
        where, pointer, cure = place
        return [FieldError(where, pointer, str(refusal), cure)]
    return []
