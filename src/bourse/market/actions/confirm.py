"""The confirm: one transaction that writes what differs between a file and its company's stock."""

from datetime import datetime

import msgspec
import structlog
from django.db import transaction

from bourse.kit.outbox import announce
from bourse.market import writing
from bourse.market.facts import UploadFinished
from bourse.market.locks import take_stock_alone
from bourse.market.models import Upload, UploadState
from bourse.market.policy import may_change_stock_of
from bourse.market.queries import Counts, UploadView, upload
from bourse.market.queries.differences import Summary, scope, summary
from bourse.market.queries.uploads import own_upload
from bourse.market.recording import fields_of, record
from bourse.market.refusals import (
    DifferenceMoved,
    QuestionsOpen,
    RemovalNeedsNumber,
    UploadIsBeingRead,
    UploadIsClosed,
    ViewersOnlyLook,
)
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

log = structlog.get_logger()
COUNTED = ("mode", "kind", "new", "changed", "removed", "unchanged", "refused", "kept")


class Accepted(msgspec.Struct, frozen=True):
    """The upload as it went live, and the fact by which search learns of it."""

    upload: UploadView
    fact_id: int


@transaction.atomic
def accept_upload(
    *, actor: Actor, upload_id: str, fingerprint: str, removing: int | None, now: datetime
) -> Accepted:
    """The difference with this fingerprint goes live. Asked again after a lost answer, the same answer."""
    found = own_upload(actor, upload_id, lock=True)
    refuse_suspended(actor)
    if not may_change_stock_of(actor, found.company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders change stock.")
    if found.state == UploadState.CONFIRMED and found.fingerprint == fingerprint and found.fact_id:
        return Accepted(upload(actor, upload_id), found.fact_id)
    _refuse_unless_ready(found)
    take_stock_alone(found.company_id)
    writing.find_difference(found, scope(found))
    told = summary(found, writing.DIFFERENCE_TABLE)
    _refuse_unless_meant(told, fingerprint, removing)
    found.revision = writing.write_difference(found, actor.person_id, now)
    fact_id = announce(_finished(found, told.counts, now), now=now)
    _close(found, told, fact_id, now)
    record("accept_upload", actor, f"upload {upload_id}", now, after=fields_of(found, *COUNTED))
    log.info("upload_confirmed", upload_id=found.pk, **msgspec.structs.asdict(told.counts))
    return Accepted(upload(actor, upload_id), fact_id)


def _refuse_unless_ready(found: Upload) -> None:
    if found.state in (UploadState.WAITING, UploadState.READING):
        raise UploadIsBeingRead("This file is being read. Wait a moment.")
    if found.state == UploadState.ASKING:
        raise QuestionsOpen("The file still asks something. Answer it, then confirm.")
    if found.state != UploadState.READY:
        raise UploadIsClosed("This upload was confirmed, refused or given up.")


def _refuse_unless_meant(told: Summary, fingerprint: str, removing: int | None) -> None:
    if told.fingerprint != fingerprint:
        raise DifferenceMoved(
            "Your stock changed after this difference was shown. Look at it again, then confirm."
        )
    removed = told.counts.removed
    if told.removal_needs_number and removing != removed:
        raise RemovalNeedsNumber(
            f"This takes {removed:,} of your {told.live:,} listings down{_while_rows_are_refused(told)}. "
            "Confirm it by typing that number."
        )


def _while_rows_are_refused(told: Summary) -> str:
    """What may have named the listings that go."""
    return f"; rows of the file that are refused: {told.refused:,}" if told.refused else ""


def _finished(found: Upload, counts: Counts, now: datetime) -> UploadFinished:
    return UploadFinished(
        upload_id=found.pk,
        company_id=found.company_id,
        new=counts.new,
        changed=counts.changed,
        removed=counts.removed,
        confirmed_at=now,
    )


def _close(found: Upload, told: Summary, fact_id: int, now: datetime) -> None:
    counts = told.counts
    found.new, found.changed, found.removed = counts.new, counts.changed, counts.removed
    found.unchanged, found.refused = counts.unchanged, found.refused + counts.refused
    found.kept = counts.kept
    found.state, found.confirmed_at = UploadState.CONFIRMED, now
    found.fingerprint, found.fact_id = told.fingerprint, fact_id
    found.save()
