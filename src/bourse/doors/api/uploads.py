"""A stock file by API: sent, answered, compared, confirmed."""

import msgspec

from bourse.doors.api.bodies import json_body, sent_file
from bourse.doors.api.endpoint import Answer, MemberRequest
from bourse.doors.api.paging import limit_in
from bourse.kit import clock
from bourse.market import actions, queries
from bourse.search import queries as search


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """The answers to an upload's questions, by the question's key."""

    answers: dict[str, str]


class Confirm(msgspec.Struct, forbid_unknown_fields=True):
    """The difference that is meant, and how many listings it takes down where that has to be said."""

    fingerprint: str
    removing: int | None = None


def start(request: MemberRequest) -> Answer:
    """POST uploads: the file read and staged."""
    file = sent_file(request)
    view = actions.start_upload(
        actor=request.actor, file_name=file.name, content=file.content, mode=file.mode, now=clock.now()
    )
    return Answer(view, 201, {"Location": f"/api/v1/uploads/{view.public_id}"})


def history(request: MemberRequest) -> object:
    """GET uploads: the company's uploads, the latest first."""
    return {"uploads": queries.uploads(request.actor, limit_in(request))}


def show(request: MemberRequest, upload_id: str) -> object:
    """GET uploads/{id}: what was read of the file, and what became of it."""
    return queries.upload(request.actor, upload_id)


def answer(request: MemberRequest, upload_id: str) -> object:
    """POST uploads/{id}/answers: the file read again with these answers."""
    given = json_body(request, Answers)
    return actions.answer_questions(
        actor=request.actor, upload_id=upload_id, answers=given.answers, now=clock.now()
    )


def difference(request: MemberRequest, upload_id: str) -> object:
    """GET uploads/{id}/difference: what a confirm would change."""
    return queries.difference(request.actor, upload_id, limit_in(request))


def confirm(request: MemberRequest, upload_id: str) -> object:
    """POST uploads/{id}/confirm: the difference gone live."""
    meant = json_body(request, Confirm)
    accepted = actions.accept_upload(
        actor=request.actor,
        upload_id=upload_id,
        fingerprint=meant.fingerprint,
        removing=meant.removing,
        now=clock.now(),
    )
    return {"upload": accepted.upload, "is_searchable": search.wait_for(accepted.fact_id)}


def abandon(request: MemberRequest, upload_id: str) -> object:
    """DELETE uploads/{id}: the upload given up."""
    return actions.abandon_upload(actor=request.actor, upload_id=upload_id, now=clock.now())


def restore(request: MemberRequest, upload_id: str) -> Answer:
    """POST uploads/{id}/restore: a new upload of the stock as it was before this one."""
    begun = actions.start_restore(actor=request.actor, upload_id=upload_id, now=clock.now())
    return Answer(begun, 201, {"Location": f"/api/v1/uploads/{begun.public_id}"})
