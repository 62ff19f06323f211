"""The sample's stock as files: a first list of each supplier, for most a later one or one of today."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from bourse.run.sample.offers import Row, offers
from bourse.run.sample.suppliers import Firm

EARLY, LATER = 0.70, 0.955  # how much of its stock a firm has listed by its first and its second file
REPRICED = 0.25  # of the early stones, in the second file

COLUMNS = {
    "Stock No": "stock_number",
    "Growth Type": "growth",
    "Shape": "shape",
    "Carat": "carats",
    "Color": "colour",
    "Fancy Color": "fancy_colour",
    "Fancy Color Intensity": "fancy_intensity",
    "Fancy Color Overtone": "fancy_overtone",
    "Clarity": "clarity",
    "Cut Grade": "cut",
    "Polish": "polish",
    "Symmetry": "symmetry",
    "Fluorescence Intensity": "fluorescence",
    "Fluorescence Color": "fluorescence_colour",
    "Length": "length_mm",
    "Width": "width_mm",
    "Height": "depth_mm",
    "Depth %": "depth_percent",
    "Table %": "table_percent",
    "Girdle From": "girdle_from",
    "Girdle To": "girdle_to",
    "Culet Size": "culet",
    "Crown Angle": "crown_angle",
    "Pavilion Angle": "pavilion_angle",
    "Lab": "laboratory",
    "Report No": "report_number",
    "Treatment": "treatment",
    "Eye Clean": "eye_clean",
    "Price Per Carat": "ppc",
    "Total Price": "total",
    "Availability": "availability",
    "Country": "country",
    "City": "city",
    "Parcel Stones": "stones",
    "Pair Stock Number": "pair_number",
    "Comment": "comment",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that a supplier sent, and when."""

    firm: Firm
    sent_at: datetime
    file_name: str
    content: bytes


def deliveries(*, stones: int, seed: int, now: datetime) -> list[Delivery]:
    """The files of all suppliers in the order in which they came: the same for the same seed and time."""
    dice = np.random.default_rng(seed)
    stock = offers(dice, stones)
    files = [file for firm, rows in stock.items() for file in _of_firm(dice, firm, rows, now)]
    return sorted(files, key=lambda file: file.sent_at)


def _of_firm(dice: Generator, firm: Firm, rows: list[Row], now: datetime) -> Iterator[Delivery]:
    """A firm that seldom looks at its list sends it once and never again."""
    rows = [rows[place] for place in dice.permutation(len(rows))]
    days, hours = dice.uniform((20, 2), (75, 14)), dice.uniform(0.2, 9)
    times = [now - timedelta(days=float(ago)) for ago in days] + [now - timedelta(hours=float(hours))]
    sends_changes, sends_today = (dice.random(2) < (0.65, 0.6)) & (not firm.is_stale)
    later = round(len(rows) * LATER) if sends_today else len(rows)
    early = round(len(rows) * EARLY) if sends_changes else later
    share = REPRICED if sends_changes else 0
    repriced = sorted(dice.choice(early, round(early * share), replace=False).tolist())
    before = {place: {**rows[place], "ppc": _was(dice, rows[place]["ppc"])} for place in repriced}
    lists = {
        "stock": [before.get(place, row) for place, row in enumerate(rows[:early])],
        "changes": [*(rows[place] for place in repriced), *rows[early:later]],
        "today": rows[later:],
    }
    for sent_at, (kind, listed) in zip(times, lists.items(), strict=True):
        if listed:
            yield _file(firm, sent_at, kind, listed)


def _was(dice: Generator, ppc: float | None) -> float | None:
    """What was asked before: mostly a little more."""
    return None if ppc is None else max(5.0, float(round(ppc * math.exp(dice.normal(0.02, 0.025)))))


def _file(firm: Firm, sent_at: datetime, kind: str, rows: list[Row]) -> Delivery:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        total = None if row["ppc"] is None else round(row["ppc"] * row["carats"], 2)
        told = {**row, "total": total}
        writer.writerow([_cell(told.get(name)) for name in COLUMNS.values()])
    name = f"{firm.mail_host.removesuffix('.example')}_{kind}_{sent_at:%Y-%m-%d}.csv"
    return Delivery(firm, sent_at, name, text.getvalue().encode())


def _cell(value: object) -> object:
    """Two decimals for weights, prices and millimetres; nothing where nothing is said."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.2f}"
    return "" if value is None else value
