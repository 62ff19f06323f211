"""The sample's claims as COPY wants them: every column of market.claims.Claims that an ask does not move."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bourse.market.claims import Claims, report_key, stock_key
from bourse.run.sample.offers import Batch
from bourse.run.sample.suppliers import SUPPLIERS

Array = NDArray[Any]

MOVING = ("ask_cents", "cash_ask_cents", "priced_in", "rate", "rate_date", "availability")
STEADY = Claims._fields[: -len(MOVING)]
REPORTS, REPORT_STEP, FIRST_REPORT, LEAST_REPORT = 2**29, 314_159_261, 271_828_183, 100_000_000
NUMBERS_STEP, FIRST_NUMBER = 5_471_939, 141_421
ROUGH = {"BW": "Botswana", "ZA": "South Africa", "CA": "Canada"}
PROVENANCE, BRAND = "Rivermark", "Winter Star"  # invented, like all names here
OF_COST = 0.88  # of the market's level: what some firms note as their cost

_CLAIM_OF = {
    "laboratory": "laboratory",
    "growth": "growth",
    "shape": "shape",
    "colour": "colour",
    "colour_to": "colour_to",
    "fancy_colour": "fancy_colour",
    "fancy_intensity": "fancy_intensity",
    "fancy_overtone": "fancy_overtone",
    "clarity": "clarity",
    "clarity_to": "clarity_to",
    "cut": "cut",
    "polish": "polish",
    "symmetry": "symmetry",
    "fluorescence": "fluorescence",
    "fluorescence_colour": "fluorescence_colour",
    "girdle_from": "girdle_from",
    "girdle_to": "girdle_to",
    "culet": "culet",
    "treatment": "treatment",
    "country": "country",
    "state": "state",
    "city": "city",
    "comment": "comment",
}
_NUMBERS = {"weight_ct": "carats"} | {
    name: name for name in ("length_mm", "width_mm", "depth_mm", "depth_percent", "table_percent")
}


def report_numbers(stones: Array) -> list[str]:
    """A number for each stone by its place in the market, none twice: of a range that no laboratory uses."""
    places: Array = (stones.astype(np.int64) * REPORT_STEP + FIRST_REPORT) % REPORTS + LEAST_REPORT
    return [f"X{number}" for number in places.tolist()]


def stock_numbers(batch: Batch, before: Array, digits: int) -> list[str]:
    """Each firm's own numbers, none twice; `before` says how many each firm has given, and is counted on."""
    numbers = np.zeros(len(batch), np.int64)
    span = 9 * 10 ** (digits - 1)
    for place in range(len(SUPPLIERS)):
        rows = np.flatnonzero(batch.firm == place)
        numbers[rows] = (
            10 ** (digits - 1) + ((before[place] + np.arange(rows.size)) * NUMBERS_STEP + FIRST_NUMBER) % span
        )
        before[place] += rows.size
    prefixes = [firm.prefix for firm in SUPPLIERS]
    return [
        f"{prefixes[firm]}{number}"
        for firm, number in zip(batch.firm.tolist(), numbers.tolist(), strict=True)
    ]


def steady(dice: Generator, batch: Batch, numbers: list[str], reports: list[str]) -> list[str]:
    """The columns of STEADY for each listing, joined for COPY."""
    columns = _columns(dice, batch, numbers, reports)
    return ["\t".join(values) for values in zip(*(columns[name] for name in STEADY), strict=True)]


def _columns(dice: Generator, batch: Batch, numbers: list[str], reports: list[str]) -> dict[str, list[str]]:
    said, laboratories = batch.said, batch.said["laboratory"].tolist()
    own = [report if lab else "" for report, lab in zip(reports, laboratories, strict=True)]
    paired = batch.pair.tolist()
    return {
        "stock_key": [stock_key(number) for number in numbers],
        "report_key": [report_key(lab, number) for lab, number in zip(laboratories, own, strict=True)],
        "supplier_stock_number": numbers,
        "report_number": own,
        **{claim: said[name].tolist() for claim, name in _CLAIM_OF.items()},
        **{claim: _decimals(said[name]) for claim, name in _NUMBERS.items()},
        "stones": [str(number) for number in batch.stones.tolist()],
        "goods": _goods(batch),
        "pair_stock_number": ["" if other < 0 else numbers[other] for other in paired],
        "pair_is_separable": [
            "\\N" if other < 0 else "ft"[luck]
            for other, luck in zip(paired, _separable(dice, batch), strict=True)
        ],
        **_media(dice, batch, numbers, own),
        "particulars": list(_particulars(dice, batch)),
        "private": _private(batch),
    }


