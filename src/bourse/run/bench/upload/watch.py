"""What the database sees meanwhile: its longest transaction, and whether rows of the market are written."""

from threading import Event, Thread
from typing import Self

import psycopg

TABLES = ("market_stone", "market_listing", "market_askchange", "market_pastlisting")
LOOK_S = 0.05
_LONGEST = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND xact_start IS NOT NULL
          AND backend_type = 'client backend'
"""
# Not the server's statistics: an idle backend tells them up to ten seconds later.
_NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
_SINCE = " UNION ALL ".join(
    f"SELECT count(*), count(*) FILTER (WHERE xmin::text::bigint >= %(since)s) FROM {table}"  # noqa: S608
    for table in TABLES
)


class Watch:
    """Looks at the database twenty times a second."""

    def __init__(self, url: str) -> None:
        self._url, self._ended, self.longest_s = url, Event(), 0.0

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._look_on)
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._ended.set()
        self._thread.join()

    def moment(self) -> tuple[int, int]:
        """The next transaction's number, and how many rows of stones and listings with history there are."""
        with psycopg.connect(self._url) as database:
            row = database.execute(_NEXT).fetchone()
            since = int(row[0]) if row else 0
            rows = sum(count for count, _ in database.execute(_SINCE, {"since": since}).fetchall())
        return since, rows

    def rows_written(self, since: tuple[int, int]) -> int:
        """How many rows were added or changed since then, or at least taken out; 0 if none was touched."""
        with psycopg.connect(self._url) as database:
            told = database.execute(_SINCE, {"since": since[0]}).fetchall()
        rows, written = (sum(counts) for counts in zip(*told, strict=True))
        return int(max(written, abs(rows - since[1])))

    def _look_on(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as database:
            while not self._ended.wait(LOOK_S):
                row = database.execute(_LONGEST).fetchone()
                self.longest_s = max(self.longest_s, float(row[0]) if row else 0.0)
