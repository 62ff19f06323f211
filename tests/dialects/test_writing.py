"""Our own layout: what is written reads back to the same values, without a question."""

import io
import os
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bourse.dialects import Reading, read_file
from bourse.dialects.dictionary import standard
from bourse.dialects.fields import FIELDS, Kind
from bourse.dialects.own_layout import ASK, CASH_ASK, PRICED_IN, RATE, RATE_DATE
from bourse.dialects.writing import (
    ALL_FIELDS,
    SAMPLES,
    RefusedLine,
    csv_of,
    header_of,
    refused_csv,
    refused_xlsx,
    template_csv,
    template_xlsx,
    xlsx_of,
)
from bourse.dialects.writing.texts import clean

Row = Mapping[str, object]
STONE: dict[str, object] = dict(SAMPLES[0])
ASKS = ("total_price", "cash_total_price")
# Fields of which our layout writes the parts, or another form.
IN_PARTS = {
    "measurements",
    "girdle",
    "price_per_carat",
    "total_price",
    "cash_total_price",
    "memo_total_price",
}
NOT_KEPT = {"list_price", "discount_pct", "currency"}


def csv(rows: list[Row], fields: list[str] | None = None) -> Reading:
    return read_file(b"".join(csv_of(rows, fields)), "stock.csv")


def xlsx(rows: list[Row], fields: list[str] | None = None) -> Reading:
    return read_file(xlsx_of(rows, fields), "stock.xlsx")


BOTH = pytest.mark.parametrize("read", [csv, xlsx])


def values(reading: Reading) -> list[dict[str, object]]:
    """The taken rows as they were written."""
    return [
        {name: value for name, value in stone.values.items() if name not in ASKS}
        | ({ASK: stone.ask_cents} if stone.ask_cents else {})
        | ({CASH_ASK: stone.cash_cents} if stone.cash_cents else {})
        | ({PRICED_IN: stone.priced_in, RATE: stone.rate, RATE_DATE: stone.rate_date} if stone.rate else {})
        for stone in reading.stones()
    ]


def test_every_field_has_its_column() -> None:
    assert set(ALL_FIELDS) - {ASK, CASH_ASK} == set(FIELDS) - IN_PARTS - NOT_KEPT
    assert len({header_of(field) for field in ALL_FIELDS}) == len(ALL_FIELDS)


@pytest.mark.parametrize(("made", "name"), [(template_csv, "t.csv"), (template_xlsx, "t.xlsx")])
def test_the_template_reads_back_with_its_sample_rows(made: Callable[[], bytes], name: str) -> None:
    reading = read_file(made(), name)
    assert (reading.questions, list(reading.unread()), list(reading.refused())) == ([], [], [])
    assert values(reading) == list(SAMPLES)
    assert {column.confidence for column in reading.columns} == {0.97}


HARD = [
    "=1+1", "+49 3 1234", "-", "--", "@SUM(A1)", "＝1+1", "−5", "'", "''", "'tis", "'=x", "n/a", "None", "0",
    "00123", "12E5", "1.50", "1-2", "3/4", "MAR1", "5 dec 2024", "TRUE", "50%", "$5", "1,234", "#REF!",
    "123456789012", 'he said "no"', "a,b;c\td", "two\nlines", "“…”", "钻石 גליל", "x" * 3000, "a\u2028b",
    "_x000D_",
    "GIA 6141438171", "https://a.example/b?c=d&e=f", "\ufffd",
]  # fmt: skip


@BOTH
@pytest.mark.parametrize("field", ["member_comment", "stock_no", "certificate_no", "city", "image_url"])
def test_hard_texts_come_back(read: Callable[[list[Row]], Reading], field: str) -> None:
    rows: list[Row] = [
        STONE | {"stock_no": f"A{at}", "certificate_no": f"R{at}x", field: text}
        for at, text in enumerate(HARD)
    ]
    reading = read(rows)
    assert reading.questions == []
    assert [row[field] for row in values(reading)] == [row[field] for row in rows]


@BOTH
@pytest.mark.parametrize(
    "text", ["a\n" * 100 + "b", f"x\n{',' * 88}\ny", 'q"\n"z\n,', "\n,".join("abababab")]
)
def test_long_and_odd_remarks_come_back(read: Callable[[list[Row]], Reading], text: str) -> None:
    rows: list[Row] = [STONE | {"member_comment": text}, STONE | {"stock_no": "B", "certificate_no": "7"}]
    assert values(read(rows)) == rows


