"""`./bourse bench NAME`: runs a bench and says which of its bounds hold."""

import argparse
import importlib
import json
import pkgutil
from dataclasses import asdict, dataclass
from typing import Protocol, cast

from bourse.kit.refusal import Refusal
from bourse.run import bench, log
from bourse.run.bench import Bound, Figures, Result, Size

NO_BENCHES = ("command",)
ANY_SIZE = Size()


class Bench(Protocol):
    """A module of this package that measures something."""

    __doc__: str | None
    BOUNDS: tuple[Bound, ...]

    def run(self, toy: bool) -> Result:
        """One run's figures."""


class Sized(Protocol):
    """A bench that can be made larger or smaller."""

    def run(self, toy: bool, size: Size) -> Result:
        """One run's figures at this size."""


class NotTaken(Refusal):
    """The bench does not have the option."""


class NoSuchBench(Refusal):
    """No bench has the name."""


@dataclass(frozen=True)
class Must:
    """A bound, and whether the run kept to it."""

    figure: str
    bound: str
    holds: bool

    @classmethod
    def of(cls, bound: Bound, found: Result) -> "Must":
        """The bound held against the figures."""
        return cls(bound.figure, str(bound), bound.holds(found.figures.get(bound.figure)))


@dataclass(frozen=True)
class Measured:
    """A run in the shape that is printed."""

    bench: str
    setting: dict[str, str | int | float | bool]
    figures: Figures
    rivals: dict[str, Figures]
    must: list[Must]

    def as_json(self) -> str:
        """One JSON object."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)

    def as_table(self) -> str:
        """A figure a line: ours, the rivals', the bound."""
        settings = ", ".join(f"{name} {value}" for name, value in self.setting.items())
        heads = ["figure", "ours", *self.rivals, "must"]
        rows = [self._row(name) for name in dict.fromkeys([*self.figures, *(m.figure for m in self.must)])]
        widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
        return "\n".join([f"{self.bench}: {settings}", *(_line(row, widths) for row in [heads, *rows])])

    def _row(self, figure: str) -> list[str]:
        columns = [self.figures, *self.rivals.values()]
        bounds = "; ".join(
            f"{m.bound} {'holds' if m.holds else 'FAILS'}" for m in self.must if m.figure == figure
        )
        return [figure, *(_number(column.get(figure)) for column in columns), bounds]


def main(arguments: list[str]) -> int:
    """Run the bench that the arguments name, or list them all; 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(prog="./bourse bench", description=__doc__)
    parser.add_argument("name", nargs="?")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--toy", action="store_true", help="the same code on little data; no bound counts")
    parser.add_argument("--rows", type=int, help="listings, where the bench takes that")
    parser.add_argument("--filters", type=int, help="standing filters, where the bench takes that")
    parser.add_argument("--rivals", default="", help="which others to compare, with commas between them")
    chosen = parser.parse_args(arguments)
    log.configure("bench")
    if not chosen.name:
        print("\n".join(f"{name:12} {opening(load(name))}" for name in names()))
        return 0
    rivals = tuple(filter(None, chosen.rivals.split(",")))
    measured = measure(chosen.name, toy=chosen.toy, size=Size(chosen.rows, chosen.filters, rivals))
    print(measured.as_json() if chosen.json else measured.as_table())
    return int(not all(one.holds for one in measured.must))


def measure(name: str, *, toy: bool, size: Size = ANY_SIZE) -> Measured:
    """One run of the bench, held against its bounds. A toy run is held against none."""
    module = load(name)
    takes = getattr(module, "TAKES", ())
    for option, value in asdict(size).items():
        if value and option not in takes:
            raise NotTaken(f"The bench {name} takes no --{option}.")
    found = cast(Sized, module).run(toy, size) if takes else module.run(toy)
    bounds = module.bounds(size) if hasattr(module, "bounds") else module.BOUNDS
    must = [] if toy else [Must.of(bound, found) for bound in bounds]
    return Measured(name, {**found.setting, "toy": toy}, found.figures, found.rivals, must)


def _line(row: list[str], widths: list[int]) -> str:
    first, *rest = [word.rjust(width) for word, width in zip(row, widths, strict=True)]
    return "  ".join([row[0].ljust(len(first)), *rest]).rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"


def names() -> list[str]:
    """Every bench there is."""
    return [found.name for found in pkgutil.iter_modules(bench.__path__) if found.name not in NO_BENCHES]


def load(name: str) -> Bench:
    """The bench of this name."""
    if name not in names():
        raise NoSuchBench(f"There is no bench {name}; there are {', '.join(names())}.")
    return cast(Bench, importlib.import_module(f"{bench.__name__}.{name}"))


def opening(module: Bench) -> str:
    """The first line of what the bench says of itself."""
    return (module.__doc__ or "").partition("\n")[0]
