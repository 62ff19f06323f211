"""What the database sees meanwhile: its longest transaction, and whether rows of the market are written."""

import time
from threading import Event, Thread
from typing import Self

import psycopg

TABLES = ("market_stone", "market_listing", "market_askchange", "market_pastlisting")
LOOK_S, TOLD_S = 0.05, 1.5  # a backend tells its counts a second after it has worked at the latest
_LONGEST = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND xact_start IS NOT NULL
          AND backend_type = 'client backend'
"""
_WRITTEN = """
    SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables WHERE relname = ANY(%s)
"""


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

    def rows_written(self) -> int:
        """How many rows of stones, listings and their history were ever written."""
        time.sleep(TOLD_S)
        with psycopg.connect(self._url) as database:
            row = database.execute(_WRITTEN, [list(TABLES)]).fetchone()
        return int(row[0]) if row else 0

    def _look_on(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as database:
            while not self._ended.wait(LOOK_S):
                row = database.execute(_LONGEST).fetchone()
                self.longest_s = max(self.longest_s, float(row[0]) if row else 0.0)
