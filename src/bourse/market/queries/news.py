"""What is told of an upload or a feed to whoever hears a fact of it: nobody asks, so nobody is refused."""

import msgspec

from bourse.market.models import Feed, Upload
from bourse.market.queries.uploads import Counts, counts_of


class UploadNews(msgspec.Struct, frozen=True):
    """An upload in few words; `feed` is the name of the feed that brought it, if one did."""

    public_id: str
    company_id: int
    person_id: int
    file_name: str
    feed: str
    is_restore: bool
    counts: Counts
    why: str


class FeedNews(msgspec.Struct, frozen=True):
    """A feed in few words."""

    public_id: str
    company_id: int
    person_id: int
    name: str
    failures: int
    is_paused: bool
    why: str


def upload_news(upload_id: int) -> UploadNews | None:
    """The upload; None where it is gone."""
    found = Upload.objects.select_related("feed").defer("report", "answers").filter(pk=upload_id).first()
    if found is None:
        return None
    return UploadNews(
        public_id=found.public_id,
        company_id=found.company_id,
        person_id=found.person_id,
        file_name=found.file_name,
        feed=found.feed.name if found.feed else "",
        is_restore=found.restores_id is not None,
        counts=counts_of(found),
        why=found.held_because or (found.refusal or {}).get("sentence", ""),
    )


def feed_news(feed_id: int) -> FeedNews | None:
    """The feed; None where it was removed meanwhile."""
    found = Feed.objects.filter(pk=feed_id).first()
    if found is None:
        return None
    return FeedNews(
        public_id=found.public_id,
        company_id=found.company_id,
        person_id=found.person_id,
        name=found.name,
        failures=found.failures,
        is_paused=found.is_paused,
        why=found.last_error,
    )
