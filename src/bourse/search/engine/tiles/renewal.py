"""A new file for a writer's rows, made in the background: like rows side by side, and room again."""

from bourse.search.engine.tiles.building import built_anew
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.publishing import Writer


class Renewal:
    """Begin where the writer is, build in any thread while the writer goes on, finish where the writer is."""

    def __init__(self, writer: Writer, numbers: int) -> None:
        self._writer, self._numbers = writer, numbers
        self._table, self._heard = writer.hold()
        self._made: TileFile | None = None

    def build(self) -> None:
        """Write the rows as they were at the beginning: seconds at ten million."""
        writer = self._writer
        self._made = built_anew(writer.file, self._table, writer.kernels, self._numbers)

    def finish(self) -> Writer:
        """Publish there what was published here meanwhile, and put the new file in place; its writer."""
        if self._made is None:
            raise ValueError("The new file is not built.")
        writer = Writer(self._made, self._writer.kernels)
        for batch in self._heard:
            writer.publish(batch)
        self._made.put_in_place(self._writer.file.path)
        return writer
