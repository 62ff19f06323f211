"""Stock files made for tests, and the two steps that most of them share."""

from datetime import datetime
from itertools import chain

from bourse.market.actions import accept_upload, start_upload
from bourse.market.models import Listing
from bourse.market.queries import Difference, UploadView, difference
from bourse.members.actor import Actor
from cast import NOON

HEADERS = ("Stock #", "Shape", "Weight", "Color", "Clarity", "Lab", "Report #", "Total Price", "Availability")
A1 = ("A-1", "Round", "1.01", "G", "VS1", "GIA", "7000000001", "7070", "Guaranteed")
A2 = ("A-2", "Pear", "0.50", "E", "SI1", "GIA", "7000000002", "1500", "Memo")
A3 = ("A-3", "Oval", "2.10", "F", "VVS2", "IGI", "7000000003", "18900", "Available")

Row = tuple[str, ...]


def like(row: Row, **changes: str) -> Row:
    """The same row with other values: like(A1, price="8000")."""
    names = ("stock", "shape", "weight", "colour", "clarity", "lab", "report", "price", "availability")
    values = dict(zip(names, row, strict=True)) | changes
    return tuple(values[name] for name in names)


def many(count: int, start: int = 1) -> list[Row]:
    """Rows of different stones."""
    numbers = range(start, start + count)
    return [
        like(A1, stock=f"M-{number}", report=f"61{number:08}", price=str(1000 + number)) for number in numbers
    ]


def stock_file(*rows: Row) -> bytes:
    """A CSV file with these rows."""
    return "\n".join(",".join(cells) for cells in chain([HEADERS], rows)).encode() + b"\n"


def sent(actor: Actor, *rows: Row, mode: str = "add_and_update", now: datetime = NOON) -> UploadView:
    """The rows uploaded, not confirmed."""
    return start_upload(actor=actor, file_name="stock.csv", content=stock_file(*rows), mode=mode, now=now)


def listed(actor: Actor, *rows: Row, mode: str = "add_and_update", now: datetime = NOON) -> Difference:
    """The rows uploaded and confirmed; what that changed."""
    upload = sent(actor, *rows, mode=mode, now=now)
    told = difference(actor, upload.public_id)
    accept_upload(
        actor=actor,
        upload_id=upload.public_id,
        fingerprint=told.fingerprint,
        removing=told.counts.removed,
        now=now,
    )
    return told


def live(stock_number: str) -> Listing:
    """The live listing with this stock number, whosever it is."""
    return Listing.objects.get(is_live=True, supplier_stock_number=stock_number)
