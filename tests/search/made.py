"""A made market in the database: listings with everything that suppliers may say, hide or leave out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault

from bourse.market.models import Listing, Showing, Stone
from bourse.members.models import Company
from bourse.vocabulary import (
    Availability,
    BlackInclusion,
    Clarity,
    Colour,
    CuletSize,
    FancyColour,
    FancyIntensity,
    FancyOvertone,
    FluorescenceColour,
    FluorescenceIntensity,
    Girdle,
    Laboratory,
    Make,
    Milky,
    Shade,
    Shape,
)
from cast import NOON, company

COMPANIES = 12
COUNTRIES = ("India", "INDIA", "in", "Israel", "Hong Kong", "Belgium", "Atlantis", "")
STATES = ("", "", "New York", "Gujarat", "california")
BRANDS = ("Argyle Blue", "argyle blue", "Cut by Hand", "North")
REPORTS = ("Origin Report", "Tracr")
SIZES = (0.30, 0.40, 0.50, 0.70, 0.90, 1.00, 1.00, 1.20, 1.50, 2.00, 3.00, 5.00)

Claims = dict[str, Any]


def fill(count: int, seed: int) -> list[Company]:
    """This many live listings of a dozen companies, some of which hide their name or asks."""
    random = Random(seed)
    houses = [company(f"House {number}") for number in range(COMPANIES)]
    Showing.objects.create(company=houses[0], hides_name=True, changed_at=NOON)
    Showing.objects.create(company=houses[1], hides_ask=True, changed_at=NOON)
    Showing.objects.create(company=houses[2], hides_cash_ask=True, hides_ask=True, changed_at=NOON)
    claims = [claimed(random, number) for number in range(count)]
    stones = [_stone(random, one, houses) for one in claims]
    _copied(Stone, stones)
    keys = Stone.objects.order_by("pk").values_list("pk", flat=True)
    listings = [_listing(random, one, key, houses) for one, key in zip(claims, keys, strict=True)]
    _copied(Listing, listings)
    return houses


def _copied(model: type[Model], made: Sequence[Model]) -> None:
    """The rows by COPY: one by one they would take minutes."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name != "id" and not isinstance(getattr(made[0], field.attname), DatabaseDefault)
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as out,
    ):
        for one in made:
            out.write_row([_value(field, getattr(one, field.attname)) for field in fields])


def _value(field: Field[Any, Any], value: object) -> object:
    if isinstance(field, JSONField):
        return json.dumps(value)
    return list(value) if isinstance(value, list) else value


def claimed(random: Random, number: int) -> Claims:
    """What a supplier says of one stone."""
    is_fancy, is_parcel = random.random() < 0.06, random.random() < 0.03
    has_report = random.random() < 0.85
    weight = Decimal(str(round(random.choice(SIZES) + random.expovariate(12), 3)))
    ask = (
        None
        if random.random() < 0.06
        else max(1_000, int(float(weight) ** 1.6 * random.lognormvariate(13, 0.6)))
    )
    return {
        "supplier_stock_number": f"{random.choice(('TB-', 'AG/', 'X ', ''))}{number}",
        "stock_key": f"key {number}",
        "laboratory": _seldom(random, ("GIA", "GIA", "GIA", "IGI", *map(str, Laboratory)))
        if has_report
        else "",
        "report_number": f"{2_140_000_000 + number * 7}" if has_report else "",
        "growth": random.choice(("Natural", "Natural", "Natural", "CVD", "HPHT", "Lab grown")),
        "shape": random.choice(("Round", "Round", "Round", "Oval", "Pear", *map(str, Shape))),
        "weight_ct": weight * (40 if is_parcel else 1),
        **_colours(random, is_fancy=is_fancy, is_parcel=is_parcel),
        **_clarities(random, is_parcel=is_parcel),
        **{
            name: _maybe(random, (*("Excellent",) * 12, *map(str, Make)))
            for name in ("cut", "polish", "symmetry")
        },
        "fluorescence": _maybe(random, ("None", "None", "None", *map(str, FluorescenceIntensity))),
        "fluorescence_colour": _seldom(random, tuple(map(str, FluorescenceColour))),
        **_measured(random),
        "girdle_from": _maybe(random, tuple(map(str, Girdle))),
        "girdle_to": _maybe(random, tuple(map(str, Girdle))),
        "culet": _maybe(random, tuple(map(str, CuletSize))),
        "treatment": random.choice(("", "", "", "None", "HPHT", "Laser drilled, Clarity enhanced", "Waxed")),
        "stones": 40 if is_parcel else 1,
        "goods": "parcel" if is_parcel else random.choice(("single",) * 12 + ("pair",)),
        "pair_is_separable": random.choice((None, None, None, True, False)),
        "country": random.choice(COUNTRIES),
        "state": random.choice(STATES),
        "image_urls": ["https://media.example/i"] if random.random() < 0.5 else [],
        "video_urls": ["https://media.example/v"] if random.random() < 0.3 else [],
        "certificate_url": "https://media.example/c" if random.random() < 0.4 else "",
        "particulars": _particulars(random),
        "ask_cents": ask,
        "cash_ask_cents": int(ask * 0.97) if ask and random.random() < 0.3 else _silent_cash(random, ask),
        "availability": random.choice(tuple(map(str, Availability))),
    }


