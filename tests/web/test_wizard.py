"""The steps between a file and its changes: each can be come back to, and nothing is live before the last."""

import html
import json
import re
from typing import Any

import pytest

from bourse.dialects import read_file
from bourse.doors.web.listings import mending
from bourse.market.models import Listing, Upload, UploadState
from bourse.market.queries import Group, RefusedRowView
from cast import Cast
from market.files import A1, A2, A3, like, listed, live, sent, sent_file, stock_file
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
ROUNDISH = like(A2, shape="Roundish")
NO_GRADE = like(A3, clarity="XX")
CSV = "text/csv; charset=utf-8"


def page_of(view: Any, step: str = "") -> str:
    return f"/listings/uploads/{view.public_id}/{step}"


def boxes(page: str, name: str) -> list[str]:
    """The values of all boxes of this name."""
    return [html.unescape(value) for value in re.findall(rf'name="{name}" value="([^"]*)"', page)]


def state_of(view: Any) -> tuple[str, int]:
    found = Upload.objects.get(public_id=view.public_id)
    return found.state, found.report.get("totals", {}).get("taken", 0)


def test_the_steps_lead_to_each_other_while_the_file_is_open(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    page = text_of(browse(cast.asha).get(page_of(view)))
    for step in ("sheets", "columns", "values", "rows"):
        assert f'<a href="{page_of(view, step)}/">' in page
    assert '<span aria-current="step">Changes</span>' in page


def test_a_column_is_what_its_owner_says(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    client = browse(cast.tara)
    page = client.get(page_of(view, "columns/")).content.decode()
    assert "As read: Availability" in page
    box = re.search(r'<select name="(c\d+)"(?:(?!</select>).)*As read: Availability', page, re.DOTALL)
    assert box is not None
    answer = client.post(page_of(view, "columns/"), {box.group(1): "nothing"})
    assert answer["Location"] == page_of(view)
    assert Upload.objects.get(public_id=view.public_id).answers == {"column:availability": "nothing"}
    again = text_of(client.get(page_of(view, "columns/")))
    assert '<option value="nothing" selected>Leave it aside</option>' in again
    assert ">yours</td>" in again


def test_what_was_not_changed_is_not_read_again(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    client = browse(cast.asha)
    before = Upload.objects.get(public_id=view.public_id)
    for step in ("sheets", "columns", "values"):
        assert client.post(page_of(view, f"{step}/"), {})["Location"] == page_of(view)
    after = Upload.objects.get(public_id=view.public_id)
    assert (after.answers, after.state, after.stage_at) == ({}, "ready", before.stage_at)


def test_a_spelling_gets_its_meaning_and_its_row_is_taken(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, ROUNDISH)
    assert state_of(view) == (UploadState.READY, 1)
    client = browse(cast.asha)
    page = client.get(page_of(view, "values/")).content.decode()
    assert "1 not read" in page
    box = re.search(r'“Roundish” means</label><select name="(v\d+)"', page)
    assert box is not None
    client.post(page_of(view, "values/"), {box.group(1): "Round"})
    assert state_of(view) == (UploadState.READY, 2)


@pytest.mark.parametrize("sent_back", [{"c0": "price of eggs"}, {"c0": "shape" * 90}])
def test_a_field_that_there_is_not_is_said_at_its_box(
    browse: Browse, cast: Cast, sent_back: dict[str, str]
) -> None:
    view = sent(cast.asha, A1)
    answer = browse(cast.asha).post(page_of(view, "columns/"), sent_back)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert '<a href="#id_c0">' in text_of(answer)
    assert Upload.objects.get(public_id=view.public_id).answers == {}


def test_the_row_of_the_heads_is_set_by_hand(browse: Browse, cast: Cast) -> None:
    view = sent_file(cast.asha, b"My list\n" + stock_file(A1))
    client = browse(cast.asha)
    page = text_of(client.get(page_of(view, "sheets/")))
    assert boxes(page, "h0") == ["2"]
    assert '<tr class="picked"><th scope="row" class="n quiet">2</th>' in page
    wrong = client.post(page_of(view, "sheets/"), {"h0": "the second"})
    assert wrong.status_code == 422
    assert "Enter the number of the row that holds the heads, for example 3" in text_of(wrong)
    client.post(page_of(view, "sheets/"), {"h0": "2"})
    assert Upload.objects.get(public_id=view.public_id).answers == {}


def test_one_text_is_replaced_in_all_its_rows(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, NO_GRADE, like(NO_GRADE, stock="A-9", report="7000000009"))
    client = browse(cast.asha)
    page = client.get(page_of(view, "rows/")).content.decode()
    assert "2 · “XX” is no clarity that we know." in html.unescape(page)
    find = boxes(page, "find")
    assert [json.loads(place)[2] for place in find] == ["XX"]
    client.post(page_of(view, "rows/"), {"find": find, "replace": ["VVS2"]})
    assert state_of(view) == (UploadState.READY, 3)
    assert Listing.objects.count() == 0


def test_a_form_of_many_cells_comes_back_whole(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, ROUNDISH)
    client = browse(cast.asha)
    page = client.get(page_of(view, "rows/")).content.decode()
    ((find,), cells) = boxes(page, "find"), boxes(page, "at")
    # As many boxes as a portal's sixty columns make of thirty rows: twice a thousand fields.
    places = [cells[number % len(cells)] for number in range(1_800)]
    form = {"at": places, "text": [json.loads(place)[3] for place in places]}
    answer = client.post(page_of(view, "rows/"), form | {"find": [find], "replace": ["Round"]})
    assert answer["Location"] == page_of(view)
    assert state_of(view) == (UploadState.READY, 2)


def test_single_rows_are_offered_while_a_form_can_send_them_back() -> None:
    row = RefusedRowView("", 2, "Shape", "x", "a shape", "why", "cure", 0, ["x"] * 300)
    group = Group("", "Shape", 0, "a shape", "cure", "why", 50, [], [row] * 10)
    assert [len(one.rows) for one in mending.within([group, group], 4_000)] == [10, 3]


def test_a_single_cell_is_mended_and_another_row_left_out(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, ROUNDISH, NO_GRADE)
    client = browse(cast.asha)
    page = client.get(page_of(view, "rows/")).content.decode()
    places = boxes(page, "at")
    texts = [json.loads(place)[3] for place in places]
    assert "Roundish" in texts and "XX" in texts
    leave = [place for place in boxes(page, "leave") if json.loads(place)[1] == 4]
    mended = {
        "at": places,
        "text": ["Pear" if text == "Roundish" else text for text in texts],
        "leave": leave,
    }
    client.post(page_of(view, "rows/"), mended)
    assert state_of(view) == (UploadState.READY, 2)
    assert "No row is refused." in text_of(client.get(page_of(view, "rows/")))


@pytest.mark.parametrize(
    "form", [{"at": ["nothing"], "text": ["x"]}, {"at": ['["",2,1,"x"]'], "text": []}, {"leave": ["[2]"]}]
)
def test_a_form_that_came_back_broken_changes_nothing(
    browse: Browse, cast: Cast, form: dict[str, list[str]]
) -> None:
    view = sent(cast.asha, A1, ROUNDISH)
    answer = browse(cast.asha).post(page_of(view, "rows/"), form)
    assert answer.status_code == 422
    assert "The form came back incomplete." in text_of(answer)
    assert Upload.objects.get(public_id=view.public_id).corrections == []


def test_refused_rows_go_along_with_their_reason_and_come_back_alone(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, ROUNDISH)
    answer = browse(cast.vera).get(page_of(view, "rows.csv"))
    assert answer["Content-Type"] == CSV
    assert answer["Content-Disposition"] == 'attachment; filename="refused-rows.csv"'
    text = answer.content.decode("utf-8-sig")
    assert "“Roundish” is no shape that we know." in text
    back = sent_file(cast.asha, answer.content.replace(b"Roundish,", b"Pear,"), name="refused-rows.csv")
    assert state_of(back) == (UploadState.READY, 1)
    assert browse(cast.asha).get(page_of(view, "rows.pdf")).status_code == 404


def test_a_stock_is_restored_as_before_an_upload(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.asha, like(A1, price="5000"), mode="replace_all")
    last = Upload.objects.latest("pk")
    client = browse(cast.asha)
    assert "Restore the stock as before this upload" in text_of(client.get(page_of(last)))
    begun = client.post(page_of(last, "restore/"))
    page = text_of(client.get(begun["Location"]))
    assert "Nothing is live yet." in page
    assert live("A-1").ask_cents == 500_000
    form = {"fingerprint": boxes(page, "fingerprint")[0]}
    client.post(f"{begun['Location']}confirm/", form)
    assert (live("A-1").ask_cents, live("A-2").ask_cents) == (707_000, 150_000)


def test_what_an_upload_changed_is_told_by_kind(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.asha, like(A1, price="5000"), A3, mode="replace_all")
    last = Upload.objects.latest("pk")
    client = browse(cast.vera)
    changed = text_of(client.get(page_of(last, "changes/?kind=changed")))
    assert "<del>7,000</del>" in changed and "<ins>4,951</ins>" in changed
    assert "A-3" in text_of(client.get(page_of(last, "changes/?kind=new")))
    assert "A-2" in text_of(client.get(page_of(last, "changes/?kind=removed")))
    assert "None." in text_of(client.get(page_of(last, "changes/?kind=returned")))
    assert client.get(page_of(last, "changes/?kind=odd")).status_code == 404


def test_what_is_remembered_is_shown_and_taken_back(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, ROUNDISH)
    client = browse(cast.asha)
    page = client.get(page_of(view, "values/")).content.decode()
    box = re.search(r'“Roundish” means</label><select name="(v\d+)"', page)
    assert box is not None
    client.post(page_of(view, "values/"), {box.group(1): "Round"})
    assert sent(cast.asha, A1, ROUNDISH).totals["taken"] == 2
    shown = text_of(client.get("/listings/layouts/"))
    assert "“roundish” in Shape" in shown and "<td>Round</td>" in shown
    layout, key = boxes(shown, "layout")[0], boxes(shown, "key")[0]
    client.post("/listings/layouts/", {"layout": layout, "key": key})
    assert sent(cast.asha, A1, ROUNDISH).totals["taken"] == 1
    client.post("/listings/layouts/", {"layout": layout})
    assert "Nothing is remembered yet." in text_of(client.get("/listings/layouts/"))


def test_a_reading_tells_how_far_it_is(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    Upload.objects.filter(public_id=view.public_id).update(
        state="reading", stage="storing", rows_done=20_000, rows_total=100_000
    )
    part = text_of(browse(cast.vera).get(page_of(view, "progress/")))
    assert '<progress value="20000" max="100000" aria-label="Rows kept">' in part
    assert "20,000 of 100,000 rows" in part
    assert "data-done" not in part
    page = text_of(browse(cast.vera).get(page_of(view)))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "You may leave this page" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_stock_comes_as_a_list_that_changes_nothing(browse: Browse, cast: Cast, kind: str) -> None:
    listed(cast.asha, A1, A2, A3)
    answer = browse(cast.vera).get(f"/listings/stock.{kind}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    back = sent_file(cast.asha, content, name=f"stock.{kind}", mode="replace_all")
    page = text_of(browse(cast.asha).get(page_of(back)))
    assert "Close this file: it changes nothing" in page


def test_the_template_reads_without_a_question(browse: Browse, cast: Cast) -> None:
    client = browse(cast.vera)
    assert "Template with sample rows, XLSX" in text_of(client.get("/listings/template/"))
    for kind in ("csv", "xlsx"):
        reading = read_file(client.get(f"/listings/template.{kind}").content, f"template.{kind}")
        assert reading.questions == []
        assert len(list(reading.refused())) == 0
    assert client.get("/listings/template.json").json()["type"] == "object"


STEPS = ("sheets/", "columns/", "values/", "rows/")


@pytest.mark.parametrize("step", STEPS)
def test_a_viewer_looks_on_and_a_stranger_finds_nothing(browse: Browse, cast: Cast, step: str) -> None:
    view = sent(cast.asha, A1)
    assert browse(cast.vera).get(page_of(view, step)).status_code == 403
    assert browse(cast.carl).get(page_of(view, step)).status_code == 404
    assert browse(cast.carl).post(page_of(view, step), {"c0": "nothing"}).status_code == 404
    assert Upload.objects.get(public_id=view.public_id).answers == {}


@pytest.mark.parametrize("address", ["rows.csv", "changes/", "progress/"])
def test_a_stranger_sees_nothing_of_an_upload(browse: Browse, cast: Cast, address: str) -> None:
    listed(cast.asha, A1)
    last = Upload.objects.latest("pk")
    assert browse(cast.carl).get(page_of(last, address)).status_code == 404
    assert browse(cast.carl).post(page_of(last, "restore/")).status_code == 404
    assert Upload.objects.count() == 1


def test_an_upload_that_is_over_has_no_steps(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    last = Upload.objects.latest("pk")
    for step in STEPS:
        assert browse(cast.asha).get(page_of(last, step))["Location"] == page_of(last)
