"""A feed at work: it brings a file the way of every upload, and confirms by itself what surprises nobody."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import transaction

from bourse.kit import jobs
from bourse.kit.fetch import FetchLimits, Resolver, fetch
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.market import feed_folder
from bourse.market.actions.confirm import accept_upload
from bourse.market.actions.feeds import ONE_FEED_AT_A_TIME, RUN_FEED, waits_for_person
from bourse.market.actions.uploads import start_upload
from bourse.market.facts import FeedFailed, FeedHeld
from bourse.market.models import Feed, FeedKind, Upload, UploadKind, UploadState
from bourse.market.policy import may_change_stock_of
from bourse.market.queries.differences import Difference, difference
from bourse.market.refusals import DifferenceMoved
from bourse.members.actor import Actor
from bourse.members.queries import actor_for
from bourse.members.refusals import refuse_suspended

log = structlog.get_logger()

FINISH_FEED = "market.finish_feed_upload"
MOST_FAILURES = 10
LONGEST_PAUSE = timedelta(days=1)
SAID_AGAIN_AFTER = timedelta(days=1)
SOON = timedelta(minutes=1)
REFUSED_SHARE = 0.10
LIMITS = FetchLimits(seconds=60)
_ATTEMPTS = 3


class NameWithdrawn(Refusal):
    """Whoever lent the feed his name may no longer trade for the company."""


class FileNotRead(Refusal):
    """What the feed brought is no stock list that can be read."""


class _Brought(NamedTuple):
    """What a run found: a file, or none when nothing is new; and what to do once the file is kept."""

    content: bytes
    file_name: str
    etag: str
    put_away: Callable[[], None]
    more: bool = False


@transaction.atomic
def start_due_feeds(*, now: datetime) -> int:
    """Every feed whose time has come gets a job and its next time; how many they were.

    Those of a suspended company wait for it to come back.
    """
    due = Feed.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        is_paused=False, next_at__lte=now, company__suspended_at=None
    )
    feeds = list(due.order_by("next_at"))
    for feed in feeds:
        feed.next_at = now + timedelta(minutes=feed.every_minutes)
        feed.save(update_fields=["next_at"])
        jobs.defer(RUN_FEED, one_at_a_time=ONE_FEED_AT_A_TIME, feed_id=feed.pk)
    return len(feeds)


def run_feed(*, feed_id: int, resolver: Resolver, now: datetime) -> None:
    """One run: what is new becomes an upload that the worker reads. A failure is counted and told."""
    waiting = Feed.objects.filter(pk=feed_id, is_paused=False, company__suspended_at=None)
    feed = waiting.select_related("company").first()
    if feed is None or waits_for_person(feed):
        return  # what waits for a person is not buried under more
    try:
        _actor_of(feed)
        brought = _bring(feed, resolver, now)
        if brought is None:
            _note_nothing_new(feed, now)
        elif _begin(feed, brought, now):
            brought.put_away()
    except Refusal as refusal:
        _note_failure(feed, refusal, now)


def finish_feed_upload(*, upload_id: int, now: datetime) -> None:
    """A feed's file, once it is read: confirmed, held for a person with the reason, or told as a failure."""
    found = Upload.objects.select_related("feed", "company").filter(pk=upload_id).first()
    if found is None or found.feed is None:
        return  # the feed was removed: its file waits like any other
    if found.state == UploadState.REFUSED:
        _note_failure(found.feed, FileNotRead(found.refusal["sentence"]), now)
        return
    if found.state in (UploadState.ASKING, UploadState.READY) and (why := _confirm(found, now)):
        _hold(found, found.feed, why, now)
    _note_success(found.feed)


@transaction.atomic
def _hold(found: Upload, feed: Feed, why: str, now: datetime) -> None:
    open_one = Upload.objects.filter(pk=found.pk, state__in=(UploadState.ASKING, UploadState.READY))
    if open_one.update(held_because=why):
        announce(FeedHeld(feed_id=feed.pk, upload_id=found.pk, company_id=found.company_id), now=now)
        log.info("feed_held", feed_id=feed.pk, upload_id=found.pk)


def _bring(feed: Feed, resolver: Resolver, now: datetime) -> _Brought | None:
    """What is there now; None when it is what was taken before."""
    if feed.kind == FeedKind.FOLDER:
        return _from_folder(feed, now)
    again = _is_to_be_said_again(feed, now)
    etag = "" if again else feed.last_etag
    got = fetch(feed.address, resolver=resolver, limits=LIMITS, etag=etag)
    if got.is_unchanged or (not again and _sha256(got.content) == feed.last_sha256):
        return None
    return _Brought(got.content, got.file_name, got.etag, put_away=lambda: None)


def _is_to_be_said_again(feed: Feed, now: datetime) -> bool:
    """Whether the same file would confirm the stock anew: a day after the last that went live."""
    live = Upload.objects.filter(feed=feed, confirmed_at__isnull=False).order_by("-confirmed_at")
    last = live.values_list("confirmed_at", flat=True).first()
    return last is not None and last <= now - SAID_AGAIN_AFTER


