"""What a person does with what he was told."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from bourse.kit import audit
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.notices.models import Notice
from bourse.notices.queries.inbox import InboxFilter, those

MOST_AT_ONCE = 10_000


class Act(StrEnum):
    READ = "read"
    UNREAD = "unread"  # and open again, if it was done
    DONE = "done"
    SAVE = "save"
    UNSAVE = "unsave"


class NothingChosen(Refusal):
    """The order names no notice."""


class TooManyChosen(Refusal):
    """The order names more notices than one may."""


@transaction.atomic
def triage(
    *,
    actor: Actor,
    act: Act,
    notices: Sequence[str] = (),
    all_of: InboxFilter | None = None,
    now: datetime,
) -> int:
    """The actor's own notices read, unread, done, saved; how many changed. `all_of`: whatever passes it.

    Names that are not his are no names of notices.
    """
    if len(notices) > MOST_AT_ONCE:
        raise TooManyChosen(f"Choose {MOST_AT_ONCE:,} notices at most.")
    if all_of is not None:
        found = those(actor.person_id, all_of)
    elif notices:
        found = Notice.objects.filter(person_id=actor.person_id, in_app=True, public_id__in=notices)
    else:
        raise NothingChosen("Choose notices first: tick the boxes before them.")
    # Locked in one order, so that two windows of the same person do not wait for each other for ever.
    chosen = list(found.select_for_update().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    changed = _done(Notice.objects.filter(pk__in=chosen), act, now)
    audit.record(
        "notices.triage",
        person_id=actor.person_id,
        company_id=None,
        about="own inbox",
        after={"act": act.value, "notices": changed},
        now=now,
    )
    return changed


def _done(found: QuerySet[Notice], act: Act, now: datetime) -> int:
    if act is Act.READ:
        return found.filter(read_at=None).update(read_at=now)
    if act is Act.UNREAD:
        return found.filter(read_at__isnull=False).update(read_at=None, done_at=None)
    if act is Act.DONE:
        return found.filter(done_at=None).update(done_at=now, read_at=Coalesce(F("read_at"), now))
    if act is Act.SAVE:
        return found.filter(saved_at=None).update(saved_at=now)
    return found.filter(saved_at__isnull=False).update(saved_at=None)
