"""The market's questions."""

from bourse.market.queries.ask_history import AskEntry
from bourse.market.queries.catalogue import (
    CatalogueRow,
    all_catalogue_rows,
    catalogue_rows,
    changes,
    live_rows_of,
    rows_of_order,
)
from bourse.market.queries.confirmed import Confirmations, confirmations
from bourse.market.queries.differences import Change, Difference, DifferenceRow, difference
from bourse.market.queries.differing import (
    ClaimDifference,
    DifferingPage,
    DifferingStone,
    differing,
    differing_stones,
)
from bourse.market.queries.feeds import FeedUpload, FeedView, feed, feeds, watched_folder
from bourse.market.queries.history import Changes, upload_changes
from bourse.market.queries.layouts import Layout, Remembered, layouts
from bourse.market.queries.links import LinkView, links_of
from bourse.market.queries.listings import (
    ListingView,
    OtherListing,
    listing,
    media_file,
)
from bourse.market.queries.media import MediaFile, MediaView
from bourse.market.queries.refused import (
    FoundValue,
    Group,
    corrections_for,
    refused_file,
    refused_groups,
    unread_groups,
)
from bourse.market.queries.seen import OthersSee
from bourse.market.queries.showings import ShowingView, hides_name, showing
from bourse.market.queries.uploads import (
    Counts,
    FileRefusal,
    RefusedRowView,
    UnreadCellView,
    UploadLine,
    UploadView,
    doubtful_cells,
    is_being_read,
    refused_rows,
    unread_cells,
    upload,
    uploads,
)

__all__ = [
    "AskEntry",
    "CatalogueRow",
    "Change",
    "Changes",
    "ClaimDifference",
    "Confirmations",
    "Counts",
    "Difference",
    "DifferenceRow",
    "DifferingPage",
    "DifferingStone",
    "FeedUpload",
    "FeedView",
    "FileRefusal",
    "FoundValue",
    "Group",
    "Layout",
    "LinkView",
    "ListingView",
    "MediaFile",
    "MediaView",
    "OtherListing",
    "OthersSee",
    "RefusedRowView",
    "Remembered",
    "ShowingView",
    "UnreadCellView",
    "UploadLine",
    "UploadView",
    "all_catalogue_rows",
    "catalogue_rows",
    "changes",
    "confirmations",
    "corrections_for",
    "difference",
    "differing",
    "differing_stones",
    "doubtful_cells",
    "feed",
    "feeds",
    "hides_name",
    "is_being_read",
    "layouts",
    "links_of",
    "listing",
    "live_rows_of",
    "media_file",
    "refused_file",
    "refused_groups",
    "refused_rows",
    "rows_of_order",
    "showing",
    "unread_cells",
    "unread_groups",
    "upload",
    "upload_changes",
    "uploads",
    "watched_folder",
]