def _from_folder(feed: Feed, now: datetime) -> _Brought | None:
    root, company = Path(settings.FEEDS_FOLDER), feed.company.public_id
    file = feed_folder.next_file(root, company, now)
    if file is None:
        return None

    def put_away() -> None:
        feed_folder.put_away(root, company, file, now)

    if not file.content:
        put_away()
        raise feed_folder.FolderFileNotTaken(f"{file.name} in the folder was empty. Put it there whole.")
    if _sha256(file.content) == feed.last_sha256 and not _is_to_be_said_again(feed, now):
        put_away()  # sent again, or taken by a run that died before it could put the file away
        return None
    return _Brought(file.content, file.name, "", put_away, file.more)


@transaction.atomic
def _begin(feed: Feed, brought: _Brought, now: datetime) -> bool:
    """Whether the file is now an upload; not when the feed was changed, paused or removed meanwhile."""
    current = Feed.objects.select_for_update().filter(pk=feed.pk, is_paused=False).first()
    if current is None or _asked_for(current) != _asked_for(feed) or waits_for_person(current):
        return False
    view = start_upload(
        actor=_actor_of(feed),
        file_name=brought.file_name,
        content=brought.content,
        mode=feed.mode,
        now=now,
        kind=UploadKind.FEED,
    )
    begun = Upload.objects.get(public_id=view.public_id)
    Upload.objects.filter(pk=begun.pk).update(feed=current)
    current.last_at, current.last_etag = now, brought.etag
    current.last_sha256 = _sha256(brought.content)
    if brought.more:
        current.next_at = now + SOON
    current.save(update_fields=["last_at", "last_etag", "last_sha256", "next_at"])
    # The same lock as the reading has, so that it runs after it.
    jobs.defer(FINISH_FEED, one_at_a_time=f"upload {begun.pk}", upload_id=begun.pk)
    log.info("feed_brought", feed_id=feed.pk, upload_id=begun.pk, bytes=len(brought.content))
    return True


def _confirm(found: Upload, now: datetime) -> str:
    """The upload put live; or why it has to wait for a person, and then nothing has changed."""
    try:
        actor = _actor_of(found)
        if found.state == UploadState.ASKING:
            return "The file asks something. Answer it, then confirm."
        for _ in range(_ATTEMPTS):
            told = difference(actor, found.public_id, limit=0)
            if why := _surprise(found, told):
                return why
            with suppress(DifferenceMoved):
                accept_upload(
                    actor=actor,
                    upload_id=found.public_id,
                    fingerprint=told.fingerprint,
                    removing=None,
                    now=now,
                )
                return ""
    except Refusal as refusal:
        return str(refusal)
    return "Your stock changed again and again while the file was to go live. Look at it, then confirm."


def _surprise(found: Upload, told: Difference) -> str:
    rows, refused = found.report["totals"]["rows"], found.refused + told.counts.refused
    if refused > rows * REFUSED_SHARE:
        return (
            f"{refused:,} of its {rows:,} rows are refused, more than one in ten. "
            "Look at them, then confirm the file or give it up."
        )
    if told.removal_needs_number:
        beside = f"; rows of the file that are refused: {refused:,}" if refused else ""
        return (
            f"It takes {told.counts.removed:,} of your {told.live:,} listings down{beside}. "
            "Confirm it if that is meant, or give it up."
        )
    return ""


def _actor_of(lent: Feed | Upload) -> Actor:
    """Whoever lent his name, acting for the company; refused when he no longer trades for it."""
    with suppress(NotThere):
        actor = actor_for(lent.person_id, lent.company.public_id)
        refuse_suspended(actor)
        if may_change_stock_of(actor, lent.company_id):
            return actor
    raise NameWithdrawn(
        "Whoever set this feed up no longer trades for your company. "
        "An owner or trader lets it run again in his own name."
    )


def _note_nothing_new(feed: Feed, now: datetime) -> None:
    Feed.objects.filter(pk=feed.pk).update(last_at=now, last_error="", failures=0)


def _note_success(feed: Feed) -> None:
    Feed.objects.filter(pk=feed.pk).update(last_error="", failures=0)


@transaction.atomic
def _note_failure(feed: Feed, refusal: Refusal, now: datetime) -> None:
    """Count the failure, tell it, and wait the longer the more there were; after ten, for a person."""
    found = Feed.objects.select_for_update().filter(pk=feed.pk).first()
    if found is None:
        return
    found.failures += 1
    found.last_at, found.last_error = now, str(refusal)
    found.last_sha256 = found.last_etag = ""
    found.next_at = now + _pause(found)
    if found.failures >= MOST_FAILURES:
        found.last_error = f"Paused after {found.failures} failures in a row. {refusal}"
    found.is_paused |= found.failures >= MOST_FAILURES or isinstance(refusal, NameWithdrawn)
    found.save()
    if found.failures == 1 or found.is_paused:
        announce(FeedFailed(feed_id=found.pk, company_id=found.company_id, run=now.isoformat()), now=now)
    log.info("feed_failed", feed_id=feed.pk, code=refusal.code, failures=found.failures)


def _pause(found: Feed) -> timedelta:
    own = timedelta(minutes=found.every_minutes)
    doubled: int = 2**found.failures
    return max(own, min(own * doubled, LONGEST_PAUSE))


def _asked_for(feed: Feed) -> tuple[str, str, int]:
    return feed.address, feed.mode, feed.person_id


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
