"""What a case of the corpus is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bourse.dialects.tables import Cell, FileRefused


@dataclass(frozen=True)
class Opened:
    """The answer to a file that opens: its format and the rows of its first sheet."""

    format: str
    rows: Sequence[Sequence[Cell]]
    encoding: str | None = None
    delimiter: str | None = None
    headers: list[str] | None = None
    numbers: list[int] | None = None
    notes: list[tuple[int, int, str]] = field(default_factory=list)  # row, index, part of found or why


@dataclass(frozen=True)
class Refused:
    """The answer to a file that does not: which refusal, and words that its sentence must hold."""

    refusal: type[FileRefused]
    words: str = ""


@dataclass(frozen=True)
class Case:
    """A file and its answer; the bytes are made when they are needed."""

    name: str
    file: str
    made: Callable[[], bytes]
    answer: Opened | Refused
    is_long: bool = False


def opens(
    name: str, file: str, data: bytes, format: str, rows: Sequence[Sequence[Cell]], **about: object
) -> Case:
    """A case of a file that opens."""
    return Case(name, file, lambda: data, Opened(format, rows, **about))  # type: ignore[arg-type]


def refuses(
    name: str,
    file: str,
    data: bytes | Callable[[], bytes],
    refusal: type[FileRefused],
    words: str = "",
    *,
    is_long: bool = False,
) -> Case:
    """A case of a file that is refused."""
    made = data if callable(data) else lambda: data
    return Case(name, file, made, Refused(refusal, words), is_long)
