"""DuckDB on a file, one thread; zone maps prune, since like stones lie together."""

from pathlib import Path

import duckdb
import polars

from bourse.run.bench.search.made import Answer, Asked, Stones
from bourse.run.bench.search.rivals import statements


class Rival:
    """The stones in a table."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "stones.duckdb"
        self._path.unlink(missing_ok=True)
        self._connection = duckdb.connect(str(self._path))
        self._connection.execute("SET threads = 1; SET preserve_insertion_order = true")

    def fill(self, stones: Stones) -> None:
        """One table, no index: none helps these questions."""
        frame = polars.DataFrame(stones).to_arrow()
        self._connection.register("given", frame)
        self._connection.execute("CREATE TABLE listings AS SELECT * FROM given")
        self._connection.unregister("given")
        self._connection.execute("CHECKPOINT")

    def ask(self, asked: Asked) -> Answer:
        """Two statements."""
        ids = [row[0] for row in self._connection.execute(statements.page(asked)).fetchall()]
        counted = self._connection.execute(statements.a_statement_a_facet(asked)).fetchall()
        facets = statements.by_facet(counted)
        return Answer(statements.total(asked, facets), ids, facets)

    def cpu_s(self) -> float:
        """It lives in this process."""
        return 0.0

    def close(self) -> None:
        """Close the file and drop it."""
        self._connection.close()
        self._path.unlink()
