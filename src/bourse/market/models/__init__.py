"""The tables of the market."""

from bourse.market.models.claims import Claims, Goods
from bourse.market.models.stock import AskChange, Listing, PastListing, Showing, ShowingChange, Stone
from bourse.market.models.uploads import (
    Feed,
    FeedKind,
    RefusedRow,
    StagedRow,
    SupplierLayout,
    UnreadCell,
    Upload,
    UploadFile,
    UploadKind,
    UploadMode,
    UploadState,
)

__all__ = [
    "AskChange",
    "Claims",
    "Feed",
    "FeedKind",
    "Goods",
    "Listing",
    "PastListing",
    "RefusedRow",
    "Showing",
    "ShowingChange",
    "StagedRow",
    "Stone",
    "SupplierLayout",
    "UnreadCell",
    "Upload",
    "UploadFile",
    "UploadKind",
    "UploadMode",
    "UploadState",
]
