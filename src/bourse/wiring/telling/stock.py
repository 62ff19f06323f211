"""What is told of a company's stock: its uploads and its feeds."""

from datetime import datetime

from bourse.market.facts import FeedFailed, FeedHeld, ListingsExpired, ListingsExpiring, UploadFinished
from bourse.market.queries.news import UploadNews, feed_news, upload_news
from bourse.members.actor import Role
from bourse.notices.actions import emit, tell, tell_company
from bourse.notices.topics import Reason, Topic

TRADERS = (Role.OWNER, Role.TRADER)


def upload_finished(fact: UploadFinished, now: datetime) -> None:
    """Whoever sent the file hears what it changed; a feed that surprises nobody is told to programs only."""
    news = upload_news(fact.upload_id)
    if news is None:
        return
    if not news.feed:
        subject = "Your stock is as it was before" if news.is_restore else f"{news.file_name} is live"
        tell(
            topic=Topic.UPLOADS,
            people=[news.person_id],
            once=f"upload {news.public_id} finished",
            subject=subject,
            body=f"New: {fact.new:,}. Changed: {fact.changed:,}. Taken down: {fact.removed:,}." + _left(news),
            link=f"/listings/uploads/{news.public_id}/",
            why=Reason.OWN_ACT,
            now=now,
            company_id=fact.company_id,
        )
    emit(
        company_id=fact.company_id,
        event="upload.finished",
        data={"upload": news.public_id, "new": fact.new, "changed": fact.changed, "removed": fact.removed},
        once=f"upload {news.public_id} finished",
        now=now,
    )


def _left(news: UploadNews) -> str:
    return f" Rows not taken: {news.counts.refused:,}." if news.counts.refused else ""


def feed_held(fact: FeedHeld, now: datetime) -> None:
    """Owners and traders hear that a feed's file waits for one of them."""
    news = upload_news(fact.upload_id)
    if news is None:
        return
    tell_company(
        fact.company_id,
        topic=Topic.UPLOADS,
        once=f"upload {news.public_id} held",
        subject=f"A file of your feed {news.feed} waits for a person",
        body=f"{news.why} Nothing of {news.file_name} is live, and the feed rests until it is decided.",
        link=f"/listings/uploads/{news.public_id}/",
        why=Reason.TRADER,
        now=now,
        roles=TRADERS,
    )
    emit(
        company_id=fact.company_id,
        event="upload.held",
        data={"upload": news.public_id},
        once=f"upload {news.public_id} held",
        now=now,
    )


def feed_failed(fact: FeedFailed, now: datetime) -> None:
    """Owners and traders hear of the first failure in a row, and that a feed was paused."""
    news = feed_news(fact.feed_id)
    if news is None or not news.why:
        return  # it was mended before anybody could be told
    subject = f"Your feed {news.name} is paused" if news.is_paused else f"Your feed {news.name} failed"
    after = "" if news.is_paused else " It is tried again by itself; you hear of it again if it is paused."
    tell_company(
        fact.company_id,
        topic=Topic.UPLOADS,
        once=f"feed {news.public_id} failed {fact.run}",
        subject=subject,
        body=news.why + after,
        link=f"/listings/feeds/{news.public_id}/",
        why=Reason.TRADER,
        now=now,
        roles=TRADERS,
    )
    emit(
        company_id=fact.company_id,
        event="feed.failed",
        data={"feed": news.public_id, "failures": news.failures, "is_paused": news.is_paused},
        once=f"feed {news.public_id} failed {fact.run}",
        now=now,
    )


def listings_expiring(fact: ListingsExpiring, now: datetime) -> None:
    """Owners and traders hear which day their stones leave the market, while one click still keeps them."""
    day = f"{fact.first_at:%-d %b %Y}"
    once = f"listings of {fact.company_id} expire {fact.first_at:%Y-%m-%d}"
    tell_company(
        fact.company_id,
        topic=Topic.LISTINGS,
        once=once,
        subject=f"{fact.count:,} of your listings expire from {day} on",
        body="Confirm that you still have them, and they stay. A new stock file confirms what is in it.",
        link="/listings/?health=expiring",
        why=Reason.TRADER,
        now=now,
        roles=TRADERS,
    )
    emit(
        company_id=fact.company_id,
        event="listings.expiring",
        data={"count": fact.count, "on": f"{fact.first_at:%Y-%m-%d}"},
        once=once,
        now=now,
    )


def listings_expired(fact: ListingsExpired, now: datetime) -> None:
    """Owners and traders hear that stones left the market, and how they come back."""
    once = f"listings of {fact.company_id} expired {fact.at.isoformat()}"
    tell_company(
        fact.company_id,
        topic=Topic.LISTINGS,
        once=once,
        subject=f"{fact.count:,} of your listings expired",
        body="Nobody had confirmed them. List them again, or send your stock file.",
        link="/listings/?state=ended",
        why=Reason.TRADER,
        now=now,
        roles=TRADERS,
    )
    emit(
        company_id=fact.company_id,
        event="listings.expired",
        data={"count": fact.count},
        once=once,
        now=now,
    )
