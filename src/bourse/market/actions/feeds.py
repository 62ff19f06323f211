"""What a company decides about its feeds. Whoever sets one up, changes or resumes it lends it his name."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from bourse.kit import jobs
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import read_address
from bourse.market.models import Feed, FeedKind, Upload, UploadMode, UploadState
from bourse.market.policy import may_change_stock_of
from bourse.market.queries.feeds import FeedView, feed, own_feed
from bourse.market.recording import fields_of, record
from bourse.market.refusals import ModeNotKnown, ViewersOnlyLook
from bourse.members.actor import Actor
from bourse.members.refusals import refuse_suspended

RUN_FEED = "market.run_feed"
# One lock for all: slow servers of some may hold up other feeds, but never both hands of the worker.
ONE_FEED_AT_A_TIME = "feeds"
MOST_FEEDS = 10
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 7 * 24 * 60
LONGEST_NAME = 100
SET = ("kind", "mode", "every_minutes", "is_paused")
UNDECIDED = (UploadState.WAITING, UploadState.READING, UploadState.ASKING, UploadState.READY)


class FeedNameMissing(Refusal):
    """A feed has a name by which people know it."""


class FeedKindNotKnown(Refusal):
    """A feed is url or folder."""


class FeedPaceNotAllowed(Refusal):
    """A feed runs too often, or hardly ever."""


class NoFolderWatched(Refusal):
    """The operator has set no folder."""


class FolderIsFed(Refusal):
    """The company's folder is watched already."""

    status = 409


class TooManyFeeds(Refusal):
    """The company has as many feeds as one may have."""

    status = 409


class FeedIsPaused(Refusal):
    """A paused feed does not run."""

    status = 409


class FeedWaitsForPerson(Refusal):
    """The last file of the feed is not decided yet."""

    status = 409


@transaction.atomic
def add_feed(
    *, actor: Actor, name: str, kind: str, address: str, mode: str, every_minutes: int, now: datetime
) -> FeedView:
    """A new feed, which runs within a minute and then again and again."""
    company_id = _company_to_change(actor)
    _refuse_kind(kind)
    _refuse_pace_and_mode(every_minutes, mode)
    own = Feed.objects.filter(company_id=company_id)
    if own.count() >= MOST_FEEDS:
        raise TooManyFeeds(f"A company has at most {MOST_FEEDS} feeds. Remove one, or change one.")
    if kind == FeedKind.FOLDER and own.filter(kind=FeedKind.FOLDER).exists():
        raise FolderIsFed("Your company's folder is watched already. Change that feed.")
    added = Feed.objects.create(
        company_id=company_id,
        person_id=actor.person_id,
        name=_name(name),
        kind=kind,
        address=_address(kind, address),
        mode=mode,
        every_minutes=every_minutes,
        next_at=now,
        created_at=now,
    )
    record("add_feed", actor, f"feed {added.public_id}", now, after=fields_of(added, *SET))
    return feed(actor, added.public_id)


@transaction.atomic
def change_feed(
    *, actor: Actor, feed_id: str, name: str, address: str, mode: str, every_minutes: int, now: datetime
) -> FeedView:
    """The feed as it is from now on; it begins anew, within a minute unless it is paused."""
    found = _to_change(actor, feed_id)
    _refuse_pace_and_mode(every_minutes, mode)
    before, address_before = fields_of(found, *SET), found.address
    found.name, found.address = _name(name), _address(found.kind, address)
    found.mode, found.every_minutes = mode, every_minutes
    _begin_anew(found, actor, now)
    # The address may hold a key: that it changed is told, not what it is.
    after = fields_of(found, *SET) | {"address_changed": found.address != address_before}
    record("change_feed", actor, f"feed {feed_id}", now, before=before, after=after)
    return feed(actor, feed_id)


