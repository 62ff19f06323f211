"""What a person was told."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

import msgspec
from django.db.models import Count, Q, QuerySet

from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.notices.models import Notice
from bourse.notices.topics import Reason, Topic

MOST_COUNTED = 1_000  # in the masthead; nobody tells 1,000 from more at a glance
USUAL, MOST = 50, 100


class Box(StrEnum):
    """The parts of an inbox: what is not done, of it what is unread; what was kept; what is done."""

    OPEN = "open"
    UNREAD = "unread"
    SAVED = "saved"
    DONE = "done"


_IN_BOX = {
    Box.OPEN: Q(done_at=None),
    Box.UNREAD: Q(read_at=None),
    Box.SAVED: Q(saved_at__isnull=False),
    Box.DONE: Q(done_at__isnull=False),
}


class PlaceNotKnown(Refusal):
    """The page after a notice that the person does not have."""

    status = 404


class InboxFilter(msgspec.Struct, frozen=True):
    """Which of a person's notices; `until` leaves out what came after somebody looked."""

    box: Box = Box.OPEN
    topic: Topic | None = None
    why: Reason | None = None
    until: datetime | None = None


class NoticeView(msgspec.Struct, frozen=True):
    """A notice as its reader sees it; `company` is the name of the company that it concerns."""

    public_id: str
    topic: Topic
    why: Reason
    company: str
    subject: str
    body: str
    link: str
    at: datetime
    is_unread: bool
    is_done: bool
    is_saved: bool


class InboxPage(msgspec.Struct, frozen=True):
    """Some of the notices, the newest first, and how many there are of each kind in the box."""

    notices: list[NoticeView]
    total: int
    boxes: dict[Box, int]
    topics: dict[Topic, int]
    reasons: dict[Reason, int]
    after: str | None


def unread(person_id: int) -> int:
    """How many notices the person has not read, for the masthead: 1,000 stands for more."""
    return _of(person_id).filter(read_at=None)[:MOST_COUNTED].count()


def inbox(actor: Actor, wanted: InboxFilter, after: str | None = None, limit: int = USUAL) -> InboxPage:
    """A page of the actor's own notices."""
    boxes, topics, reasons, total = _counts(actor.person_id, wanted)
    found = those(actor.person_id, wanted).select_related("company").order_by("-id")
    if after:
        found = found.filter(pk__lt=_place(actor.person_id, after))
    rows = list(found[: min(limit, MOST) + 1])
    shown, more = rows[: min(limit, MOST)], len(rows) > min(limit, MOST)
    return InboxPage(
        notices=[_view(row) for row in shown],
        total=total,
        boxes=boxes,
        topics=topics,
        reasons=reasons,
        after=shown[-1].public_id if more else None,
    )


def those(person_id: int, wanted: InboxFilter) -> QuerySet[Notice]:
    """The person's notices that the filter lets through."""
    found = _of(person_id).filter(_IN_BOX[wanted.box])
    if wanted.topic:
        found = found.filter(topic=wanted.topic.value)
    if wanted.why:
        found = found.filter(why=wanted.why.value)
    return found.filter(at__lte=wanted.until) if wanted.until else found


def _of(person_id: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=person_id, in_app=True)


def _place(person_id: int, public_id: str) -> int:
    place = _of(person_id).filter(public_id=public_id).values_list("pk", flat=True).first()
    if place is None:
        raise PlaceNotKnown("There is no page after this notice. Begin from the first.")
    return place


def _counts(
    person_id: int, wanted: InboxFilter
) -> tuple[dict[Box, int], dict[Topic, int], dict[Reason, int], int]:
    """How many there are in each box; in this one by topic and by reason; and how many pass the filter."""
    each = {box.value: Count("pk", filter=_IN_BOX[box]) for box in Box}
    rows = cast(Iterable[dict[str, Any]], _of(person_id).values("topic", "why").annotate(**each).order_by())
    boxes, topics, reasons, total = dict.fromkeys(Box, 0), dict[Topic, int](), dict[Reason, int](), 0
    for row in rows:
        topic, why, here = Topic(row["topic"]), Reason(row["why"]), row[wanted.box.value]
        for box in Box:
            boxes[box] += row[box.value]
        topics[topic] = topics.get(topic, 0) + here
        reasons[why] = reasons.get(why, 0) + here
        if wanted.topic in (None, topic) and wanted.why in (None, why):
            total += here
    return (
        boxes,
        {topic: topics[topic] for topic in Topic if topics.get(topic)},
        {why: reasons[why] for why in Reason if reasons.get(why)},
        total,
    )


def _view(row: Notice) -> NoticeView:
    return NoticeView(
        public_id=row.public_id,
        topic=Topic(row.topic),
        why=Reason(row.why),
        company=row.company.name if row.company else "",
        subject=row.subject,
        body=row.body,
        link=row.link,
        at=row.at,
        is_unread=row.read_at is None,
        is_done=row.done_at is not None,
        is_saved=row.saved_at is not None,
    )
