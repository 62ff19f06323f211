"""What was not taken of a file: told by its cure, mended in place or in a file of its own."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from api.calls import API, post, problem_of, send, sentence_of
from bourse.market.models import Upload
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, A3, like, many, stock_file

SignIn = Callable[[Actor], Client]
SHAPE, AVAILABILITY = 1, 8
HEADS = ["Stock #", "Shape", "Weight", "Color", "Clarity", "Lab", "Report #", "Total Price", "Availability"]


def broken(client: Client) -> str:
    """An upload with two rows that are not taken and a cell that is not read."""
    rows = [A1, like(A2, shape="Blob"), *(like(row, shape="Blob") for row in many(1))]
    rows += [like(A3, availability="Perhaps"), *many(20, 100)]
    public_id: str = send(client, stock_file(*rows)).json()["public_id"]
    return public_id


def mend(client: Client, upload: str, **body: Any) -> Any:
    return post(client, f"/uploads/{upload}/corrections", body)


def test_what_was_not_taken_is_told_by_its_cure(cast: Cast, signed_in: SignIn) -> None:
    upload = broken(signed_in(cast.asha))
    told = signed_in(cast.vera).get(f"{API}/uploads/{upload}/refused").json()
    ((group,), (unread,)) = told["refused"], told["unread"]
    assert (group["column"], group["index"], group["count"]) == ("Shape", SHAPE, 2)
    assert group["values"] == [{"text": "Blob", "count": 2}]
    assert [row["row"] for row in group["rows"]] == [3, 4]
    assert (unread["index"], unread["values"]) == (AVAILABILITY, [{"text": "Perhaps", "count": 1}])
    assert told["doubtful"] == []
    assert group["cure"] and group["expected"] and unread["cure"]


def test_one_text_stands_for_another_and_a_row_is_left_out(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.tara)
    upload = broken(signed_in(cast.asha))
    mended = mend(client, upload, replace=[{"index": SHAPE, "found": "Blob", "text": "Pear"}])
    assert (mended.status_code, mended.json()["state"]) == (200, "ready")
    assert mended.json()["totals"] == {"rows": 24, "taken": 24, "refused": 0}
    leave = {"sheet": "", "row": 3, "index": -1, "text": "leave"}
    memo = {"sheet": "", "row": 5, "index": AVAILABILITY, "text": "Memo"}
    left = mend(client, upload, corrections=[leave, memo]).json()
    assert (left["totals"]["taken"], left["unread"], len(left["corrections"])) == (23, [], 4)
    assert client.get(f"{API}/uploads/{upload}/difference").json()["counts"]["new"] == 23


def test_refused_rows_come_as_a_file_that_is_sent_alone(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    path = f"{API}/uploads/{broken(client)}/refused"
    csv, xlsx = (client.get(path, {"format": name}) for name in ("csv", "xlsx"))
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert csv["Content-Disposition"] == 'attachment; filename="refused-rows.csv"'
    assert csv["Cache-Control"] == "private, no-store"
    text = csv.content.decode("utf-8-sig")
    assert text.splitlines()[0].split(",") == [*HEADS, "Row", "Reason", "Cure"]
    assert len(text.splitlines()) == 3
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.content)).active
    assert [cell.value for cell in sheet[1]] == [*HEADS, "Row", "Reason", "Cure"]
    again = send(client, text.replace("Blob", "Pear").encode()).json()
    assert (again["state"], again["totals"]) == ("ready", {"rows": 2, "taken": 2, "refused": 0})


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (
            {"replace": [{"index": SHAPE, "found": "Splotch", "text": "Pear"}]},
            422,
            "No cell of the column with index 1 that was not taken reads “Splotch”. "
            "The answer of “refused” names what was found, and where.",
        ),
        (
            {"corrections": [{"sheet": "", "row": 0, "index": 1, "text": "Pear"}]},
            422,
            "There is no cell at row 0, column 2 that could be corrected.",
        ),
        (
            {"corrections": [{"sheet": "", "row": 26, "index": 1, "text": "Pear"}]},
            422,
            "Nothing stands in row 26; the last row of the file is 25.",
        ),
        (
            {"corrections": [{"sheet": "Rings", "row": 2, "index": 1, "text": "Pear"}]},
            422,
            "The file has no sheet called “Rings”.",
        ),
    ],
)
def test_a_correction_that_is_not_possible_says_why(
    cast: Cast, signed_in: SignIn, body: dict[str, Any], status: int, sentence: str
) -> None:
    client = signed_in(cast.asha)
    upload = broken(client)
    assert sentence_of(mend(client, upload, **body)) == (status, sentence)
    assert Upload.objects.get().corrections == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"corrections": [{"sheet": "", "row": 2**70, "index": 1, "text": "x"}]}, "/corrections/0/row"),
        ({"corrections": [{"sheet": "", "row": 3, "index": 2**40, "text": "x"}]}, "/corrections/0/index"),
        ({"replace": [{"index": SHAPE, "found": "Blob"}]}, "/replace/0"),
        ({"cells": []}, "/cells"),
    ],
)
def test_a_correction_that_no_file_can_have_is_named(
    cast: Cast, signed_in: SignIn, body: dict[str, Any], pointer: str
) -> None:
    client = signed_in(cast.asha)
    refused = mend(client, broken(client), **body)
    assert problem_of(refused) == (400, "body_not_understood")
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
    assert Upload.objects.get().corrections == []


def test_a_text_with_a_null_character_is_not_taken(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    for body in (
        {"corrections": [{"sheet": "", "row": 3, "index": 1, "text": "Pe\0ar"}]},
        {"replace": [{"index": SHAPE, "found": "Bl\0b", "text": "Pear"}]},
    ):
        assert problem_of(mend(client, broken(client), **body)) == (422, "text_not_taken")


def test_a_format_that_no_list_has(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    asked = client.get(f"{API}/uploads/{broken(client)}/refused?format=pdf")
    assert problem_of(asked) == (400, "parameter_not_understood")
    assert [one["pointer"] for one in asked.json()["errors"]] == ["/format"]


def test_viewers_and_strangers_mend_nothing(cast: Cast, signed_in: SignIn) -> None:
    upload = broken(signed_in(cast.asha))
    for body in (
        {"corrections": [{"sheet": "", "row": 3, "index": SHAPE, "text": "Pear"}]},
        {"replace": [{"index": SHAPE, "found": "Blob", "text": "Pear"}]},
    ):
        refused = mend(signed_in(cast.vera), upload, **body)
        assert sentence_of(refused) == (403, "Viewers look; owners and traders change stock.")
        for stranger in (cast.carl, cast.omar):
            assert problem_of(mend(signed_in(stranger), upload, **body)) == (404, "not_there")
    for query in ("", "?format=csv", "?format=xlsx"):
        asked = signed_in(cast.carl).get(f"{API}/uploads/{upload}/refused{query}")
        assert sentence_of(asked) == (404, "There is no such upload.")
    assert Upload.objects.get().corrections == []