def test_a_line_end_of_windows_in_a_workbook_is_a_line_end() -> None:
    data = xlsx_of([STONE | {"member_comment": "a\nb"}])
    book = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in book.namelist():
            made.writestr(name, book.read(name).replace(b"a\nb", b"a_x000D_\nb"))
    reading = read_file(out.getvalue(), "stock.xlsx")
    assert [stone.values["member_comment"] for stone in reading.stones()] == ["a\nb"]


@BOTH
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(
    read: Callable[[list[Row]], Reading],
) -> None:
    row = STONE | {"member_comment": "=cmd|' /C calc'!A0", "brand": "@x", "city": "-1+1", "country": "+x"}
    data = b"".join(csv_of([row])) if read is csv else _sheet_of(xlsx_of([row]))
    for text in ("=cmd|", "@x", "-1+1", "+x"):
        at = data.index(text.encode())
        assert data[at - 1 : at] == b"'"
    assert values(read([row])) == [row]


def _sheet_of(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as members:
        return members.read("xl/worksheets/sheet1.xml").replace(b"&apos;", b"'")


@BOTH
def test_two_asks_and_a_rate_come_back_to_the_cent(read: Callable[[list[Row]], Reading]) -> None:
    rate = {PRICED_IN: "EUR", RATE: Decimal("1.08425"), RATE_DATE: date(2026, 11, 24)}
    rows: list[Row] = [
        STONE | {ASK: 99_999_999_999, CASH_ASK: 51} | rate,
        STONE | {"stock_no": "B", "certificate_no": "1", ASK: None, CASH_ASK: 100},
        STONE | {"stock_no": "C", "certificate_no": "2", ASK: None, CASH_ASK: None},
    ]
    expected = [{name: value for name, value in row.items() if value is not None} for row in rows]
    assert values(read(rows)) == expected


@BOTH
def test_rows_of_a_view_have_its_columns_and_the_essential_ones(read: Callable[..., Reading]) -> None:
    reading = read([STONE], ["city", "lab"])
    assert [column.header for column in reading.columns] == [
        "Stock number", "Laboratory", "Growth", "Shape", "Weight ct", "Colour", "Clarity", "Total price USD",
        "City",
    ]  # fmt: skip
    assert reading.taken_count == 1


def test_a_column_of_another_hand_does_not_disturb() -> None:
    header, row, _end = b"".join(csv_of([STONE])).split(b"\r\n")
    reading = read_file(header + b",Mine\r\n" + row + b",x\r\n", "stock.csv")
    assert values(reading) == [STONE]
    assert [column.header for column in reading.columns if column.field is None] == ["Mine"]


def test_a_price_per_carat_may_stand_for_the_total() -> None:
    data = b"".join(csv_of([STONE])).decode().replace("Total price USD", "Price per carat USD")
    assert [stone.ask_cents for stone in read_file(data.encode(), "stock.csv").stones()] == [749_700]


LINES = [
    RefusedLine(
        7, ["A7", "XX", "1.00", "G", "VS1", "-30", "=1+1"], "“XX” is no shape that we know.", "Write Round."
    ),
    RefusedLine(9, ["A9", "RD", "0.90"], "The clarity is missing.", "Fill it in."),
]
HEADERS = ["Stock #", "Shape", "Weight", "Color", "Clarity", "Disc %", "Remark"]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_refused_rows_come_back_under_their_headers_and_are_read_as_the_file_was(format: str) -> None:
    data = b"".join(refused_csv(HEADERS, LINES)) if format == "csv" else refused_xlsx(HEADERS, LINES)
    mended = read_file(data, f"refused.{format}")
    assert [column.header for column in mended.columns] == HEADERS
    assert [(row.row, row.found) for row in mended.refused()] == [(2, "XX"), (3, "")]
    whole = [HEADERS, ["A7", "RD", "1.00", "G", "VS1", "-30", "=1+1"]]
    written = [RefusedLine(7, whole[1], "why", "cure")]
    back = b"".join(refused_csv(HEADERS, written)) if format == "csv" else refused_xlsx(HEADERS, written)
    reading = read_file(back, f"refused.{format}")
    assert reading.layout == mended.layout
    assert [stone.values["member_comment"] for stone in reading.stones()] == ["=1+1"]


def test_the_layout_of_refused_rows_is_that_of_their_file() -> None:
    file = (",".join(HEADERS) + "\nA7,RD,1.00,G,VS1,-30,x\n").encode()
    given = b"".join(refused_csv(HEADERS, LINES))
    assert read_file(file, "a.csv").layout == read_file(given, "b.csv").layout


SEED = int(os.environ.get("BOURSE_SEED", "1"))
TEXTS = st.lists(st.text(max_size=30).map(clean).filter(bool) | st.sampled_from(HARD), min_size=8, max_size=8)
LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"
CLARITIES = list(dict.fromkeys(standard().words_of("clarity").values()))
SEVERAL = {"image_url", "video_url"}


def any_rows(chance: random.Random, texts: list[str], count: int) -> list[Row]:
    """Rows with a third of all fields, each value one that some file could have given."""
    return [{"growth_type": "Natural"} | any_row(chance, texts, number) for number in range(count)]


def any_row(chance: random.Random, texts: list[str], number: int) -> dict[str, object]:
    row: dict[str, object] = {}
    for field in ALL_FIELDS:
        if field in FIELDS and chance.random() < 0.35:
            row[field] = any_value(chance, field, texts)
    row |= {"shape": chance.choice(["Round", "Pear", "Other"]), "carat": round(chance.uniform(0.01, 99), 3)}
    row |= {"color": any_colour(chance), "clarity": ends(chance, CLARITIES)}
    row |= {
        "stock_no": f"{chance.choice(texts)}{number}",
        "certificate_no": f"{chance.choice(texts)}{number}",
    }
    if row["color"] == "Fancy":
        row["fancy_color"] = chance.choice(["Yellow", "Pink", "Multi-color"])
    else:
        for name in ("fancy_color", "fancy_intensity", "fancy_overtone"):
            row.pop(name, None)
    for name in (PRICED_IN, RATE, RATE_DATE, "cash_price", "cash_discount_pct"):
        row.pop(name, None)
    asks = {ASK: chance.randint(50, 10**11), CASH_ASK: chance.randint(50, 10**8)}
    return row | {name: cents for name, cents in asks.items() if chance.random() < 0.6}


def any_value(chance: random.Random, field: str, texts: list[str]) -> object:
    known = FIELDS[field]
    if known.kind in (Kind.WORDS, Kind.FLAG):
        return chance.choice(list(standard().words_of(field).values()) or ["Yes", "No"])
    if known.kind in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY):
        return float(
            round(chance.uniform(max(known.low, 0.01), min(known.high, 1e8)), chance.choice([0, 2, 6])) or 1
        )
    if field in SEVERAL and chance.random() < 0.3:
        return [f"https://a.example/{number}" for number in range(chance.randint(2, 4))]
    return chance.choice(texts)


