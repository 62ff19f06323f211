"""What the market announces."""

from datetime import datetime

from bourse.kit.outbox import Fact


class UploadFinished(Fact, frozen=True):
    """A file went live; listeners read what it changed from market.queries.changes in slices."""

    upload_id: int
    company_id: int
    new: int
    changed: int
    removed: int
    confirmed_at: datetime | None = None  # when, for what it confirms without a change


class AskChanged(Fact, frozen=True):
    """A person changed a listing's ask or availability by hand."""

    listing_id: int


class MediaChanged(Fact, frozen=True):
    """A person added or removed a picture, a certificate or a film of a listing's stone."""

    listing_id: int


class ListingTakenDown(Fact, frozen=True):
    """A person withdrew a listing."""

    listing_id: int


class StockConfirmed(Fact, frozen=True):
    """A company said that its stock, or some of it, is there: as of this time."""

    company_id: int
    count: int
    at: datetime


class StockChanged(Fact, frozen=True):
    """One order changed many listings; they bear its revision and are read in slices."""

    company_id: int
    revision: int
    act: str
    changed: int


class ListingsExpiring(Fact, frozen=True):
    """Listings of a company end from this time on, unless it confirms them."""

    company_id: int
    count: int
    first_at: datetime


class ListingsExpired(Fact, frozen=True):
    """Listings of a company ended, since nobody confirmed them."""

    company_id: int
    count: int
    at: datetime


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
