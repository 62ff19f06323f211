"""Many rows at once give the cells that each of them gives alone."""

import random
import zlib
from datetime import date
from decimal import Decimal

import pytest

from bourse.dialects.reading import Ask, Block, Column, Fault, Rate
from bourse.market.claim_lines import MOST_KEPT, REFUSED, ClaimLines
from bourse.market.claims import Asked, claims_of
from bourse.market.lines import cell
from bourse.market.staged_lines import STAGED, StagedLines
from bourse.market.values import NotStorable

CHANCES: dict[str, list[object]] = {
    "stock_no": ["A-1", "a 2", "tab\there", "back\\slash", "nul\x00", "x" * 61, None],
    "lab": ["GIA", "IGI", "Other", "None", "Nobody", None],
    "certificate_no": ["700 1", "e5", None],
    "growth_type": ["Natural", "CVD", "odd", None],
    "shape": ["Round", "Pear", "", None],
    "carat": [1, 1.0, "1.005", 0, -1, 1e9, Decimal("0.31"), None],
    "color": ["G", ["G", "H"], "O-P", "Fancy", "Z9", None],
    "fancy_color": ["Yellow", "x" * 61, None],
    "clarity": ["VS1", ["VS1", "VS2"], "None", None],
    "cut_grade": ["Excellent", "None", None],
    "fluorescence_intensity": ["None", "Faint", "Blue-ish", None],
    "measurements": [[6.4, 6.42, 3.95], [1, 2], "6x6x4", ["6.1", "6.2", "3"], None],
    "length_mm": [6.5, None],
    "depth_pct": [61.2, 61, "61.20", 2_000, None],
    "girdle_min": ["Thin", None],
    "girdle": [["Thin", "Thick"], "Medium", None],
    "parcel_stones": [1, 2, 3, 2.0, None],
    "is_pair": ["yes", "no", True, None],
    "pair_stock_no": ["A-2", None],
    "pair_separable": ["Yes", "no", None],
    "image_url": ["https://a.example/1", ["https://a.example/1", 'b"\\', "", "//a.example/2"], "a.jpg", None],
    "certificate_url": ["https://a.example/1.pdf", "javascript:alert(1)", ["", "//b.example/1"], None],
    "brand": ["Star", "x" * 101, ["x" * 101], None],
    "member_comment": ["two\nlines", "ünï\r\n", "", None],
    "availability": ["Guaranteed", "Memo", "odd", None],
    "cost": [1, 1.0, "1", True, None],
    "eye_clean": ["Yes", 'q"uote', "\x00", "", None],
    "crown_angle": [34.5, 34, None],
    "inscription": [["a", 1], ["a", 1.0], None],
    "total_price": [100, None],
}


def rows_of(chance: random.Random, count: int, *, mostly: bool) -> list[dict[str, object]]:
    """Rows of odd values; mostly such as a listing can hold."""
    good = {"shape": ["Round"], "carat": [1.01, 0.5], "color": ["G", ["G", "H"]], "clarity": ["VS1"]}
    fields = [field for field in CHANCES if chance.random() < 0.8 or field in good]
    return [
        {
            field: chance.choice(good.get(field, CHANCES[field]) if mostly else CHANCES[field])
            for field in fields
        }
        for _ in range(count)
    ]


def alone(row: dict[str, object], asked: Asked) -> list[str] | None:
    given = {field: value for field, value in row.items() if value is not None}
    try:
        return [cell(value) for value in claims_of(given, asked)]
    except NotStorable:
        return None


def asks(chance: random.Random, count: int) -> list[Asked]:
    rate = (Decimal("1.0842"), date(2026, 11, 24))
    return [
        Asked(
            chance.choice((None, 5, 700_000, 0)), chance.choice((None, 6)), *(("EUR", *rate) if n % 3 else ())
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_together_as_alone(seed: int) -> None:
    chance, lines = random.Random(seed), ClaimLines()
    for _ in range(3):  # what one slice has worked out serves the next
        rows = rows_of(chance, 40, mostly=bool(seed % 2))
        asked = asks(chance, len(rows))
        columns = {field: [row[field] for row in rows] for field in rows[0]}
        made = lines.cells(columns, [list(column) for column in zip(*asked, strict=True)], len(rows))
        for nth, (row, ask) in enumerate(zip(rows, asked, strict=True)):
            together = [column[nth] for column in made]
            expected = alone(row, ask)
            if expected is None:
                assert REFUSED in together
            else:
                assert together == expected


def test_what_was_worked_out_is_forgotten_before_it_grows() -> None:
    lines = ClaimLines()
    for start in range(0, 3 * MOST_KEPT, MOST_KEPT):
        numbers = [f"N-{number}" for number in range(start, start + MOST_KEPT + 1)]
        lines.cells({"stock_no": numbers}, [[None] * len(numbers)] * 5, len(numbers))
    assert max(map(len, lines._known.values())) <= MOST_KEPT


def block_of(rows: list[dict[str, object]], asked: list[Asked], refused: set[int]) -> Block:
    fields = {field for row in rows for field in row}
    rates = [Rate("EUR", Decimal("1.0842"), date(2026, 11, 24))]
    return Block(
        sheet="one\tsheet",
        numbers=list(range(2, len(rows) + 2)),
        values={field: [row.get(field) for row in rows] for field in fields},  # type: ignore[misc]
        ask_cents=[ask.cents for ask in asked],
        asks=[Ask.NAMED] * len(rows),
        faults=[Fault("", "", "", "", "")],
        fault_of=[0 if nth in refused else -1 for nth in range(len(rows))],
        odd=[],
        cash_cents=[ask.cash_cents for ask in asked],
        rates=rates,
        rate_of=[0 if ask.priced_in else -1 for ask in asked],
    )


@pytest.mark.parametrize("seed", range(30))
def test_lines_are_those_of_the_rows_that_fit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices of seven rows, so that what is refused twice stands in another slice than its twin."""
    monkeypatch.setattr("bourse.market.staged_lines.ROWS_AT_ONCE", 7)
    chance = random.Random(seed)
    rows = rows_of(chance, 60, mostly=True)
    for nth, row in enumerate(rows):
        row["stock_no"] = f"N-{nth if chance.random() < 0.8 else nth // 9}"
    asked, left = asks(chance, len(rows)), {nth for nth in range(60) if chance.random() < 0.1}
    columns = [Column("one\tsheet", 0, "Stock", "stock_no", 1.0, [])]
    made = StagedLines(columns)
    parts = [part for part in made.of(block_of(rows, asked, left)) if part[0]]
    lines = b"".join(zlib.decompress(part) for _, part in parts).decode().split("\n")[:-1]
    expected, seen, refused = [], set(), []
    for nth, (row, ask) in enumerate(zip(rows, asked, strict=True)):
        if nth in left:
            continue
        cells = alone(row, ask)
        keys = {(place, cells[place]) for place in (0, 1) if cells[place]} if cells else set()
        if cells is None or keys & seen:
            refused.append(nth + 2)
            continue
        seen |= keys
        expected.append(["one\\tsheet", str(nth + 2), *cells])
    told = [line.split("\t") for line in lines]
    assert [[*each[:2], *each[4:]] for each in told] == expected
    assert [refusal.row for refusal in made.refused] == refused
    assert sum(count for count, _ in parts) == len(expected)
    assert {len(each) for each in told} <= {len(STAGED)}
    assert len({name for each in told for name in each[2:4]}) == 2 * len(told)
