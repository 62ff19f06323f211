"""A company's uploads: what was read of a file, what is asked, and what became of it."""

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import QuerySet

from bourse.dialects import (
    Column,
    Correction,
    FieldName,
    Question,
    SheetFound,
    ValueMapping,
    field_names,
)
from bourse.kit.refusal import NotThere
from bourse.market.models import RefusedRow, UnreadCell, Upload, UploadState
from bourse.market.policy import may_see_stock_of
from bourse.members.actor import Actor

MOST_ROWS = 1_000
SHOWN_AT_ONCE = 100


class RefusedRowView(msgspec.Struct, frozen=True):
    """A row that was not taken, its cells as the file has them; `index` is the column that keeps it out."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str
    index: int = -1
    cells: list[str] = []


class UnreadCellView(msgspec.Struct, frozen=True):
    """A cell of a taken row that could not be read, or was read with a doubt."""

    sheet: str
    row: int
    index: int
    found: str
    why: str
    column: str = ""
    expected: str = ""
    cure: str = ""


class FileRefusal(msgspec.Struct, frozen=True):
    """Why a file as a whole is not taken."""

    code: str
    sentence: str


class Counts(msgspec.Struct, frozen=True):
    """What an upload changes or has changed; `refused` counts rows, of whatever reason.

    Of a restore `new` are the listings that come back, and `kept` those that stay as they are since.
    """

    new: int
    changed: int
    removed: int
    unchanged: int
    refused: int
    kept: int = 0


class UploadView(msgspec.Struct, frozen=True):
    """An upload as its company sees it; of `refused` and `unread` the first hundred, the totals count all.

    While it is read, `stage` says whether the file is opened ("reading") or its rows are kept ("storing").
    `fields` are those that a column may be mapped to.
    """

    public_id: str
    file_name: str
    mode: str
    state: str
    kind: str
    restores: str | None
    stage: str
    rows_done: int
    rows_total: int
    rows_per_s: int
    seconds_left: int | None
    refusal: FileRefusal | None
    held_because: str
    sheets: list[SheetFound]
    values: list[ValueMapping]
    fields: list[FieldName]
    corrections: list[Correction]
    format: str
    columns: list[Column]
    questions: list[Question]
    answers: dict[str, str]
    notes: list[str]
    refused: list[RefusedRowView]
    unread: list[UnreadCellView]
    totals: dict[str, int]
    counts: Counts
    created_at: datetime
    confirmed_at: datetime | None


class UploadLine(msgspec.Struct, frozen=True):
    """An upload in the history."""

    public_id: str
    file_name: str
    mode: str
    state: str
    kind: str
    restores: str | None
    refusal: FileRefusal | None
    person_name: str
    counts: Counts
    created_at: datetime
    confirmed_at: datetime | None


def own_upload(actor: Actor, upload_id: str, *, lock: bool = False) -> Upload:
    """The one guarded way to an upload: another company's looks like none."""
    uploads = Upload.objects.select_for_update() if lock else Upload.objects
    found = uploads.filter(public_id=upload_id).first()
    if found is None or not may_see_stock_of(actor, found.company_id):
        raise NotThere("There is no such upload.")
    return found


def upload(actor: Actor, upload_id: str) -> UploadView:
    """What was read of the file, what is asked, and what became of it."""
    found = own_upload(actor, upload_id)
    report: dict[str, Any] = found.report
    return UploadView(
        public_id=found.public_id,
        file_name=found.file_name,
        mode=found.mode,
        state=found.state,
        kind=found.kind,
        restores=_restored(found),
        stage=found.stage,
        rows_done=found.rows_done,
        rows_total=found.rows_total,
        rows_per_s=found.rows_per_s,
        seconds_left=_seconds_left(found),
        refusal=_refusal(found),
        held_because=found.held_because,
        sheets=msgspec.convert(report.get("sheets", []), list[SheetFound]),
        values=msgspec.convert(report.get("values", []), list[ValueMapping]),
        fields=list(field_names()),
        corrections=corrections_of(found),
        format=report.get("format", ""),
        columns=msgspec.convert(report.get("columns", []), list[Column]),
        questions=msgspec.convert(report.get("questions", []), list[Question]),
        answers=found.answers,
        notes=report.get("notes", []),
        refused=_refused(found, 0, SHOWN_AT_ONCE),
        unread=_unread(found, 0, SHOWN_AT_ONCE),
        totals=report.get("totals", {}),
        counts=counts_of(found),
        created_at=found.created_at,
        confirmed_at=found.confirmed_at,
    )