def _decimals(values: Array) -> list[str]:
    return ["\\N" if value != value else f"{value:.2f}" for value in values.tolist()]


def _goods(batch: Batch) -> list[str]:
    words = np.where(batch.stones > 1, "parcel", np.where(batch.pair >= 0, "pair", "single"))
    goods: list[str] = words.tolist()
    return goods


def _separable(dice: Generator, batch: Batch) -> list[bool]:
    """Of a pair both say the same."""
    luck = dice.random(len(batch)) < 0.7
    both: list[bool] = np.where(
        batch.pair >= 0, luck[np.maximum(batch.pair, np.arange(len(batch)))], luck
    ).tolist()
    return both


def _media(dice: Generator, batch: Batch, numbers: list[str], reports: list[str]) -> dict[str, list[str]]:
    """Addresses on hosts that can exist nowhere: what shows a picture must do so without them."""
    hosts = [firm.mail_host for firm in SUPPLIERS]
    shares = {name: np.array([getattr(firm, name) for firm in SUPPLIERS]) for name in ("images", "videos")}
    has = {name: (dice.random(len(batch)) < share[batch.firm]).tolist() for name, share in shares.items()}
    firms = batch.firm.tolist()
    return {
        "image_urls": [
            f'{{"https://media.{hosts[firm]}/{number}.jpg"}}' if there else "{}"
            for firm, number, there in zip(firms, numbers, has["images"], strict=True)
        ],
        "video_urls": [
            f'{{"https://media.{hosts[firm]}/{number}.mp4"}}' if there else "{}"
            for firm, number, there in zip(firms, numbers, has["videos"], strict=True)
        ],
        "certificate_url": [
            f"https://reports.{hosts[firm]}/{report}.pdf" if report and there else ""
            for firm, report, there in zip(firms, reports, has["images"], strict=True)
        ],
    }


def _particulars(dice: Generator, batch: Batch) -> Iterator[str]:
    """Further claims as JSON, by their names in the dictionary, in alphabetical order."""
    words = {name: batch.said[name].tolist() for name in ("black_inclusion", "eye_clean", "milky", "shade")}
    angles = {name: batch.said[name].tolist() for name in ("crown_angle", "pavilion_angle")}
    told = _provenance(dice, batch)
    for row in range(len(batch)):
        fields = [*told[row]]
        fields += [f'"{name}":"{said[row]}"' for name, said in words.items() if said[row]]
        fields += [f'"{name}":{said[row]}' for name, said in angles.items() if said[row] == said[row]]
        yield "{" + ",".join(sorted(fields)) + "}"


def _provenance(dice: Generator, batch: Batch) -> list[list[str]]:
    """Where the rough came from, for the few who tell it; a brand for a few more."""
    tells = np.array(["provenance" in firm.known_for for firm in SUPPLIERS])[batch.firm]
    natural, luck = batch.said["growth"] == "Natural", dice.random(len(batch))
    from_where = [ROUGH.get(SUPPLIERS[firm].country, "") for firm in batch.firm.tolist()]
    fields: list[list[str]] = []
    for rough, is_told, number in zip(from_where, (tells & natural).tolist(), luck.tolist(), strict=True):
        own = [f'"mine_of_origin":"{rough}"'] if is_told and rough else []
        if is_told and number < 0.6:
            own += [f'"provenance_number":"RM{int(number * 10**9)}"', f'"provenance_report":"{PROVENANCE}"']
        elif number > 0.985:
            own.append(f'"brand":"{BRAND}"')
        fields.append(own)
    return fields


def _private(batch: Batch) -> list[str]:
    """What a few firms note for their own people."""
    notes = np.array([firm.with_cash >= 0.3 for firm in SUPPLIERS])[batch.firm].tolist()
    costs = (np.exp(batch.level) * batch.said["carats"] * OF_COST).tolist()
    return [f'{{"cost":{cost:.2f}}}' if noted else "{}" for noted, cost in zip(notes, costs, strict=True)]
