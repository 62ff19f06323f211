"""What was not taken of a file: grouped by cure, mended in place or outside, and what is remembered of it."""

import io

import openpyxl
import pytest

from bourse.dialects import Correction
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import change_layout, correct_rows, forget_layout
from bourse.market.models import StagedRow, SupplierLayout
from bourse.market.queries import (
    FoundValue,
    UploadView,
    corrections_for,
    layouts,
    refused_file,
    refused_groups,
    refused_rows,
    unread_groups,
    upload,
)
from bourse.market.refusals import AnswerNotOffered, CorrectionNotPossible, ViewersOnlyLook
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, answered, like, listed, many, read, sent, sent_file, stock_file
from market.stock import as_it_stands

SHAPE, AVAILABILITY = 1, 8


def mended(actor: Actor, view: UploadView, *corrections: Correction) -> UploadView:
    begun = correct_rows(actor=actor, upload_id=view.public_id, corrections=[*corrections], now=NOON)
    assert begun.state == "waiting"
    return read(actor, begun)


def test_refused_rows_are_grouped_over_all_rows(cast: Cast) -> None:
    rows = [like(row, shape="Blob" if number % 3 else "Splotch") for number, row in enumerate(many(150))]
    view = sent(cast.asha, A1, *rows, like(A2, weight="heavy"), *many(1_000, start=1_000))
    groups = refused_groups(cast.vera, view.public_id)
    assert [(group.column, group.index, group.count) for group in groups] == [
        ("Shape", SHAPE, 100),
        ("Shape", SHAPE, 50),
        ("Weight", 2, 1),
    ]
    assert groups[0].values == [FoundValue("Blob", 100)]
    assert [row.row for row in groups[0].rows] == [4, 5, 7, 8, 10, 11, 13, 14, 16, 17]
    assert groups[0].rows[0].cells == list(rows[1])
    assert all(group.cure and group.why for group in groups)


def test_cells_not_read_are_grouped_too(cast: Cast) -> None:
    view = sent(cast.asha, *(like(row, availability="Perhaps") for row in many(20)), *many(100, 100))
    groups = unread_groups(cast.asha, view.public_id)
    assert [(group.index, group.count, group.values) for group in groups] == [
        (AVAILABILITY, 20, [FoundValue("Perhaps", 20)])
    ]


def test_a_cell_is_mended_in_place(cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, shape="Blob"), like(A3, availability="Perhaps"))
    fixed = mended(cast.tara, view, Correction("", 3, SHAPE, "Pear"), Correction("", 4, AVAILABILITY, "Memo"))
    assert (fixed.state, fixed.totals) == ("ready", {"rows": 3, "taken": 3, "refused": 0})
    assert (fixed.unread, len(fixed.corrections)) == ([], 2)
    told = dict(StagedRow.objects.values_list("supplier_stock_number", "shape"))
    assert told == {"A-1": "Round", "A-2": "Pear", "A-3": "Oval"}
    again = mended(cast.asha, fixed, Correction("", 3, SHAPE, "Oval"), Correction("", 4, -1, "leave"))
    assert (len(again.corrections), again.totals["taken"]) == (3, 2)


def test_a_text_is_replaced_in_all_cells_of_a_column(cast: Cast) -> None:
    rows = [like(row, shape="Blob") for row in many(150)]
    view = sent(cast.asha, *rows, like(A2, availability="Blob"), *many(1_000, 1_000))
    found = corrections_for(cast.vera, view.public_id, SHAPE, "Blob", "Round")
    assert found == [Correction("", number, SHAPE, "Round") for number in range(2, 152)]
    assert len(corrections_for(cast.asha, view.public_id, AVAILABILITY, "Blob", "Memo")) == 1
    assert corrections_for(cast.asha, view.public_id, SHAPE, "Blob", "x", sheet="other") == []
    assert mended(cast.asha, view, *found).totals == {"rows": 1_151, "taken": 1_151, "refused": 0}


