"""Benches: every figure that the project claims, measured on the reader's own machine.

A bench is a module here with

    BOUNDS = (Bound("csv_rows_per_s", at_least=100_000), Bound("second_start_s", at_most=3))
    def run(toy: bool) -> Result: ...

`run` makes its data from a seed, measures ours and the rivals in turn in the same run, and returns

    Result(setting={"rows": 100_000, "seed": 7}, figures={"csv_rows_per_s": 123_456.0},
           rivals={"polars": {"csv_rows_per_s": 654_321.0}})

with the unit at the end of each name (`p50_ms`, `cpu_ms`, `rows_per_s`, `rss_mib`, `start_s`). It asserts
nothing: what must hold is the one table BOUNDS, and the command computes from it what does hold. With `toy`
the same code runs on little data within seconds; no bound counts then.
A bench that can be made larger or smaller names the options that it takes, `TAKES = ("rows", "rivals")`; its
`run` gets a Size as well, and it may give `bounds(size)` where what must hold depends on it.
`./bourse bench NAME [--json] [--toy]` prints the result; `./bourse bench` lists the benches. The module's
docstring opens with the line that the list shows.
"""

from dataclasses import dataclass, field

Figures = dict[str, float]


@dataclass(frozen=True)
class Bound:
    """What a figure must keep to: exactly one of the two."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float | None) -> bool:
        """Whether the value keeps to the bound; a figure that was not measured does not."""
        if value is None:
            return False
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most

    def __str__(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}"


@dataclass(frozen=True)
class Size:
    """How much is measured, as it was asked for: a bench says in TAKES which of it concerns it."""

    rows: int | None = None
    filters: int | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What one run of a bench measured."""

    setting: dict[str, str | int | float | bool]
    figures: Figures
    rivals: dict[str, Figures] = field(default_factory=dict)
