"""A stock file by API: sent, answered, mended, compared, confirmed, and taken back."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bourse.dialects import Correction
from bourse.dialects.tables.refusals import FileEmpty
from bourse.doors.api.files import CSV, MEDIA, XLSX, Format
from bourse.doors.api.operation import TRADERS, Answer, FileAnswer, MemberRequest, SentFile, operation
from bourse.doors.api.paging import USUAL, After, Limit, Paging
from bourse.doors.api.waiting import APPLIED, PREFER, when_read
from bourse.kit import clock
from bourse.kit.refusal import NotThere, Refusal
from bourse.market import actions, queries, refusals
from bourse.market.queries import Difference, DifferenceRow, Group, UploadLine, UploadView
from bourse.members.actor import Scope
from bourse.search import queries as search

Kind = Literal["new", "changed", "removed", "returned"]
Place = Annotated[int, Meta(ge=-1, lt=2**31)]
LOCATION = {"Location": "Where the upload is found from now on."}
_OPEN = (NotThere, refusals.ViewersOnlyLook, refusals.UploadIsBeingRead, refusals.UploadIsClosed)


class NothingToReplace(Refusal):
    """No cell that was not taken holds the text that another is to stand for."""


class FileNamed(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a file that is sent as the body itself does not say; a form has it in its fields."""

    name: Annotated[str, Meta(min_length=1, max_length=500, description="The file's name.")] | None = None
    mode: (
        Annotated[str, Meta(min_length=1, max_length=20, description="add_and_update or replace_all.")] | None
    ) = None


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """The answers to an upload's questions, by the question's key."""

    answers: dict[str, str]


class Replace(msgspec.Struct, forbid_unknown_fields=True):
    """One text for another in each cell of a column that kept a row out or was not read."""

    index: Place
    found: str
    text: str
    sheet: str | None = None


class Mended(msgspec.Struct, forbid_unknown_fields=True):
    """A cell of the file as it should read; index -1 with the text "leave" leaves its row out."""

    sheet: str
    row: Place
    index: Place
    text: str


class Corrections(msgspec.Struct, forbid_unknown_fields=True):
    """Cells of the file as they should read, one by one or all that hold the same text."""

    corrections: list[Mended] = []
    replace: list[Replace] = []


class Confirm(msgspec.Struct, forbid_unknown_fields=True):
    """The difference that is meant, and how many listings it takes down where that has to be said."""

    fingerprint: str
    removing: Annotated[int, Meta(ge=0)] | None = None


class Uploads(msgspec.Struct, frozen=True):
    """A page of the company's uploads; `after` asks for the next one, null on the last."""

    uploads: list[UploadLine]
    after: str | None


class NotTaken(msgspec.Struct, frozen=True):
    """All that was not taken of a file, by its cure."""

    refused: list[Group]
    unread: list[Group]
    doubtful: list[Group]


class FormatQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """As what the list comes."""

    format: Format = "json"


class DifferenceQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How many rows of each kind are shown."""

    limit: Limit = USUAL


class ChangesQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Which changes, and where the page begins."""

    kind: Kind
    after: After | None = None
    limit: Limit = USUAL


class UploadChanges(msgspec.Struct, frozen=True):
    """A page of what an upload did with the listings; `after` asks for the next one, null on the last."""

    kind: Kind
    rows: list[DifferenceRow]
    after: str | None


