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
