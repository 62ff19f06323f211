"""The request log: lines that web processes left in a file, taken into the table by one process."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog
from django.db import connection, transaction

from bourse.kit import marks, spool
from bourse.members.models import ApiKey, ApiRequest

log = structlog.get_logger()

KEPT = timedelta(days=30)
SLICE = 10_000
MARK = "requests taken"
_COLUMNS = (
    *("at", "request_id", "company_id", "key_id", "person_id", "method", "path"),
    *("status", "took_ms", "code", "address"),
)


class RequestLine(msgspec.Struct, array_like=True, frozen=True):
    """One call of the API, as a web process hands it over."""

    at: datetime
    request_id: str
    company_id: int
    key_id: int | None
    person_id: int | None
    method: str
    path: str
    status: int
    took_ms: int
    code: str
    address: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(RequestLine).decode


def hand_over(folder: Path, line: RequestLine) -> bool:
    """Leave the line for the process that takes them in; False where so much waits that it was dropped."""
    return spool.add(_spooled(folder), _encode(line))


def take_in(folder: Path, *, now: datetime) -> int:
    """Take what waits into the table, each line once, and set when each key was last used; how many lines."""
    taken = spool.take(_spooled(folder))
    if taken is None:
        return 0
    count = 0
    if marks.word(MARK) != taken.name:
        found = list(_understood(taken))
        with transaction.atomic():
            count = _copy(found)
            _note_last_use(found)
            marks.mark(MARK, taken.name, now=now)
    taken.unlink()
    return count


@transaction.atomic
def forget_old_requests(*, now: datetime) -> int:
    """Forget the calls of more than thirty days ago, the oldest ten thousand at a time; how many went."""
    old = ApiRequest.objects.filter(at__lt=now - KEPT).order_by("at").values("pk")[:SLICE]
    count, _ = ApiRequest.objects.filter(pk__in=old).delete()
    return count


def _spooled(folder: Path) -> Path:
    return folder / "run" / "requests"


def _understood(taken: Path) -> Iterable[RequestLine]:
    for line in spool.lines(taken):
        try:
            yield _decode(line)
        except msgspec.MsgspecError:
            log.warning("request_line_not_read", line=line[:80])


def _copy(lines: list[RequestLine]) -> int:
    """Copy the lines through a table of the moment, since a company, key or person may be gone meanwhile."""
    # The columns are this module's own words; every value is copied apart from the statement.
    columns = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE taken AS SELECT {columns} FROM members_apirequest LIMIT 0"  # noqa: S608
        )
        with cursor.copy(f"COPY taken ({columns}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(msgspec.structs.astuple(line))
        cursor.execute(
            f"INSERT INTO members_apirequest ({columns}) SELECT {columns} FROM taken "  # noqa: S608
            "WHERE company_id IN (SELECT id FROM members_company) "
            "AND (key_id IS NULL OR key_id IN (SELECT id FROM members_apikey)) "
            "AND (person_id IS NULL OR person_id IN (SELECT id FROM members_person)) "
            "ORDER BY taken.ctid"  # as they were written: a page shows them by their keys
        )
        count = int(cursor.rowcount)
        cursor.execute("DROP TABLE taken")
    return count


def _note_last_use(lines: list[RequestLine]) -> None:
    latest = {line.key_id: line for line in sorted(lines, key=lambda line: line.at) if line.key_id}
    for key in ApiKey.objects.select_for_update().filter(pk__in=latest).order_by("pk"):
        line = latest[key.pk]
        if key.last_used_at is None or key.last_used_at < line.at:
            key.last_used_at, key.last_used_from = line.at, line.address
            key.save(update_fields=["last_used_at", "last_used_from"])
