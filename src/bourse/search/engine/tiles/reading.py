"""A catalogue of tiles that is asked: whole generations, by kernels where there are any, else by numpy."""

from pathlib import Path

from bourse.search.engine import generations
from bourse.search.engine.compiled import Kernels, SharedWords
from bourse.search.engine.question import Question
from bourse.search.engine.tiles.answer import Found
from bourse.search.engine.tiles.answering import Compiled
from bourse.search.engine.tiles.file import TileFile
from bourse.search.engine.tiles.plain import Plain


class Tiles:
    """A reader of one file. Threads may share it."""

    def __init__(self, file: TileFile, kernels: Kernels | None) -> None:
        self._file = file
        words = SharedWords(kernels) if kernels else generations.PlainWords()
        self._generations = generations.Reader(file.generations, words)
        self._answer = Compiled(file, kernels).answer if kernels else Plain(file).answer

    @classmethod
    def open(cls, path: Path, kernels: Kernels | None) -> "Tiles":
        """The catalogue at the path; NotACatalogue where there is none."""
        return cls(TileFile.open(path), kernels)

    @property
    def is_replaced(self) -> bool:
        """Whether another file is in the place by now: open that."""
        return self._file.is_replaced

    @property
    def retries(self) -> int:
        """How often a question was asked again, because the writer was faster."""
        return self._generations.retries

    def search(self, question: Question, after: int = 0) -> Found:
        """Exact total and facet counts, and one page in the order asked for.

        Ties fall to the lower number; rows that say nothing come last. `after`: the cursor of the page
        before, instead of an offset.
        """
        return self._generations.ask(lambda place: self._answer(place, question, after))
