"""A file on its way: kept, answered, mended, given up. The worker reads it; nothing here is live."""

import hashlib
from datetime import datetime

from django.db import transaction

from bourse.dialects import Correction, Reading
from bourse.dialects.tables.refusals import empty_file
from bourse.kit import jobs
from bourse.kit.file_names import file_name as plain_name
from bourse.market.actions.reading import finish_reading
from bourse.market.answers import refuse_what_is_not_offered
from bourse.market.corrections import refuse_what_is_not_there, together
from bourse.market.models import Upload, UploadKind, UploadMode, UploadState
from bourse.market.policy import may_change_stock_of
from bourse.market.queries import UploadView, upload
from bourse.market.queries.uploads import corrections_of, own_upload
from bourse.market.reading import Answers, prepare
from bourse.market.recording import record
from bourse.market.refusals import ModeNotKnown, UploadIsBeingRead, UploadIsClosed, ViewersOnlyLook
from bourse.market.staging import forget, keep_file
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

READ_UPLOAD = "market.read_upload"
TO_READ = (UploadState.WAITING, UploadState.READING)
OPEN = (UploadState.ASKING, UploadState.READY)
MOST_OPEN = 20  # of a company: what nobody confirms must not fill the database


@transaction.atomic
def start_upload(
    *,
    actor: Actor,
    file_name: str,
    content: bytes,
    mode: str,
    now: datetime,
    kind: str = UploadKind.FILE,
) -> UploadView:
    """The file kept as it came; the worker reads it. Nothing is live."""
    _refuse_unknown(mode)
    if not content:
        raise empty_file()
    begun = _begin(actor, file_name, content, mode, kind, now)
    after = {"mode": mode, "kind": kind, "bytes": len(content), "sha256": begun.content_sha256}
    record("start_upload", actor, f"upload {begun.public_id}", now, after=after)
    defer_reading(begun)
    return upload(actor, begun.public_id)


@transaction.atomic
def stage_reading(
    *,
    actor: Actor,
    file_name: str,
    content: bytes,
    reading: Reading,
    answers: Answers,
    mode: str,
    now: datetime,
) -> UploadView:
    """A file that this house wrote, answered and read itself, staged like any other; no child reads it."""
    _refuse_unknown(mode)
    begun = _begin(actor, file_name, content, mode, UploadKind.FILE, now)
    begun.state, begun.answers = UploadState.READING, answers
    begun.save(update_fields=["state", "answers"])
    finish_reading(begun, prepare(reading), answers, now)
    after = {"mode": mode, "kind": begun.kind, "bytes": len(content)}
    record("start_upload", actor, f"upload {begun.public_id}", now, after=after)
    return upload(actor, begun.public_id)


@transaction.atomic
def answer_questions(*, actor: Actor, upload_id: str, answers: Answers, now: datetime) -> UploadView:
    """The file waits to be read again with these answers; an empty one takes an earlier answer back."""
    found = _take_open(actor, upload_id)
    refuse_what_is_not_offered(found, answers, now)
    found.answers = {key: answer for key, answer in (found.answers | answers).items() if answer}
    _read_again(found, "answers")
    record("answer_questions", actor, f"upload {upload_id}", now, after={"answered": sorted(answers)})
    return upload(actor, upload_id)


@transaction.atomic
def correct_rows(*, actor: Actor, upload_id: str, corrections: list[Correction], now: datetime) -> UploadView:
    """The file waits to be read again with these cells in place of its own; the kept file stays as it is."""
    found = _take_open(actor, upload_id)
    refuse_what_is_not_there(found, corrections)
    found.corrections = together(corrections_of(found), corrections)
    _read_again(found, "corrections")
    record("correct_rows", actor, f"upload {upload_id}", now, after={"cells": len(corrections)})
    return upload(actor, upload_id)


@transaction.atomic
def abandon_upload(*, actor: Actor, upload_id: str, now: datetime) -> UploadView:
    """The upload given up; its rows are dropped, the file stays in the company's history."""
    found = own_upload(actor, upload_id, lock=True)
    company_to_change(actor)
    if found.state == UploadState.CONFIRMED:
        raise UploadIsClosed("This upload was confirmed.")
    before = {"state": found.state}
    _give_up(found)
    states = {"before": before, "after": {"state": found.state}}
    record("abandon_upload", actor, f"upload {upload_id}", now, **states)
    return upload(actor, upload_id)


def _give_up(found: Upload) -> None:
    forget(found.pk)
    found.state = UploadState.ABANDONED
    found.save(update_fields=["state"])


def company_to_change(actor: Actor) -> int:
    """The company whose stock the actor changes."""
    refuse_suspended(actor)
    company_id = actor.company_id
    if company_id is None or not may_change_stock_of(actor, company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    return company_id


def _refuse_unknown(mode: str) -> None:
    if mode not in UploadMode.values:
        raise ModeNotKnown(f"An upload's mode is one of: {', '.join(UploadMode.values)}.")


@transaction.atomic
def _begin(actor: Actor, file_name: str, content: bytes, mode: str, kind: str, now: datetime) -> Upload:
    """The upload with its file, to be read."""
    begun = Upload.objects.create(
        company_id=company_to_change(actor),
        person_id=actor.person_id,
        file_name=plain_name(file_name, otherwise="file"),
        mode=mode,
        kind=kind,
        state=UploadState.WAITING,
        content_sha256=hashlib.sha256(content).hexdigest(),
        content_bytes=len(content),
        created_at=now,
    )
    keep_file(begun.pk, content)
    give_up_oldest(begun.company_id)
    return begun


def give_up_oldest(company_id: int) -> None:
    """Leave the company its latest open uploads; one that is being confirmed at this moment is left alone."""
    open_ones = Upload.objects.filter(company_id=company_id, state__in=(*TO_READ, *OPEN))
    too_many = list(open_ones.order_by("-pk").values_list("pk", flat=True)[MOST_OPEN:])
    for found in open_ones.select_for_update(skip_locked=True).filter(pk__in=too_many):
        _give_up(found)


def _take_open(actor: Actor, upload_id: str) -> Upload:
    """The actor's upload, locked, whose file was read: it may be answered and mended."""
    found = own_upload(actor, upload_id, lock=True)
    company_to_change(actor)
    if found.state in TO_READ:
        raise UploadIsBeingRead("This file is being read. Wait a moment, or start again.")
    if found.state not in (*OPEN, UploadState.REFUSED):
        raise UploadIsClosed("This upload was confirmed or given up.")
    if found.kind == UploadKind.RESTORE:
        raise UploadIsClosed("A restore has no file to answer for. Give it up and start it again.")
    return found


def _read_again(found: Upload, *fields: str) -> None:
    found.state = UploadState.WAITING
    found.save(update_fields=["state", *fields])
    defer_reading(found)


def defer_reading(found: Upload) -> None:
    """Have the worker read it once this order is done."""
    jobs.defer(READ_UPLOAD, one_at_a_time=f"upload {found.pk}", upload_id=found.pk)
