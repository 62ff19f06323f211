"""A company's uploads: what was read of a file, what is asked, and what became of it."""

from datetime import datetime
from typing import Any

import msgspec

from bourse.dialects import Column, Question
from bourse.kit.refusal import NotThere
from bourse.market.models import RefusedRow, UnreadCell, Upload
from bourse.market.policy import may_see_stock_of
from bourse.members.actor import Actor

MOST_ROWS = 1_000
SHOWN_AT_ONCE = 100


class RefusedRowView(msgspec.Struct, frozen=True):
    """A row that was not taken."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str
    why: str
    cure: str


class UnreadCellView(msgspec.Struct, frozen=True):
    """A cell of a taken row that could not be read."""

    sheet: str
    row: int
    index: int
    found: str
    why: str


class Counts(msgspec.Struct, frozen=True):
    """What an upload changes or has changed; `refused` counts rows, of whatever reason."""

    new: int
    changed: int
    removed: int
    unchanged: int
    refused: int


class UploadView(msgspec.Struct, frozen=True):
    """An upload as its company sees it; of `refused` and `unread` the first hundred, the totals count all."""

    public_id: str
    file_name: str
    mode: str
    state: str
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


def uploads(actor: Actor, limit: int = 50) -> list[UploadLine]:
    """The company's uploads, the latest first."""
    own = (
        Upload.objects.filter(company_id=actor.company_id or 0)
        .select_related("person")
        .defer("report", "answers")
    )
    return [
        UploadLine(
            public_id=found.public_id,
            file_name=found.file_name,
            mode=found.mode,
            state=found.state,
            person_name=found.person.name,
            counts=counts_of(found),
            created_at=found.created_at,
            confirmed_at=found.confirmed_at,
        )
        for found in own.order_by("-pk")[: min(limit, MOST_ROWS)]
    ]


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


def _refused(found: Upload, after: int, limit: int) -> list[RefusedRowView]:
    rows = RefusedRow.objects.filter(upload=found).order_by("pk")
    columns = rows.values_list(*RefusedRowView.__struct_fields__)
    return [RefusedRowView(*row) for row in columns[after : after + limit]]


def _unread(found: Upload, after: int, limit: int) -> list[UnreadCellView]:
    cells = UnreadCell.objects.filter(upload=found).order_by("pk")
    columns = cells.values_list(*UnreadCellView.__struct_fields__)
    return [UnreadCellView(*cell) for cell in columns[after : after + limit]]


def counts_of(found: Upload) -> Counts:
    """What the upload changed, or has refused so far."""
    return Counts(found.new, found.changed, found.removed, found.unchanged, found.refused)