def is_being_read(actor: Actor, upload_id: str) -> bool:
    """Whether the worker has still to read the actor's upload: cheap, for whoever waits."""
    own = Upload.objects.filter(public_id=upload_id, company_id=actor.company_id or 0)
    return own.filter(state__in=(UploadState.WAITING, UploadState.READING)).exists()


def uploads(actor: Actor, limit: int = 50, after: str | None = None) -> list[UploadLine]:
    """The company's uploads, the latest first, or those older than the one that is named."""
    own = (
        Upload.objects.filter(company_id=actor.company_id or 0)
        .select_related("person", "restores")
        .defer("report", "answers", "corrections", "restores__report", "restores__answers")
    )
    return [
        UploadLine(
            public_id=found.public_id,
            file_name=found.file_name,
            mode=found.mode,
            state=found.state,
            kind=found.kind,
            restores=_restored(found),
            refusal=_refusal(found),
            person_name=found.person.name,
            counts=counts_of(found),
            created_at=found.created_at,
            confirmed_at=found.confirmed_at,
        )
        for found in _older(own, actor, after).order_by("-pk")[: min(limit, MOST_ROWS)]
    ]


def _older(own: QuerySet[Upload], actor: Actor, after: str | None) -> QuerySet[Upload]:
    return own.filter(pk__lt=own_upload(actor, after).pk) if after else own


def corrections_of(found: Upload) -> list[Correction]:
    """The cells that were mended so far."""
    return msgspec.convert(found.corrections, list[Correction])


def _restored(found: Upload) -> str | None:
    return found.restores.public_id if found.restores else None


def _refusal(found: Upload) -> FileRefusal | None:
    return msgspec.convert(found.refusal, FileRefusal) if found.refusal else None


def _seconds_left(found: Upload) -> int | None:
    """How long the reading will go on at its pace; None where that is not known."""
    if not found.stage or not found.rows_per_s or not found.rows_total:
        return None
    return -(-(found.rows_total - found.rows_done) // found.rows_per_s)


def refused_rows(
    actor: Actor, upload_id: str, after: int = 0, limit: int = MOST_ROWS
) -> list[RefusedRowView]:
    """The rows that were not taken, in the order of the file, from the `after`-th on."""
    return _refused(own_upload(actor, upload_id), after, min(limit, MOST_ROWS))


def unread_cells(
    actor: Actor, upload_id: str, after: int = 0, limit: int = MOST_ROWS
) -> list[UnreadCellView]:
    """The cells of taken rows that could not be read, in the order of the file, from the `after`-th on."""
    return _unread(own_upload(actor, upload_id), after, min(limit, MOST_ROWS))


def doubtful_cells(
    actor: Actor, upload_id: str, after: int = 0, limit: int = MOST_ROWS
) -> list[UnreadCellView]:
    """The cells of taken rows that were read with a warning, in the order of the file."""
    return _unread(own_upload(actor, upload_id), after, min(limit, MOST_ROWS), is_doubt=True)


def _refused(found: Upload, after: int, limit: int) -> list[RefusedRowView]:
    rows = RefusedRow.objects.filter(upload=found).order_by("pk")
    columns = rows.values_list(*RefusedRowView.__struct_fields__)
    return [RefusedRowView(*row) for row in columns[after : after + limit]]


def _unread(found: Upload, after: int, limit: int, *, is_doubt: bool = False) -> list[UnreadCellView]:
    cells = UnreadCell.objects.filter(upload=found, is_doubt=is_doubt).order_by("pk")
    columns = cells.values_list(*UnreadCellView.__struct_fields__)
    return [UnreadCellView(*cell) for cell in columns[after : after + limit]]


def counts_of(found: Upload) -> Counts:
    """What the upload changed, or has refused so far."""
    return Counts(found.new, found.changed, found.removed, found.unchanged, found.refused, found.kept)
