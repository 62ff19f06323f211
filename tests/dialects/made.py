"""Stones for the tests of this room, and files of them in any layout; nothing here comes from a real file."""

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bourse.dialects import Reading, read_file
from bourse.dialects.reading import Value


@dataclass(frozen=True)
class Stone:
    """One made stone, in canonical words."""

    number: int
    shape: str
    carat: float
    color: str
    clarity: str
    make: str
    fluorescence: str
    lab: str
    report: str
    length: float
    width: float
    depth: float
    table: int
    listed: int
    discount: int

    @property
    def per_carat(self) -> float:
        return self.listed * (100 + self.discount) / 100

    @property
    def total(self) -> float:
        return round(self.per_carat * self.carat + 1e-9, 2)

    @property
    def depth_pct(self) -> float:
        return round(200 * self.depth / (self.length + self.width), 1)


def stones(count: int = 40, seed: int = 11) -> list[Stone]:
    """So many stones, the same for the same seed; dearer as they are heavier, as stones are."""
    draw = random.Random(seed)
    return [_stone(draw, number) for number in range(1, count + 1)]


def _stone(draw: random.Random, number: int) -> Stone:
    carat = round(draw.uniform(0.4, 2.6), 2)
    color, clarity = draw.choice("DEFGH"), draw.choice(["VVS2", "VS1", "VS2", "SI1"])
    length = round(6.47 * carat ** (1 / 3), 2)
    worth = (
        (30 + 34 * carat)
        * (1 - 0.06 * "DEFGH".index(color))
        * {"VVS2": 1.2, "VS1": 1.1, "VS2": 1.0, "SI1": 0.85}[clarity]
    )
    return Stone(
        number, draw.choice(["Round", "Pear", "Oval", "Cushion"]), carat, color, clarity,
        draw.choice(["Excellent", "Very Good", "Good"]), draw.choice(["None", "Faint", "Medium", "Strong"]),
        draw.choice(["GIA", "IGI", "HRD"]), str(6_100_000_000 + number * 7919), length,
        round(length + 0.03, 2),
        round(length * 0.615, 2), draw.randrange(54, 62), int(worth) * 100, draw.randrange(-45, -5),
    )  # fmt: skip


CODES = {
    "Round": "RD", "Pear": "PS", "Oval": "OV", "Cushion": "CU", "Excellent": "EX", "Very Good": "VG",
    "Good": "GD",
    "None": "NON", "Faint": "FNT", "Medium": "MED", "Strong": "STG",
}  # fmt: skip

Cells = Mapping[str, Callable[[Stone], object]]


def table(columns: Cells, made: Sequence[Stone]) -> list[list[object]]:
    """Stones under headers."""
    return [list(columns), *([cell(stone) for cell in columns.values()] for stone in made)]


def as_csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def read_csv(columns: Cells, made: Sequence[Stone], answers: Mapping[str, str] | None = None) -> Reading:
    return read_file(as_csv(table(columns, made)), "stock.csv", answers)


def fields(reading: Reading) -> dict[str, str | None]:
    """Each header with its field."""
    return {column.header: column.field for column in reading.columns}


def values(reading: Reading, at: int = 0) -> dict[str, Value]:
    return reading.blocks[0].row(at)


def keys(reading: Reading) -> list[str]:
    return [question.key for question in reading.questions]


# What every list has, whatever else is tested.
PLAIN: dict[str, Callable[[Stone], object]] = {
    "Stock #": lambda stone: f"A{stone.number}",
    "Shape": lambda stone: CODES[stone.shape],
    "Weight": lambda stone: stone.carat,
    "Color": lambda stone: stone.color,
    "Clarity": lambda stone: stone.clarity,
}
