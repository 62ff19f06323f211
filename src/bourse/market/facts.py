"""What the market announces."""

from bourse.kit.outbox import Fact


class UploadFinished(Fact, frozen=True):
    """A file went live; listeners read what it changed from market.queries.changes in slices."""

    upload_id: int
    company_id: int
    new: int
    changed: int
    removed: int


class AskChanged(Fact, frozen=True):
    """A person changed a listing's ask or availability by hand."""

    listing_id: int


class ListingTakenDown(Fact, frozen=True):
    """A person withdrew a listing."""

    listing_id: int


class ShowingChanged(Fact, frozen=True):
    """A company shows the others more or less of all its listings; search takes them in anew."""

    company_id: int


class FeedHeld(Fact, frozen=True):
    """What a feed brought waits for a person."""

    feed_id: int
    upload_id: int
    company_id: int


class FeedFailed(Fact, frozen=True):
    """A feed failed for the first time in a row, or was paused for its failures; `run` is that run's time."""

    feed_id: int
    company_id: int
    run: str
