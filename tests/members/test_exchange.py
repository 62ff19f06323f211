"""How the operator sets the house: name, logo, colours, public fields."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import (
    ColourNotKnown,
    ContrastTooLow,
    ExchangeNameMissing,
    LogoNotTaken,
    OnlyTheOperator,
    set_exchange,
)
from bourse.members.models import Exchange
from bourse.members.palette import HOUSE, PALETTE, TOKENS, Colours, Role, colour, contrast, lacks
from bourse.members.pictures import media_type
from bourse.members.public_fields import ALWAYS_PUBLIC, PUBLIC_UNLESS_SET, PublicField
from bourse.members.queries import ExchangeView, Logo, exchange, exchange_logo
from cast import NOON, Cast
from members.pictures import JPEG, PNG, SVG, WEBP

LATER = NOON + timedelta(hours=1)
BROWN = Colours("#6b3a1e", "#e8b48c")


def test_as_it_comes(cast: Cast) -> None:
    assert exchange() == ExchangeView("Bourse", "", {}, PUBLIC_UNLESS_SET, "0", None, "")
    with pytest.raises(NotThere):
        exchange_logo()


def test_the_operator_sets_the_house(cast: Cast) -> None:
    view = set_exchange(
        actor=cast.omar,
        name="  Diamond   Floor ",
        colours={Role.ACCENT: BROWN},
        public_fields=[PublicField.COLOUR, PublicField.ASK],
        logo=PNG,
        now=LATER,
    )
    assert view == ExchangeView(
        "Diamond Floor",
        "image/png",
        {Role.ACCENT: BROWN},
        ALWAYS_PUBLIC | {PublicField.COLOUR, PublicField.ASK},
        "20261124130000000000",
        LATER,
        "Omar",
    )
    assert (exchange(), exchange_logo()) == (view, Logo("image/png", PNG))


def test_a_logo_stays_until_it_is_replaced_or_taken_away(cast: Cast) -> None:
    for logo in ({"logo": PNG}, {}):
        set_exchange(actor=cast.omar, name="A", colours={}, public_fields=[], now=NOON, **logo)
        assert exchange_logo().content == PNG
    set_exchange(actor=cast.omar, name="A", colours={}, public_fields=[], logo=None, now=NOON)
    assert exchange().logo_type == ""


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
def test_nobody_else_sets_it(cast: Cast, who: str) -> None:
    with pytest.raises(OnlyTheOperator):
        set_exchange(actor=getattr(cast, who), name="Mine", colours={}, public_fields=[], now=NOON)
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(
    ("given", "refusal", "sentence"),
    [
        ({"name": "  "}, ExchangeNameMissing, "Enter a name of 1 to 60 characters."),
        ({"name": "x" * 61}, ExchangeNameMissing, "Enter a name of 1 to 60 characters."),
        ({"name": "\u200e\u200f\u202e\u2066"}, ExchangeNameMissing, "Enter a name of 1 to 60 characters."),
        ({"name": "\u200c \u200d"}, ExchangeNameMissing, "Enter a name of 1 to 60 characters."),
        ({"logo": SVG}, LogoNotTaken, "The logo is no whole PNG, JPEG or WebP picture. Send one of these."),
        (
            {"logo": PNG[:-1]},
            LogoNotTaken,
            "The logo is no whole PNG, JPEG or WebP picture. Send one of these.",
        ),
        ({"logo": b"x" * 200_001}, LogoNotTaken, "The logo has 200,001 bytes; at most 200,000 are taken."),
        (
            {"colours": {Role.ACCENT: Colours("red", "#74c4de")}},
            ColourNotKnown,
            "Enter the accent as six figures for light and for dark: #0b5a75.",
        ),
        (
            {"colours": {Role.ACCENT: Colours("#ff0000", "#74c4de")}},
            ContrastTooLow,
            "The accent against paper in light has a contrast of 3.99 : 1; it needs 4.5 : 1. "
            "The accent against act-ink in light has a contrast of 3.99 : 1; it needs 4.5 : 1. "
            "The accent against act-wash in light has a contrast of 3.39 : 1; it needs 4.5 : 1.",
        ),
        (
            {"colours": {Role.LINING: Colours("#edf3f7", "#5a6a75")}},
            ContrastTooLow,
            "The lining against ink in dark has a contrast of 4.73 : 1; it needs 7 : 1. "
            "The lining against ink-2 in dark has a contrast of 3.01 : 1; it needs 4.5 : 1. "
            "The lining against ink-3 in dark has a contrast of 2.13 : 1; it needs 4.5 : 1.",
        ),
    ],
)
def test_a_refused_setting_leaves_no_trace(
    cast: Cast, given: dict[str, object], refusal: type[Refusal], sentence: str
) -> None:
    asked = {"name": "Floor", "colours": {}, "public_fields": [], "now": LATER} | given
    with pytest.raises(refusal) as told:
        set_exchange(actor=cast.omar, **asked)  # type: ignore[arg-type]
    assert str(told.value) == sentence
    assert not Exchange.objects.exists()


def test_the_palette_is_that_of_the_pages() -> None:
    tokens = Path(__file__).parents[2] / "src/bourse/doors/web/static/web/tokens.css"
    told = re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)", tokens.read_text())
    in_pages = {name: Colours(light, dark) for name, light, dark in told}
    ours = {**PALETTE, **{TOKENS[role]: pair for role, pair in HOUSE.items()}}
    assert {name: in_pages[name] for name in ours} == ours
    assert lacks({}) == []


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert (contrast("#000000", "#ffffff"), round(contrast("#0b5a75", "#ffffff"), 2)) == (21, 7.68)
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_colours_are_read_kindly() -> None:
    assert [colour(text) for text in ("0B5A75", " #0b5a75 ", "#0b5 a75", "blue", "#0b5", "")] == [
        "#0b5a75",
        "#0b5a75",
        "#0b5a75",
        None,
        None,
        None,
    ]


def test_a_picture_is_known_by_its_bytes() -> None:
    given = [PNG, JPEG, WEBP, SVG, PNG + b"<script>", PNG[:40], JPEG[:-2], WEBP + b"x", b"GIF89a", b""]
    assert [media_type(content) for content in given] == [
        "image/png", "image/jpeg", "image/webp", "", "", "", "", "", "", "",
    ]  # fmt: skip