@transaction.atomic
def pause_feed(*, actor: Actor, feed_id: str, now: datetime) -> FeedView:
    """The feed at rest until somebody lets it run again."""
    found = _to_change(actor, feed_id)
    found.is_paused = True
    found.save(update_fields=["is_paused"])
    record("pause_feed", actor, f"feed {feed_id}", now, after={"is_paused": True})
    return feed(actor, feed_id)


@transaction.atomic
def resume_feed(*, actor: Actor, feed_id: str, now: datetime) -> FeedView:
    """The feed runs again, from now on in the name of whoever let it."""
    found = _to_change(actor, feed_id)
    found.is_paused = False
    _begin_anew(found, actor, now)
    record("resume_feed", actor, f"feed {feed_id}", now, after={"is_paused": False})
    return feed(actor, feed_id)


@transaction.atomic
def remove_feed(*, actor: Actor, feed_id: str, now: datetime) -> None:
    """The feed forgotten, its address too; what it brought stays in the history of uploads."""
    found = _to_change(actor, feed_id)
    before = fields_of(found, *SET)
    found.delete()
    record("remove_feed", actor, f"feed {feed_id}", now, before=before)


@transaction.atomic
def run_feed_now(*, actor: Actor, feed_id: str, now: datetime) -> FeedView:
    """The feed runs at once, and reads its file even if that has not changed."""
    found = _to_change(actor, feed_id)
    if found.is_paused:
        raise FeedIsPaused("This feed is paused. Let it run again first.")
    if waits_for_person(found):
        raise FeedWaitsForPerson("The last file of this feed waits. Confirm it or give it up first.")
    found.last_sha256 = found.last_etag = ""
    found.save(update_fields=["last_sha256", "last_etag"])
    jobs.defer(RUN_FEED, one_at_a_time=ONE_FEED_AT_A_TIME, feed_id=found.pk)
    record("run_feed_now", actor, f"feed {feed_id}", now)
    return feed(actor, feed_id)


def waits_for_person(found: Feed) -> bool:
    """Whether the last file of the feed is still being read or waits for somebody's decision."""
    return Upload.objects.filter(feed=found, state__in=UNDECIDED).exists()


def _begin_anew(found: Feed, actor: Actor, now: datetime) -> None:
    found.person_id, found.next_at = actor.person_id, now
    found.last_sha256 = found.last_etag = found.last_error = ""
    found.failures = 0
    found.save()


def _company_to_change(actor: Actor) -> int:
    refuse_suspended(actor)
    company_id = actor.company_id
    if company_id is None or not may_change_stock_of(actor, company_id):
        raise ViewersOnlyLook("Viewers look; owners and traders set up feeds.")
    return company_id


def _to_change(actor: Actor, feed_id: str) -> Feed:
    """The feed, locked; refused when it is not the actor's to change."""
    found = own_feed(actor, feed_id, lock=True)
    _company_to_change(actor)
    return found


def _name(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise FeedNameMissing("Give the feed a name, for example where its file comes from.")
    return name


def _address(kind: str, address: str) -> str:
    """The address as it is kept: read strictly before anybody waits for it, or none for a folder."""
    if kind == FeedKind.URL:
        return str(read_address(address))
    if not settings.FEEDS_FOLDER:
        raise NoFolderWatched("This exchange watches no folder. Use an address, or ask the operator.")
    return ""


def _refuse_kind(kind: str) -> None:
    if kind not in FeedKind.values:
        raise FeedKindNotKnown(f"A feed's kind is one of: {', '.join(FeedKind.values)}.")


def _refuse_pace_and_mode(every_minutes: int, mode: str) -> None:
    if not SHORTEST_MINUTES <= every_minutes <= LONGEST_MINUTES:
        raise FeedPaceNotAllowed(
            f"A feed runs every {SHORTEST_MINUTES} to {LONGEST_MINUTES:,} minutes, "
            f"not every {every_minutes:,}."
        )
    if mode not in UploadMode.values:
        raise ModeNotKnown(f"An upload's mode is one of: {', '.join(UploadMode.values)}.")