def _silent_cash(random: Random, ask: int | None) -> int | None:
    """A cash ask that stands alone."""
    return 777_700 if ask is None and random.random() < 0.3 else None


def _colours(random: Random, *, is_fancy: bool, is_parcel: bool) -> Claims:
    if is_fancy:
        tones = random.choice(("", str(random.choice(tuple(FancyOvertone))), "Brownish Orangy"))
        return {
            "fancy_colour": random.choice((*map(str, FancyColour), "Teal")),
            "fancy_intensity": _maybe(random, tuple(map(str, FancyIntensity))),
            "fancy_overtone": tones,
        }
    best = min(random.randrange(23), random.randrange(23))
    worst = min(22, best + random.randint(1, 3)) if is_parcel else best
    return {
        "colour": str(tuple(Colour)[best]),
        "colour_to": str(tuple(Colour)[worst]) if worst > best else "",
    }


def _clarities(random: Random, *, is_parcel: bool) -> Claims:
    best = random.randrange(12)
    worst = min(11, best + random.randint(1, 2)) if is_parcel else best
    names = tuple(map(str, Clarity))
    if random.random() < 0.02:
        return {}
    return {"clarity": names[best], "clarity_to": names[worst] if worst > best else ""}


def _measured(random: Random) -> Claims:
    if random.random() < 0.1:
        return {}
    length = Decimal(str(round(random.uniform(4, 9), 3)))
    return {
        "length_mm": length,
        "width_mm": Decimal(str(round(float(length) * random.uniform(0.6, 1.05), 3))),
        "depth_mm": Decimal(str(round(float(length) * 0.6, 3))),
        "depth_percent": Decimal(str(round(random.uniform(55, 70), 2))),
        "table_percent": Decimal(random.randint(53, 68)),
    }


def _particulars(random: Random) -> Claims:
    if random.random() < 0.4:
        return {}
    all_of = {
        "shade": random.choice(tuple(map(str, Shade))),
        "milky": random.choice(tuple(map(str, Milky))),
        "black_inclusion": random.choice(tuple(map(str, BlackInclusion))),
        "eye_clean": random.choice(("Yes", "No", "Borderline")),
        "hearts_and_arrows": random.choice(("Yes", "No")),
        "ratio": random.choice((1.01, "1.38", 2)),
        "crown_angle": random.choice((34.5, 35, "34.1")),
        "pavilion_angle": 40.8,
        "crown_height": 15.5,
        "pavilion_depth": 43,
        "star_length": 50,
        "lower_half": 75,
        "girdle_pct": 3.5,
        "culet_condition": random.choice(("Pointed", "Abraded")),
        "brand": random.choice(BRANDS),
        "provenance_report": random.choice(REPORTS),
        "key_to_symbols": "Feather",
    }
    return {name: value for name, value in all_of.items() if random.random() < 0.4}


def _maybe(random: Random, words: Sequence[str]) -> str:
    return random.choice(words) if random.random() < 0.85 else ""


def _seldom(random: Random, words: Sequence[str]) -> str:
    return random.choice(words)


def _stone(random: Random, claims: Claims, houses: Sequence[Company]) -> Stone:
    lab, number = claims["laboratory"], claims["report_number"]
    if number:
        return Stone(laboratory=lab, report_number=number, created_at=NOON)
    return Stone(owner=random.choice(houses), created_at=NOON)


def _listing(random: Random, claims: Claims, stone: int, houses: Sequence[Company]) -> Listing:
    listed_at = NOON - timedelta(hours=random.randint(0, 24 * 60))
    return Listing(
        **claims,
        stone_id=stone,
        company=random.choice(houses),
        hides_ask=random.random() < 0.03,
        hides_cash_ask=random.random() < 0.03,
        listed_at=listed_at,
        changed_at=listed_at,
    )
