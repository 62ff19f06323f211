"""What a file of this corpus is: how it is made, and which answer it has to get."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

HOSTILE = "hostile"


@dataclass(frozen=True)
class Case:
    """A file with its answer: so many rows taken and refused and lines that are no rows, these questions, or
    one refusal by name. `says` are words that the messages hold, `values` what the first rows must say.
    """

    kind: str
    name: str
    file: str
    made: Callable[[], bytes]
    taken: int = 0
    refused: int = 0
    asks: frozenset[str] = frozenset()
    refusal: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    cents: tuple[int | None, ...] | None = None
    is_alone: bool = False
    is_long: bool = False

    @property
    def label(self) -> str:
        """The name of the case among all."""
        return f"{self.kind}: {self.name}"


def taken(
    kind: str, name: str, file: str, made: bytes | Callable[[], bytes], rows: int, **more: object
) -> Case:
    """A file that is read: so many rows are taken."""
    return Case(kind, name, file, _maker(made), rows, **more)  # type: ignore[arg-type]


def refused(
    kind: str, name: str, file: str, made: bytes | Callable[[], bytes], *refusal: str, **more: object
) -> Case:
    """A file that is refused as a whole, by one of these names."""
    return Case(kind, name, file, _maker(made), refusal=refusal, **more)  # type: ignore[arg-type]


def _maker(made: bytes | Callable[[], bytes]) -> Callable[[], bytes]:
    return made if callable(made) else lambda: made