@pytest.mark.parametrize(
    "wrong",
    [
        Correction("", 0, 1, "x"),
        Correction("", 2, -2, "x"),
        Correction("", 2, -1, "gone"),
        Correction("", 2, 1, "x" * 2_001),
        Correction("no such sheet", 2, 1, "x"),
    ],
)
def test_a_cell_that_is_not_there_is_refused(cast: Cast, wrong: Correction) -> None:
    view = sent(cast.asha, like(A1, shape="Blob"), A2, A3)
    with pytest.raises(CorrectionNotPossible):
        correct_rows(actor=cast.asha, upload_id=view.public_id, corrections=[wrong], now=NOON)
    assert upload(cast.asha, view.public_id) == view


@pytest.mark.parametrize(
    ("who", "refusal"), [("vera", ViewersOnlyLook), ("ben", NotThere), ("carl", NotThere), ("omar", NotThere)]
)
def test_nobody_else_mends_or_looks(cast: Cast, who: str, refusal: type[Refusal]) -> None:
    view = sent(cast.asha, like(A1, shape="Blob"))
    actor: Actor = getattr(cast, who)
    with pytest.raises(refusal):
        correct_rows(
            actor=actor, upload_id=view.public_id, corrections=[Correction("", 2, 1, "Round")], now=NOON
        )
    assert upload(cast.asha, view.public_id) == view
    if who == "vera":
        return
    for question in (refused_groups, unread_groups):
        with pytest.raises(NotThere):
            question(actor, view.public_id)
    with pytest.raises(NotThere):
        refused_file(actor, view.public_id, "csv")
    with pytest.raises(NotThere):
        corrections_for(actor, view.public_id, 1, "Blob", "Round")


def with_pears(content: bytes, format: str) -> bytes:
    """The file as its supplier mends it in a spreadsheet."""
    if format == "csv":
        return content.replace(b"Blob", b"Pear")
    book, mended = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.value == "Blob"):
        cell.value = "Pear"
    book.save(mended)
    return mended.getvalue()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_refused_rows_go_out_and_come_back_alone(cast: Cast, format: str) -> None:
    listed(cast.asha, A1)
    before = as_it_stands(cast.asha)
    view = sent(cast.asha, A1, like(A2, shape="Blob"), like(A3, shape="Blob"), *many(9))
    given = with_pears(refused_file(cast.asha, view.public_id, format), format)
    back = sent_file(cast.asha, given, f"refused.{format}")
    assert (back.state, back.totals) == ("ready", {"rows": 2, "taken": 2, "refused": 0})
    assert set(StagedRow.objects.filter(upload__public_id=back.public_id).values_list("report_key")) == {
        ("GIA 7000000002",),
        ("IGI 7000000003",),
    }
    assert as_it_stands(cast.asha) == before
    with pytest.raises(NotThere):
        refused_file(cast.asha, view.public_id, "pdf")


def test_a_row_that_no_listing_holds_goes_out_with_its_cells(cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, stock="x" * 61))
    row = refused_rows(cast.asha, view.public_id)[0]
    assert (row.index, row.cells[:5]) == (0, ["x" * 61, "Pear", "0.5", "E", "SI1"])
    assert b"x" * 61 in refused_file(cast.asha, view.public_id, "csv")