def any_colour(chance: random.Random) -> object:
    return chance.choice([chance.choice(LETTERS), "Fancy", "O-P", "S-Z", ["D", "F"], ["I", "J"]])


def ends(chance: random.Random, words: list[str]) -> object:
    best, worst = sorted(chance.sample(range(len(words)), 2))
    return chance.choice([words[best], [words[best], words[worst]]])


def everything_comes_back(rows: list[Row]) -> None:
    for read in (csv, xlsx):
        reading = read(rows)
        assert (reading.questions, list(reading.refused())) == ([], [])
        assert [cell for cell in reading.unread() if "\ufffd" not in cell.found] == []
        assert values(reading) == rows


@seed(SEED)
@settings(max_examples=60, deadline=None, database=None)
@given(texts=TEXTS, number=st.integers(0, 10**9))
def test_whatever_is_written_reads_back(texts: list[str], number: int) -> None:
    everything_comes_back(any_rows(random.Random(number), texts, 25))


@pytest.mark.long
@seed(SEED + 1)
@settings(max_examples=1500, deadline=None, database=None)
@given(texts=TEXTS, number=st.integers(0, 10**9))
def test_whatever_is_written_reads_back_many_times(texts: list[str], number: int) -> None:
    everything_comes_back(any_rows(random.Random(number), texts, 40))
