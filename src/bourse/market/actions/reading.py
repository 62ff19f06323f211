"""A kept file read by the worker: in a confined child, staged in short transactions, with its questions."""

import time
from dataclasses import replace
from datetime import datetime

import msgspec
import structlog
from django.db import Error, transaction
from django.db.models import Func, QuerySet

from bourse.kit import confined
from bourse.kit.refusal import Refusal
from bourse.market.answers import fresh
from bourse.market.models import SupplierLayout, Upload, UploadFile, UploadKind, UploadState
from bourse.market.queries.uploads import corrections_of
from bourse.market.reading import Answers, Prepared, read_for_market
from bourse.market.refusals import ReadingBroke
from bourse.market.staging import GivenUp, forget, stage, stage_past

log = structlog.get_logger()

READING, STORING = "reading", "storing"
CPU_S_PER_MIB, WALL_S_PER_MIB = 2, 6  # a packed workbook takes one of the first; the machine may be busy
_TO_READ = (UploadState.WAITING, UploadState.READING, UploadState.REFUSED)


def read_upload(*, upload_id: int, now: datetime) -> None:
    """The file read and staged with its questions, or refused whole. Run again, it is read from the start.

    What was read, confirmed or given up meanwhile stays as it is.
    """
    found = _take(upload_id)
    if found is None:
        return
    try:
        if found.kind == UploadKind.RESTORE:
            _read_past(found)
        else:
            prepared, answers = _read(found, now)
            finish_reading(found, prepared, answers, now)
    except GivenUp:
        log.info("upload_reading_left", upload_id=upload_id)
    except Refusal as refusal:
        _refuse(found, refusal)
    except Error:
        raise  # the database is what failed: the job is tried again
    except Exception:
        _refuse(found, ReadingBroke("The file could not be kept. Try it again, or show it to the operator."))
        raise


@transaction.atomic
def _take(upload_id: int) -> Upload | None:
    """The upload, marked as being read; an earlier attempt that still runs writes nothing from now on."""
    found = Upload.objects.select_for_update().filter(pk=upload_id, state__in=_TO_READ).first()
    if found:
        found.state, found.attempt, found.refusal = UploadState.READING, found.attempt + 1, {}
        found.save(update_fields=["state", "attempt", "refusal"])
        _say(found, READING)
    return found


def _read(found: Upload, now: datetime) -> tuple[Prepared, Answers]:
    content = UploadFile.objects.values_list("content", flat=True).get(upload=found)
    try:
        return confined.run(
            read_for_market,
            bytes(content),
            found.file_name,
            found.answers,
            {} if found.answers else _memory(found.company_id, now),
            corrections_of(found),
            limits=limits_of(len(content)),
        )
    except confined.WorkFailed:
        log.exception("reading_failed", upload_id=found.pk)  # the user's refusal is the operator's traceback
        raise


def limits_of(size: int) -> confined.Confinement:
    """What the child may use: the same memory for every file, and time by its size."""
    usual = confined.DEFAULT_CONFINEMENT
    return replace(
        usual,
        cpu_seconds=usual.cpu_seconds + CPU_S_PER_MIB * size // confined.MIB,
        wall_seconds=usual.wall_seconds + WALL_S_PER_MIB * size / confined.MIB,
    )


def _read_past(found: Upload) -> None:
    """Stage the stock as it was before the upload that is taken back."""
    done, begun = 0, time.monotonic()
    for done in stage_past(found):
        _say(found, STORING, done, 0, done / max(time.monotonic() - begun, 0.001))
    totals = {"rows": done, "taken": done, "refused": 0}
    if not _own_attempt(found).update(state=UploadState.READY, stage="", report={"totals": totals}):
        raise GivenUp
    log.info("restore_read", upload_id=found.pk, rows=done)


def _memory(company_id: int, now: datetime) -> dict[str, Answers]:
    known = SupplierLayout.objects.filter(company_id=company_id).values_list("layout", "answers")
    return {layout: fresh(answers, now.date()) for layout, answers in known}


def finish_reading(found: Upload, prepared: Prepared, answers: Answers, now: datetime) -> None:
    """Stage what was read; the state says last that all of it is there. GivenUp if nobody wants it."""
    begun = time.monotonic()
    _say(found, STORING, total=prepared.staged.count)
    for done in stage(found, prepared):
        _say(found, STORING, done, prepared.staged.count, done / max(time.monotonic() - begun, 0.001))
    _close(found, prepared, answers, now)
    log.info(
        "upload_read",
        upload_id=found.pk,
        taken=prepared.staged.count,
        refused=prepared.refused.count,
    )


@transaction.atomic
def _close(found: Upload, prepared: Prepared, answers: Answers, now: datetime) -> None:
    taken, refused = prepared.staged.count, prepared.refused.count
    is_wanted = _own_attempt(found).update(
        state=UploadState.ASKING if prepared.questions else UploadState.READY,
        stage="",
        layout=prepared.layout,
        answers=answers,
        refused=refused,
        report=_report(prepared) | {"totals": {"rows": taken + refused, "taken": taken, "refused": refused}},
    )
    if not is_wanted:
        raise GivenUp
    if found.answers:
        _remember(found, prepared.layout, answers, now)


def _report(prepared: Prepared) -> dict[str, object]:
    names = ("format", "columns", "questions", "notes", "sheets", "values")
    return {name: msgspec.to_builtins(getattr(prepared, name)) for name in names}


def _remember(found: Upload, layout: str, answers: Answers, now: datetime) -> None:
    said = {"answers": answers, "updated_at": now, "file_name": found.file_name}
    SupplierLayout.objects.update_or_create(company_id=found.company_id, layout=layout, defaults=said)


@transaction.atomic
def _refuse(found: Upload, refusal: Refusal) -> None:
    """Keep why the file as a whole is not taken, with nothing of it staged."""
    told = {"code": refusal.code, "sentence": str(refusal)}
    if _own_attempt(found).update(state=UploadState.REFUSED, stage="", refusal=told, report={}, refused=0):
        forget(found.pk)
    log.info("upload_refused", upload_id=found.pk, code=refusal.code)


def _say(found: Upload, stage: str, done: int = 0, total: int = 0, rate: float = 0) -> None:
    """Where the reading is, for whoever looks at the upload."""
    _own_attempt(found).update(
        stage=stage,
        stage_at=Func(function="clock_timestamp"),
        rows_done=done,
        rows_total=total,
        rows_per_s=round(rate),
    )


def _own_attempt(found: Upload) -> QuerySet[Upload]:
    return Upload.objects.filter(pk=found.pk, state=UploadState.READING, attempt=found.attempt)
