"""Everything that the house keeps of a person, and for owners of the company, in one archive.

It is written while it is sent: no table and no disk holds it. JSON for programs, which read it back to the
same values; CSV of what is a list for everybody else.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from itertools import chain

import msgspec

from bourse.dialects.writing import csv_of
from bourse.kit.audit import Act, acts_of
from bourse.market.queries import UploadLine, uploads
from bourse.market.queries.exporting import stock_to_export
from bourse.members.actor import Actor
from bourse.members.queries.personal import CompanyKept, PersonKept, company_kept, person_kept
from bourse.notices.queries.kept import KeptNotice, notices_kept
from bourse.search.kept_views import KeptView, all_kept_views
from bourse.search.saved import SavedSearchView, all_saved_searches
from bourse.search.table import Table, table_of

FORMAT = "bourse archive 1"
UPLOADS_AT_ONCE = 250


class PersonArchive(msgspec.Struct, frozen=True):
    """What person.json holds."""

    format: str
    made_at: datetime
    person: PersonKept
    notices: list[KeptNotice]
    acts: list[Act]
    results_table: Table
    stock_views: list[KeptView]
    saved_searches: list[SavedSearchView]


class CompanyArchive(msgspec.Struct, frozen=True):
    """What company.json holds; listings.jsonl holds the stock, one listing on a line."""

    format: str
    made_at: datetime
    company: CompanyKept
    uploads: list[UploadLine]


def archive(actor: Actor, now: datetime) -> Iterator[bytes]:
    """The archive as a ZIP, piece by piece."""
    return _zipped(_files(actor, now))


def _files(actor: Actor, now: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    told, acts = list(notices_kept(actor)), list(acts_of(actor.person_id))
    tables = table_of(actor), all_kept_views(actor.person_id), all_saved_searches(actor.person_id)
    person = PersonArchive(FORMAT, now, person_kept(actor), told, acts, *tables)
    yield "person.json", [_json(person)]
    yield "notices.csv", [_csv(KeptNotice, told)]
    yield "acts.csv", [_csv(Act, acts)]
    company = company_kept(actor)
    if company is None:
        return
    sent = list(_all_uploads(actor))
    yield "company.json", [_json(CompanyArchive(FORMAT, now, company, sent))]
    yield "uploads.csv", [_csv(UploadLine, sent)]
    yield "listings.jsonl", (_json(row) for row in stock_to_export(actor))
    yield "listings.csv", csv_of(stock_to_export(actor))


def _all_uploads(actor: Actor) -> Iterator[UploadLine]:
    after: str | None = None
    while page := uploads(actor, limit=UPLOADS_AT_ONCE, after=after):
        yield from page
        after = page[-1].public_id


class _Pipe(io.RawIOBase):
    """A file that is written to at one end and emptied at the other."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Yes; it can not go back, so the archive says each length after its file."""
        return True

    def write(self, piece: object, /) -> int:
        """Take one piece."""
        taken = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(taken)
        return len(taken)

    def emptied(self) -> bytes:
        """What was written since."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def _zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, pieces in files:
            with zipped.open(name, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if taken := pipe.emptied():
                        yield taken
    yield pipe.emptied()


def _json(said: object) -> bytes:
    return msgspec.json.encode(said, enc_hook=_plain) + b"\n"


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else str(value)


def _csv(kind: type[msgspec.Struct], rows: Iterable[msgspec.Struct]) -> bytes:
    written = io.StringIO()
    names = kind.__struct_fields__
    csv.writer(written).writerows(
        chain([names], ([_cell(getattr(row, name)) for name in names] for row in rows))
    )
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _cell(value: object) -> str:
    """A value as one cell; what a spreadsheet would run as a formula gets a mark before it."""
    if value is None:
        return ""
    text = (
        value if isinstance(value, str) else msgspec.json.encode(value, enc_hook=_plain).decode().strip('"')
    )
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