def test_own_mappings_are_remembered_shown_changed_and_forgotten(cast: Cast) -> None:
    rows = [*(like(row, shape="Blob") for row in many(3)), *many(30, 10)]
    view = sent(cast.asha, *rows)
    value = next(found.key for found in view.values if found.text == "Blob")
    key = next(column.key for column in view.columns if column.header == "Availability")
    own = {value: "Pear", f"column:{key}": "nothing"}
    fixed = answered(cast.tara, view, own)
    assert (fixed.totals["taken"], fixed.answers) == (33, own)
    again = sent(cast.asha, *rows)
    assert (again.state, again.answers, again.totals["taken"]) == ("ready", own, 33)
    assert [column.surety for column in again.columns if column.key == key] == ["yours"]
    assert [found.is_own for found in again.values if found.text == "Blob"] == [True]
    known = layouts(cast.vera)
    assert [(layout.file_name, {each.key: each.answer for each in layout.answers}) for layout in known] == [
        ("stock.csv", own)
    ]
    assert layouts(cast.ben) == layouts(cast.omar) == []
    change_layout(actor=cast.tara, layout=known[0].layout, answers={f"column:{key}": ""}, now=NOON)
    assert sent(cast.asha, *rows).answers == {value: "Pear"}
    for wrong in ({value: "Square-ish"}, {"column:none": "shape"}):
        with pytest.raises(AnswerNotOffered):
            change_layout(actor=cast.tara, layout=known[0].layout, answers=wrong, now=NOON)
    for actor, refusal in ((cast.vera, ViewersOnlyLook), (cast.carl, NotThere)):
        with pytest.raises(refusal):
            forget_layout(actor=actor, layout=known[0].layout, now=NOON)
    forget_layout(actor=cast.tara, layout=known[0].layout, now=NOON)
    assert (layouts(cast.asha), sent(cast.asha, *rows).totals["taken"]) == ([], 30)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"column:0": "colour of the sky"}, {"value:shape:blob": "Blobby"}, {"sheet:none": "read"}),
        *({"encoding": "klingon"}, {"encoding": "utf-16"}, {"encoding:x": "utf-8"}, {"header:": "5"}),
        *({"header:": "99999999999"}, {"header:": "0"}),
    ],
)
def test_an_own_word_that_means_nothing_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    view = sent(cast.asha, like(A1, shape="Blob"), A2, A3)
    key = view.columns[0].key
    wrong = {name.replace("column:0", f"column:{key}"): answer for name, answer in wrong.items()}
    with pytest.raises(AnswerNotOffered):
        answered(cast.asha, view, wrong)
    assert upload(cast.asha, view.public_id) == view
    assert not SupplierLayout.objects.exists()


def test_what_no_row_of_the_file_can_take_is_refused_at_once(cast: Cast) -> None:
    given = stock_file(A1, like(A2, shape="Blob")).replace(b"\r\n", b"\n")
    first, *rest = given.splitlines(keepends=True)
    view = sent_file(cast.asha, b"\n\n" + first + b"\n" + b"".join(rest))
    assert [(sheet.last, sheet.blank) for sheet in view.sheets] == [(6, [(1, 2), (4, 4)])]
    for row in (1, 4, 7, 1_000_000):
        sentence = f"^Nothing stands in row {row}; the last row of the file is 6.$"
        with pytest.raises(CorrectionNotPossible, match=sentence):
            mended(cast.asha, view, Correction("", row, SHAPE, "Pear"))
    assert upload(cast.asha, view.public_id) == view
    assert mended(cast.asha, view, Correction("", 6, SHAPE, "Pear")).totals["taken"] == 2


def test_an_encoding_that_is_read_is_taken(cast: Cast) -> None:
    view = answered(cast.asha, sent(cast.asha, A1, A2), {"encoding": "cp1251"})
    assert (view.state, view.totals["taken"]) == ("ready", 2)


def test_a_rate_of_another_day_is_asked_again(cast: Cast) -> None:
    euros = stock_file(A1, A2).replace(b"Total Price", b"Total Price EUR")
    view = sent_file(cast.asha, euros)
    assert view.state == "asking"
    rate = {view.questions[0].key: f"rate:1.1:{NOON:%Y-%m-%d}"}
    told = answered(cast.asha, view, rate)
    assert told.state == "ready"
    first = StagedRow.objects.order_by("row")[0]
    assert (first.ask_cents, first.priced_in, first.rate_date) == (777_700, "EUR", NOON.date())
    assert sent_file(cast.asha, euros).state == "ready"
    later = sent_file(cast.asha, euros, now=NOON.replace(day=NOON.day + 1))
    assert (later.state, later.answers) == ("asking", {})
