"""The white scale D to Z, single grades and ranges."""

from dataclasses import dataclass

from bourse.vocabulary.scale import Scale


class Colour(Scale):
    """A grade of the white scale, best first."""

    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741  the trade's own letter
    J = "J"
    K = "K"
    L = "L"
    M = "M"
    N = "N"
    O = "O"  # noqa: E741  the trade's own letter
    P = "P"
    Q = "Q"
    R = "R"
    S = "S"
    T = "T"
    U = "U"
    V = "V"
    W = "W"
    X = "X"
    Y = "Y"
    Z = "Z"


@dataclass(frozen=True, slots=True, order=True)
class ColourRange:
    """From the better grade to the worse, both included; a single grade is a range of one."""

    best: Colour
    worst: Colour

    def __post_init__(self) -> None:
        if self.worst < self.best:
            raise ValueError(f"{self.best}-{self.worst} runs from the worse grade to the better.")

    @classmethod
    def of(cls, word: str) -> "ColourRange":
        """The range that a canonical word names: "G", "O-P"."""
        best, _, worst = word.partition("-")
        return cls(Colour(best), Colour(worst or best))

    def holds(self, colour: Colour) -> bool:
        """Whether a grade lies inside."""
        return self.best <= colour <= self.worst

    def __str__(self) -> str:
        return self.best.value if self.best is self.worst else f"{self.best}-{self.worst}"
