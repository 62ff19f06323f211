"""The tables of the market."""

from bourse.market.models.claims import Claims, Goods
from bourse.market.models.confirmations import BulkAct, BulkChange, ListingConfirmation, StockConfirmation
from bourse.market.models.media import LinkCheck, LinkState, LinkWatch, Media, MediaKind
from bourse.market.models.stock import (
    AskChange,
    Ending,
    Listing,
    PastListing,
    Showing,
    ShowingChange,
    Stone,
)
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
    "BulkAct",
    "BulkChange",
    "Claims",
    "Ending",
    "Feed",
    "FeedKind",
    "Goods",
    "LinkCheck",
    "LinkState",
    "LinkWatch",
    "Listing",
    "ListingConfirmation",
    "Media",
    "MediaKind",
    "PastListing",
    "RefusedRow",
    "Showing",
    "ShowingChange",
    "StagedRow",
    "StockConfirmation",
    "Stone",
    "SupplierLayout",
    "UnreadCell",
    "Upload",
    "UploadFile",
    "UploadKind",
    "UploadMode",
    "UploadState",
]
