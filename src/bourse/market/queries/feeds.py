"""A company's feeds: what is fetched for it again and again, and how that went."""

from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.db.models import QuerySet

from bourse.kit.refusal import NotThere
from bourse.market.models import Feed, FeedKind, Upload
from bourse.market.policy import may_change_stock_of, may_see_stock_of
from bourse.market.queries.uploads import Counts, counts_of
from bourse.members.actor import Actor
from bourse.members.queries import own_company


class FeedUpload(msgspec.Struct, frozen=True):
    """The last file that a feed brought; `held_because` says why a person has to look at it, if one has."""

    public_id: str
    file_name: str
    state: str
    held_because: str
    counts: Counts
    created_at: datetime


class FeedView(msgspec.Struct, frozen=True):
    """A feed as its company sees it; viewers see only the server of its address: the rest may be a key."""

    public_id: str
    name: str
    kind: str
    address: str
    folder: str
    mode: str
    every_minutes: int
    person_name: str
    is_paused: bool
    next_at: datetime
    last_at: datetime | None
    last_error: str
    failures: int
    last_upload: FeedUpload | None


def own_feed(actor: Actor, feed_id: str, *, lock: bool = False) -> Feed:
    """The one guarded way to a feed: another company's looks like none."""
    known = Feed.objects.select_for_update() if lock else Feed.objects
    found = known.filter(public_id=feed_id).first()
    if found is None or not may_see_stock_of(actor, found.company_id):
        raise NotThere("There is no such feed.")
    return found


def feed(actor: Actor, feed_id: str) -> FeedView:
    """One feed of the company."""
    found = own_feed(actor, feed_id)
    return _view(actor, found, last_uploads(found.pk).first())


def feeds(actor: Actor) -> list[FeedView]:
    """The company's feeds, the oldest first."""
    own = list(
        Feed.objects.filter(company_id=actor.company_id or 0)
        .select_related("person", "company")
        .order_by("pk")
    )
    latest = last_uploads(*(found.pk for found in own)).order_by("feed_id", "-pk").distinct("feed_id")
    by_feed = {upload.feed_id: upload for upload in latest}
    return [_view(actor, found, by_feed.get(found.pk)) for found in own]


def watched_folder(actor: Actor) -> str:
    """The name of the company's folder within the operator's; empty when this house watches none."""
    return own_company(actor).public_id if settings.FEEDS_FOLDER else ""


def last_uploads(*feed_ids: int) -> QuerySet[Upload]:
    """What these feeds brought, the latest first."""
    return Upload.objects.filter(feed_id__in=feed_ids).defer("report", "answers").order_by("-pk")


def _view(actor: Actor, found: Feed, latest: Upload | None) -> FeedView:
    may_change = may_change_stock_of(actor, found.company_id)
    return FeedView(
        public_id=found.public_id,
        name=found.name,
        kind=found.kind,
        address=found.address if may_change else _server_of(found),
        folder=found.company.public_id if found.kind == FeedKind.FOLDER else "",
        mode=found.mode,
        every_minutes=found.every_minutes,
        person_name=found.person.name,
        is_paused=found.is_paused,
        next_at=found.next_at,
        last_at=found.last_at,
        last_error=found.last_error,
        failures=found.failures,
        last_upload=_upload(latest) if latest else None,
    )


def _server_of(found: Feed) -> str:
    return f"https://{urlsplit(found.address).hostname}/…" if found.kind == FeedKind.URL else found.address


def _upload(found: Upload) -> FeedUpload:
    return FeedUpload(
        public_id=found.public_id,
        file_name=found.file_name,
        state=found.state,
        held_because=found.held_because,
        counts=counts_of(found),
        created_at=found.created_at,
    )
