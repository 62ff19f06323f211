"""Every column of every table says who sees it, and the code says the same."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from django.apps import apps

from bourse.market.models import Claims
from bourse.market.visible import ASKS, MEMBERS_SEE, NAMING, OF_PUBLIC_FIELD
from bourse.members.public_fields import ALWAYS_PUBLIC
from house import privacy

DOCUMENT = Path(__file__).parents[2] / "docs/privacy.md"
CLAIMS = [field.name for field in Claims._meta.get_fields()]


def tables() -> Mapping[str, Iterable[str]]:
    """Every table of the installed rooms and libraries, with its columns."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: [str(field.column) for field in model._meta.concrete_fields] for model in models
    }


def test_every_column_says_who_sees_it() -> None:
    assert privacy.trespasses(DOCUMENT, tables(), CLAIMS) == []


@pytest.mark.parametrize(
    ("changed", "trespass"),
    [
        ({"market_listing": ["reserve_cents"]}, "market_listing.reserve_cents has no line"),
        ({"market_reserve": ["id"]}, "market_reserve.id has no line"),
        ({"market_stagedrow": ["ask_cents_before"]}, "market_stagedrow.ask_cents_before has no line"),
    ],
)
def test_a_planted_column_is_found(changed: dict[str, list[str]], trespass: str) -> None:
    planted = {table: [*columns, *changed.get(table, [])] for table, columns in tables().items()}
    assert privacy.trespasses(DOCUMENT, {**changed, **planted}, CLAIMS) == [trespass]


@pytest.mark.parametrize(
    ("line", "trespass"),
    [
        ("| `market_stone`: `colour` | members |", "market_stone.colour has a line and is no column"),
        ("| `market_stone`: `public_id` | members |", "market_stone.public_id has two lines"),
        ("| `market_gone`: `*` | nobody |", "market_gone.* has a line and is no column"),
    ],
)
def test_a_planted_line_is_found(tmp_path: Path, line: str, trespass: str) -> None:
    planted = tmp_path / "privacy.md"
    planted.write_text(f"{DOCUMENT.read_text()}\n{line}\n")
    assert privacy.trespasses(planted, tables(), CLAIMS) == [trespass]


def test_a_column_that_is_gone_and_a_word_that_means_nothing_are_found(tmp_path: Path) -> None:
    without = {table: [name for name in columns if name != "owner_id"] for table, columns in tables().items()}
    assert privacy.trespasses(DOCUMENT, without, CLAIMS) == [
        "market_stone.owner_id has a line and is no column"
    ]
    planted = tmp_path / "privacy.md"
    planted.write_text(DOCUMENT.read_text().replace("`private` | own company", "`private` | friends"))
    assert privacy.trespasses(planted, tables(), CLAIMS) == ["market_listing.private is seen by friends"]


def test_the_document_says_of_a_listing_what_the_code_does() -> None:
    told = dict(privacy.entries(DOCUMENT, CLAIMS))
    said = {name: told["market_listing", name] for name in CLAIMS}
    public = frozenset().union(*OF_PUBLIC_FIELD.values())
    always = frozenset().union(*(OF_PUBLIC_FIELD[field] for field in ALWAYS_PUBLIC))
    by_code = {
        name: "everybody"
        if name in always
        else "public field"
        if name in public or name == "particulars"
        else "unless hidden"
        if name in NAMING
        else "members"
        if name in MEMBERS_SEE
        else said[name]
        for name in CLAIMS
    }
    assert said == by_code
    assert [name for name in CLAIMS if said[name] in ("own company", "nobody")] == [
        "stock_key", "report_key", "private",
    ]  # fmt: skip
    assert public >= ASKS
