"""A supplier's stock from a seed: thirty columns with RapNet's headers, every row of which is taken."""

import csv
import io
import random
from itertools import chain

HEADERS = [
    "Stock #", "Availability", "Shape", "Weight", "Color", "Clarity", "Cut Grade", "Polish", "Symmetry",
    "Fluorescence Intensity", "Fluorescence Color", "Measurements", "Lab", "Certificate #", "Treatment",
    "Total Price", "Depth %", "Table %", "Girdle Thin", "Girdle Thick", "Culet Size", "Crown Height",
    "Pavilion Depth", "Member Comments", "Country", "State", "City", "Certificate URL", "Image URL",
    "Video URL",
]  # fmt: skip
_SHAPES = [
    "Round",
    "Pear",
    "Princess",
    "Emerald",
    "Oval",
    "Cushion",
    "Marquise",
    "Radiant",
    "Asscher",
    "Heart",
]
_CLARITIES = ["IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1"]
_CITIES = [("New York", "NY", "USA"), ("Antwerp", "", "Belgium"), ("Mumbai", "MH", "India")]
_GONE, _NEW, _REPRICED = 100, 50, 10  # of so many stones one is gone, new, or has another price the next day


def stock(count: int, seed: int, prefix: str) -> bytes:
    """So many stones, the same for the same seed."""
    return _csv(_rows(count, seed, prefix))


def next_day(count: int, seed: int, prefix: str) -> bytes:
    """The same stock a day later: some gone, some new, some at other prices."""
    rows = [row for number, row in enumerate(_rows(count, seed, prefix)) if number % _GONE]
    at = HEADERS.index("Total Price")
    for row in rows[::_REPRICED]:
        row[at] = str(int(row[at]) + 25)
    return _csv([*rows, *_rows(count // _NEW, seed + 1, f"{prefix}N")])


def left(count: int) -> int:
    """How many stones the next day's file has."""
    return count - len(range(0, count, _GONE)) + count // _NEW


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(chain([HEADERS], rows))
    return text.getvalue().encode()


def _rows(count: int, seed: int, prefix: str) -> list[list[str]]:
    draw = random.Random(seed)  # noqa: S311  a bench needs the same stones every time
    return [_row(draw, number, prefix) for number in range(count)]


def _row(draw: random.Random, number: int, prefix: str) -> list[str]:
    carat = round(0.3 + draw.expovariate(1.1), 2)
    wide = round(6.5 * carat ** (1 / 3), 2)
    city, state, country = draw.choice(_CITIES)
    report = str(2_000_000_000 + (sum(map(ord, prefix)) * 1_000_003 + number) % 5_000_000_000)
    return [
        f"{prefix}{number:07d}", draw.choice(["Guaranteed", "Memo"]), draw.choice(_SHAPES), f"{carat:.2f}",
        draw.choice("DEFGHIJK"), draw.choice(_CLARITIES), draw.choice(["EX", "VG", "G"]),
        draw.choice(["EX", "VG"]), draw.choice(["EX", "VG"]), draw.choice(["None", "Faint", "Medium"]), "",
        f"{wide:.2f}-{wide + 0.03:.2f}x{wide * 0.61:.2f}", draw.choice(["GIA", "IGI", "HRD"]), report, "",
        str(round(carat * draw.randrange(900, 20_000))), f"{draw.uniform(58, 64):.1f}",
        f"{draw.uniform(53, 62):.0f}", draw.choice(["Thin", "Medium"]), "Slightly Thick", "None",
        f"{draw.uniform(13, 17):.1f}", f"{draw.uniform(41, 45):.1f}",
        draw.choice(["", "Nice stone", "No BGM"]), country, state, city, f"https://certificates.example/{report}",
        f"https://images.example/{prefix}/{number}.jpg", f"https://videos.example/{prefix}/{number}",
    ]  # fmt: skip