class Confirmed(msgspec.Struct, frozen=True):
    """The upload as it went live, and whether every search finds it so already."""

    upload: UploadView
    is_searchable: bool


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    status=201,
    refuses=(refusals.ViewersOnlyLook, refusals.ModeNotKnown, FileEmpty),
    headers=LOCATION | APPLIED,
    takes=PREFER,
)
def start(request: MemberRequest, query: FileNamed, body: SentFile) -> Answer[UploadView]:
    """A stock file of whatever layout, kept as it came; the worker reads it. Nothing is live."""
    view = actions.start_upload(
        actor=request.actor, file_name=body.name, content=body.content, mode=body.mode, now=clock.now()
    )
    return when_read(request, view, Location=f"/api/v1/uploads/{view.public_id}")


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def history(request: MemberRequest, query: Paging) -> Uploads:
    """Your company's uploads, the latest first."""
    found = queries.uploads(request.actor, query.limit + 1, query.after)
    page = found[: query.limit]
    return Uploads(page, page[-1].public_id if len(found) > query.limit else None)


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,), headers=APPLIED, takes=PREFER)
def show(request: MemberRequest, upload_id: str) -> Answer[UploadView]:
    """What was read of the file, what is asked, and what became of it."""
    return when_read(request, queries.upload(request.actor, upload_id))


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_OPEN, refusals.AnswerNotOffered),
    headers=APPLIED,
    takes=PREFER,
)
def answer(request: MemberRequest, upload_id: str, body: Answers) -> Answer[UploadView]:
    """The file read again with these answers."""
    view = actions.answer_questions(
        actor=request.actor, upload_id=upload_id, answers=body.answers, now=clock.now()
    )
    return when_read(request, view)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_OPEN, NothingToReplace, refusals.CorrectionNotPossible),
    headers=APPLIED,
    takes=PREFER,
)
def correct(request: MemberRequest, upload_id: str, body: Corrections) -> Answer[UploadView]:
    """The file read again with these cells in place of its own."""
    mended = [Correction(one.sheet, one.row, one.index, one.text) for one in body.corrections]
    for one in body.replace:
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


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,), media=(CSV, XLSX))
def refused(request: MemberRequest, upload_id: str, query: FormatQuery) -> NotTaken | FileAnswer:
    """All that was not taken by its cure, or as a file to be mended and sent."""
    if query.format in MEDIA:
        content = queries.refused_file(request.actor, upload_id, query.format)
        return FileAnswer(content, MEDIA[query.format], f"refused-rows.{query.format}")
    return NotTaken(
        queries.refused_groups(request.actor, upload_id),
        queries.unread_groups(request.actor, upload_id),
        queries.unread_groups(request.actor, upload_id, is_doubt=True),
    )


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def difference(request: MemberRequest, upload_id: str, query: DifferenceQuery) -> Difference:
    """What a confirm would change now."""
    return queries.difference(request.actor, upload_id, query.limit)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(*_OPEN, refusals.QuestionsOpen, refusals.DifferenceMoved, refusals.RemovalNeedsNumber),
)
def confirm(request: MemberRequest, upload_id: str, body: Confirm) -> Answer[Confirmed]:
    """The difference with this fingerprint gone live, whole or not at all."""
    accepted = actions.accept_upload(
        actor=request.actor,
        upload_id=upload_id,
        fingerprint=body.fingerprint,
        removing=body.removing,
        now=clock.now(),
    )

    def heard() -> Answer[Confirmed]:
        return Answer(Confirmed(accepted.upload, search.wait_for(accepted.fact_id)))

    return Answer(Confirmed(accepted.upload, is_searchable=False), then=heard)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(NotThere, refusals.ViewersOnlyLook, refusals.UploadIsClosed),
)
def abandon(request: MemberRequest, upload_id: str) -> UploadView:
    """The upload given up; a confirmed one cannot be."""
    return actions.abandon_upload(actor=request.actor, upload_id=upload_id, now=clock.now())


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    status=201,
    refuses=(NotThere, refusals.ViewersOnlyLook, refusals.RestoreNotPossible),
    headers=LOCATION | APPLIED,
    takes=PREFER,
)
def restore(request: MemberRequest, upload_id: str) -> Answer[UploadView]:
    """A new upload of the stock as it was before this confirmed one."""
    begun = actions.start_restore(actor=request.actor, upload_id=upload_id, now=clock.now())
    return when_read(request, begun, Location=f"/api/v1/uploads/{begun.public_id}")


@operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere,))
def changes(request: MemberRequest, upload_id: str, query: ChangesQuery) -> UploadChanges:
    """A page of what a confirmed upload did with the listings, long after."""
    found = queries.upload_changes(request.actor, upload_id, query.kind, query.after, query.limit)
    return UploadChanges(query.kind, found.rows, found.after)
