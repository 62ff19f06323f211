"""PostgreSQL on a socket: a covering index, and one for each order; statistics fresh, all in memory."""

import os
from pathlib import Path

import polars
import psycopg

from bourse.run.bench.search.made import NUMBERS, SETS, Answer, Asked, Stones
from bourse.run.bench.search.rivals import statements
from bourse.run.postgres import Server

TICKS = os.sysconf("SC_CLK_TCK")
SLICE = 100_000
WITH_ID = ("total", "ppc", "discount", "supplier", "listed_at")


class Rival:
    """The stones in a table of a cluster of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = Server(folder / "postgres")
        self._server.start()
        self._connection = psycopg.connect(self._server.url(), autocommit=True)
        self._connection.prepare_threshold = None

    def fill(self, stones: Stones) -> None:
        """Copy the stones, then the indexes."""
        names = ["id", *SETS, *NUMBERS]
        kinds = [f"{name} {'smallint' if name in SETS else 'integer'}" for name in names]
        self._connection.execute(
            f"CREATE TABLE listings ({', '.join(kinds)}) WITH (fillfactor = 90)".encode()
        )
        order = f"COPY listings ({', '.join(names)}) FROM STDIN (FORMAT csv)"
        with self._connection.cursor().copy(order.encode()) as copy:
            for first in range(0, len(stones["id"]), SLICE):
                part = {name: stones[name][first : first + SLICE] for name in names}
                copy.write(polars.DataFrame(part).write_csv(include_header=False))
        others = ", ".join(name for name in SETS if name not in ("shape", "color", "clarity"))
        rest = f"{others}, total, ppc, discount, listed_at, id"
        indexes = [
            f"CREATE INDEX ON listings (carat, shape, color, clarity) INCLUDE ({rest})",
            "CREATE INDEX ON listings (shape, color, clarity, carat)",
            *(f"CREATE INDEX ON listings ({name})" for name in ("lab", "fluor", "country")),
            *(f"CREATE INDEX ON listings ({name}, id)" for name in WITH_ID),
        ]
        for statement in ("ALTER TABLE listings ADD PRIMARY KEY (id)", *indexes, "VACUUM (ANALYZE) listings"):
            self._connection.execute(statement.encode())

    def ask(self, asked: Asked) -> Answer:
        """Two statements."""
        ids = [row[0] for row in self._connection.execute(statements.page(asked).encode()).fetchall()]
        counted = self._connection.execute(statements.grouping_sets(asked).encode()).fetchall()
        facets = statements.by_grouping(counted)
        return Answer(statements.total(asked, facets), ids, facets)

    def cpu_s(self) -> float:
        """Of the backend, parallel workers that it waited for among it, and of the postmaster's children."""
        return _spent(self._connection.info.backend_pid) + _spent(self._postmaster(), children_only=True)

    def _postmaster(self) -> int:
        process = self._server.process
        assert process
        return process.pid

    def close(self) -> None:
        """Stop the cluster."""
        self._connection.close()
        self._server.stop()


def _spent(process: int, *, children_only: bool = False) -> float:
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own, children = map(int, words[11:13]), map(int, words[13:15])
    return (sum(children) + (0 if children_only else sum(own))) / TICKS
