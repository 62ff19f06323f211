"""Stock files made for tests, and the two steps that most of them share."""

from datetime import datetime
from itertools import chain

from bourse.market.actions import accept_upload, answer_questions, read_upload, start_upload
from bourse.market.models import Listing, Upload
from bourse.market.queries import Difference, UploadView, difference, upload
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
    """The rows uploaded and read, not confirmed."""
    return sent_file(actor, stock_file(*rows), mode=mode, now=now)


def sent_file(
    actor: Actor,
    content: bytes,
    name: str = "stock.csv",
    mode: str = "add_and_update",
    now: datetime = NOON,
) -> UploadView:
    """The file uploaded and read, not confirmed."""
    begun = start_upload(actor=actor, file_name=name, content=content, mode=mode, now=now)
    return read(actor, begun, now)


def answered(actor: Actor, view: UploadView, answers: dict[str, str], now: datetime = NOON) -> UploadView:
    """The upload answered and read again."""
    begun = answer_questions(actor=actor, upload_id=view.public_id, answers=answers, now=now)
    return read(actor, begun, now)


def read(actor: Actor, view: UploadView, now: datetime = NOON) -> UploadView:
    """What the worker would make of the waiting upload."""
    read_upload(upload_id=Upload.objects.get(public_id=view.public_id).pk, now=now)
    return upload(actor, view.public_id)


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
