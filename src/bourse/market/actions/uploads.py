"""A file on its way: read in a confined child, staged, asked about, or given up. Nothing here is live."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec
import structlog
from django.db import transaction

from bourse.dialects import Question, Reading
from bourse.kit import confined
from bourse.market.models import SupplierLayout, Upload, UploadFile, UploadMode, UploadState
from bourse.market.policy import may_change_stock_of
from bourse.market.queries import UploadView, upload
from bourse.market.queries.uploads import own_upload
from bourse.market.reading import Answers, Prepared, prepare, read_with_answers, read_with_memory
from bourse.market.refusals import (
    AnswerNotOffered,
    ModeNotKnown,
    UploadIsBeingRead,
    UploadIsClosed,
    ViewersOnlyLook,
)
from bourse.market.staging import forget, stage
from bourse.members.actor import Actor

log = structlog.get_logger()

OPEN = (UploadState.ASKING, UploadState.READY)
MOST_OPEN = 20  # of a company: what nobody confirms must not fill the database


def start_upload(*, actor: Actor, file_name: str, content: bytes, mode: str, now: datetime) -> UploadView:
    """The file read and staged, with what the company answered for this layout before. Nothing is live."""
    company_id = _company_to_change(actor)
    _refuse_unknown(mode)
    with _bugs_seen(file_name):
        prepared, answers = confined.run(read_with_memory, content, file_name, _memory(company_id))
    begun = _begin(actor, file_name, content, mode, now)
    _finish_reading(begun, prepared, answers)
    return upload(actor, begun.public_id)


def stage_reading(
    *, actor: Actor, file_name: str, content: bytes, reading: Reading, mode: str, now: datetime
) -> UploadView:
    """A file that this house wrote and read itself, staged like any other; only then no child reads it."""
    _refuse_unknown(mode)
    begun = _begin(actor, file_name, content, mode, now)
    _finish_reading(begun, prepare(reading), {})
    return upload(actor, begun.public_id)


def answer_questions(*, actor: Actor, upload_id: str, answers: Answers, now: datetime) -> UploadView:
    """The same file read again with these answers, which the next file of the layout finds given."""
    found = _take_for_reading(actor, upload_id, answers)
    was, given = found.state, found.answers | answers
    try:
        content = UploadFile.objects.values_list("content", flat=True).get(upload=found)
        with _bugs_seen(found.file_name):
            prepared = confined.run(read_with_answers, bytes(content), found.file_name, given)
    except BaseException:
        Upload.objects.filter(pk=found.pk).update(state=was)
        raise
    _finish_reading(found, prepared, given)
    SupplierLayout.objects.update_or_create(
        company_id=found.company_id, layout=prepared.layout, defaults={"answers": given, "updated_at": now}
    )
    return upload(actor, upload_id)


@transaction.atomic
def abandon_upload(*, actor: Actor, upload_id: str, now: datetime) -> UploadView:
    """The upload given up; its rows are dropped, the file stays in the company's history."""
    found = own_upload(actor, upload_id, lock=True)
    _company_to_change(actor)
    if found.state == UploadState.CONFIRMED:
        raise UploadIsClosed("This upload was confirmed.")
    _give_up(found)
    return upload(actor, upload_id)


def _give_up(found: Upload) -> None:
    forget(found.pk)
    found.state = UploadState.ABANDONED
    found.save(update_fields=["state"])


@contextmanager
def _bugs_seen(file_name: str) -> Iterator[None]:
    """The user gets a refusal when the reader breaks; whoever runs the house gets the traceback."""
    try:
        yield
    except confined.WorkFailed:
        log.exception("reading_failed", file_name=file_name)
        raise


def _company_to_change(actor: Actor) -> int:
    company_id = actor.company_id
    if company_id is None or not may_change_stock_of(actor, company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    return company_id


def _refuse_unknown(mode: str) -> None:
    if mode not in UploadMode.values:
        raise ModeNotKnown(f"An upload's mode is one of: {', '.join(UploadMode.values)}.")


@transaction.atomic
def _begin(actor: Actor, file_name: str, content: bytes, mode: str, now: datetime) -> Upload:
    """The upload with its file, marked as being read."""
    begun = Upload.objects.create(
        company_id=_company_to_change(actor),
        person_id=actor.person_id,
        file_name=file_name[:200],
        mode=mode,
        state=UploadState.READING,
        created_at=now,
    )
    UploadFile.objects.create(upload=begun, content=content)
    _give_up_oldest(begun.company_id)
    return begun


def _give_up_oldest(company_id: int) -> None:
    """Leave the company its latest open uploads; one that is being confirmed at this moment is left alone."""
    open_ones = Upload.objects.filter(company_id=company_id, state__in=(UploadState.READING, *OPEN))
    too_many = list(open_ones.order_by("-pk").values_list("pk", flat=True)[MOST_OPEN:])
    for found in open_ones.select_for_update(skip_locked=True).filter(pk__in=too_many):
        _give_up(found)


def _memory(company_id: int) -> dict[str, Answers]:
    known = SupplierLayout.objects.filter(company_id=company_id).values_list("layout", "answers")
    return dict(known)


@transaction.atomic
def _take_for_reading(actor: Actor, upload_id: str, answers: Answers) -> Upload:
    """The open upload, marked as being read; as it was before the mark."""
    found = own_upload(actor, upload_id, lock=True)
    _company_to_change(actor)
    if found.state == UploadState.READING:
        raise UploadIsBeingRead("This file is being read. Wait a moment, or start again.")
    if found.state not in OPEN:
        raise UploadIsClosed("This upload was confirmed or given up.")
    _refuse_what_is_not_offered(found, answers)
    Upload.objects.filter(pk=found.pk).update(state=UploadState.READING)
    return found


def _refuse_what_is_not_offered(found: Upload, answers: Answers) -> None:
    questions = msgspec.convert(found.report["questions"], list[Question])
    offered = {question.key: {option.value for option in question.options} for question in questions}
    for key, answer in answers.items():
        if key in offered and answer not in offered[key]:
            raise AnswerNotOffered(
                f"{answer} is no answer to this question: {', '.join(sorted(offered[key]))}."
            )
        if key not in offered and key not in found.answers:
            raise AnswerNotOffered(f"This file asks no question called {key}.")


def _finish_reading(found: Upload, prepared: Prepared, answers: Answers) -> None:
    """Stage what was read; the state says last that all of it is there."""
    stage(found.pk, prepared)
    taken, refused = prepared.staged.count, prepared.refused.count
    is_wanted = Upload.objects.filter(pk=found.pk, state=UploadState.READING).update(
        state=UploadState.ASKING if prepared.questions else UploadState.READY,
        layout=prepared.layout,
        answers=answers,
        refused=refused,
        report={
            "format": prepared.format,
            "columns": msgspec.to_builtins(prepared.columns),
            "questions": msgspec.to_builtins(prepared.questions),
            "notes": prepared.notes,
            "totals": {"rows": taken + refused, "taken": taken, "refused": refused},
        },
    )
    if not is_wanted:  # given up meanwhile
        forget(found.pk)
    log.info("upload_read", upload_id=found.pk, taken=taken, refused=refused)
