"""`./bourse inspect`: what it prints, and the status that it leaves."""

import io
import json
import sys
from pathlib import Path

import pytest

from bourse.dialects import read_file
from bourse.run.inspect import main
from bourse.run.inspected import report

STOCK = "Stock #,Shape,Weight,Color,Clarity,Price\nA1,RD,1.00,G,VS1,7000\nA2,XX,1.00,H,VS2,6000\n"
ANSWER = {"price:price": "total_price"}
LEDGER = "Date,Supplier,Paid\n2026-01-02,Ravi,100\n"


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    path = tmp_path / "stock.csv"
    path.write_text(STOCK)
    return path


def test_a_file_is_shown_with_its_columns_refusals_and_questions(
    stock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(stock)]) == 0
    shown = capsys.readouterr().out
    assert "2 rows: 1 taken, 1 refused, 1 open question" in shown
    assert "row 3: “XX” is no shape that we know." in shown
    assert "--answer 'price:price=price_per_carat'" in shown
    assert "\033" not in shown


ODD = STOCK + "A3,RD,1.00,G,VS1,ask us\n"


def test_a_cell_that_was_not_read_is_named_with_its_column_and_row() -> None:
    shown = report("stock.csv", read_file(ODD.encode(), "stock.csv", ANSWER), in_colour=False)
    assert "1 x “ask us” in column “Price”, row 4: This is not a number." in shown


def test_sentences_keep_within_the_screen_and_stand_whole_in_a_pipe() -> None:
    reading = read_file(STOCK.encode(), "stock.csv")
    narrow = report("stock.csv", reading, in_colour=False, width=60)
    assert max(map(len, narrow.splitlines())) <= 60
    piped = report("stock.csv", reading, in_colour=False)
    assert " ".join(narrow.split()) == " ".join(piped.split())


def test_json_is_one_object_of_the_documented_shape(stock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(stock), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["file"] == "stock.csv"
    assert shown["totals"] == {"rows": 2, "taken": 1, "refused": 1}
    assert shown["questions"][0]["key"] == "price:price"


def test_an_answer_closes_its_question(stock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(stock), "--json", "--answer", "price:price=total_price"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == []


def test_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STOCK.encode())))
    assert main(["-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "standard input"


def test_a_refused_file_leaves_status_one_and_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER)
    assert main([str(path), "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["file", "error"]
    assert shown["error"]["code"] == "not_a_stock_list"


@pytest.mark.parametrize("arguments", [[], ["--nonsense", "x"], ["/no/such/file.csv"]])
def test_a_wrong_call_leaves_status_two(arguments: list[str]) -> None:
    assert main(arguments) == 2


LONG = """My list
Stock #,Shape,Weight,Color,Clarity,Fluor,Lab,Report #,Price/Ct EUR
A1,RD,1.00,G,VS1,Glim,GIA,61414381710,7000
A2,XX,1.00,H,VS2,N,GIA,6141438171,6000
"""


def test_sheets_spellings_and_doubts_are_shown_with_what_answers_them() -> None:
    shown = report("stock.csv", read_file(LONG.encode(), "stock.csv"), in_colour=False)
    assert "the list: 4 rows, headers in row 2, read" in shown
    assert "“Glim” (1 x) in “Fluor” is not known" in shown
    assert "--answer 'value:fluorescence_intensity:glim=…'" in shown
    assert "--answer 'currency:EUR=rate:1.0842:2026-11-24'" in shown
    assert "1 x “61414381710” in column “Report #”, row 3: Report numbers of GIA have 7 to 10 digits" in shown


def test_own_words_corrections_and_rows_left_out_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.csv"
    path.write_text(LONG)
    own = ["--answer", "value:shape:xx=Pear", "--answer", "currency:EUR=rate:1.5:2026-11-24"]
    assert main([str(path), "--json", *own, "--correct", "F3=Faint"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["totals"], shown["unread"], shown["questions"]) == (
        {"rows": 2, "taken": 2, "refused": 0}, [], [],
    )  # fmt: skip
    assert [row["values"]["shape"] for row in shown["rows"]] == ["Round", "Pear"]
    assert shown["rows"][0]["values"]["fluorescence_intensity"] == "Faint"
    assert main([str(path), "--json", "--leave", "4"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["rows"] == 1


@pytest.mark.parametrize("option", ["--correct=F3", "--correct=33=x", "--leave=x", "--correct=F=x"])
def test_a_correction_of_no_cell_is_a_wrong_call(stock: Path, option: str) -> None:
    assert main([str(stock), option]) == 2


def test_an_answer_that_means_nothing_leaves_status_one_and_says_why(
    stock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(stock), "--answer", "column:shape=blob"]) == 1
    assert "“blob”, which is no field" in capsys.readouterr().out
