"""A stock file by API: sent, answered, mended, compared, confirmed, and taken back."""

import msgspec

from bourse.dialects import Correction
from bourse.doors.api.bodies import json_body, sent_file
from bourse.doors.api.endpoint import Answer, FileAnswer, MemberRequest
from bourse.doors.api.files import MEDIA, format_in
from bourse.doors.api.paging import limit_in
from bourse.doors.api.waiting import when_read
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.market import actions, queries
from bourse.search import queries as search

KINDS = ("new", "changed", "removed", "returned")


class KindNotKnown(Refusal):
    """What an upload changed is asked for by its kind."""

    status = 400


class NothingToReplace(Refusal):
    """No cell that was not taken holds the text that another is to stand for."""


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """The answers to an upload's questions, by the question's key."""

    answers: dict[str, str]


class Replace(msgspec.Struct, forbid_unknown_fields=True):
    """One text for another in each cell of a column that kept a row out or was not read."""

    index: int
    found: str
    text: str
    sheet: str | None = None


class Corrections(msgspec.Struct, forbid_unknown_fields=True):
    """Cells of the file as they should read, one by one or all that hold the same text."""

    corrections: list[Correction] = []
    replace: list[Replace] = []


class Confirm(msgspec.Struct, forbid_unknown_fields=True):
    """The difference that is meant, and how many listings it takes down where that has to be said."""

    fingerprint: str
    removing: int | None = None


def start(request: MemberRequest) -> Answer:
    """POST uploads: the file kept, and read by the worker."""
    file = sent_file(request)
    view = actions.start_upload(
        actor=request.actor, file_name=file.name, content=file.content, mode=file.mode, now=clock.now()
    )
    return when_read(request, view, 201, Location=f"/api/v1/uploads/{view.public_id}")


def history(request: MemberRequest) -> object:
    """GET uploads: the company's uploads, the latest first."""
    return {"uploads": queries.uploads(request.actor, limit_in(request))}


def show(request: MemberRequest, upload_id: str) -> Answer:
    """GET uploads/{id}: what was read of the file, and what became of it."""
    return when_read(request, queries.upload(request.actor, upload_id))


def answer(request: MemberRequest, upload_id: str) -> Answer:
    """POST uploads/{id}/answers: the file read again with these answers."""
    given = json_body(request, Answers)
    view = actions.answer_questions(
        actor=request.actor, upload_id=upload_id, answers=given.answers, now=clock.now()
    )
    return when_read(request, view)


def correct(request: MemberRequest, upload_id: str) -> Answer:
    """POST uploads/{id}/corrections: the file read again with these cells in place of its own."""
    given = json_body(request, Corrections)
    mended = list(given.corrections)
    for one in given.replace:
        mended += _cells(request, upload_id, one)
    view = actions.correct_rows(actor=request.actor, upload_id=upload_id, corrections=mended, now=clock.now())
    return when_read(request, view)


def _cells(request: MemberRequest, upload_id: str, one: Replace) -> list[Correction]:
    """The text put in each cell that holds the other."""
    cells = queries.corrections_for(request.actor, upload_id, one.index, one.found, one.text, sheet=one.sheet)
    if not cells:
        raise NothingToReplace(
            f"No cell of the column with index {one.index} that was not taken reads “{one.found[:60]}”. "
            "The answer of “refused” names what was found, and where."
        )
    return cells


def refused(request: MemberRequest, upload_id: str) -> object:
    """GET uploads/{id}/refused: all that was not taken by its cure, or as a file to be mended and sent."""
    if (name := format_in(request)) in MEDIA:
        content = queries.refused_file(request.actor, upload_id, name)
        return FileAnswer(content, MEDIA[name], f"refused-rows.{name}")
    return {
        "refused": queries.refused_groups(request.actor, upload_id),
        "unread": queries.unread_groups(request.actor, upload_id),
        "doubtful": queries.unread_groups(request.actor, upload_id, is_doubt=True),
    }


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
    return when_read(request, begun, 201, Location=f"/api/v1/uploads/{begun.public_id}")


def changes(request: MemberRequest, upload_id: str) -> object:
    """GET uploads/{id}/changes: a page of what a confirmed upload did with the listings."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        raise KindNotKnown(f"Say which changes: kind is one of {', '.join(KINDS)}.")
    after, limit = request.GET.get("after") or None, limit_in(request)
    found = queries.upload_changes(request.actor, upload_id, kind, after, limit)
    return {"kind": kind, "rows": found.rows, "after": found.after}
