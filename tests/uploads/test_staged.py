"""Files of the corpus sent through the orders of the market: whole or not at all, and nothing is live."""

import csv
import io

import openpyxl
import pytest

from bourse.dialects.writing import csv_of, xlsx_of
from bourse.dialects.writing.texts import is_formula
from bourse.market.actions import accept_upload
from bourse.market.models import AskChange, Listing, RefusedRow, StagedRow, Stone, UnreadCell
from bourse.market.queries import difference
from bourse.market.queries.exporting import stock_to_export
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import sent_file
from uploads import formulas
from uploads.cases import Case
from uploads.corpus import some_cases
from uploads.stock import AT, as_csv, table

pytestmark = pytest.mark.usefixtures("read_in_process")


def some_tame_cases(of_each: int) -> list[Case]:
    """Cases that are safe to read in the test's own process; what has no byte is refused at the door."""
    return [case for case in some_cases(of_each) if not case.is_alone and case.made()]


def is_staged_whole_or_not_at_all(actor: Actor, case: Case) -> None:
    sent = sent_file(actor, case.made(), case.file)
    staged, refused, unread = (
        model.objects.filter(upload__public_id=sent.public_id).count()
        for model in (StagedRow, RefusedRow, UnreadCell)
    )
    if case.refusal:
        assert (sent.state, staged, refused, unread) == ("refused", 0, 0, 0), case.label
        assert sent.refusal and sent.refusal.sentence.endswith("."), case.label
    else:
        assert sent.state == ("asking" if case.asks else "ready"), case.label
        assert (staged, refused) == (case.taken, case.refused), case.label


def test_a_file_is_staged_whole_or_not_at_all_and_nothing_is_live(cast: Cast) -> None:
    cases = some_tame_cases(of_each=6)
    assert len({case.kind for case in cases}) == 9
    for case in cases:
        is_staged_whole_or_not_at_all(cast.asha, case)
    assert not Listing.objects.exists()
    assert not AskChange.objects.exists()
    assert not Stone.objects.exists()


@pytest.mark.long
def test_many_files_are_staged_whole_or_not_at_all(cast: Cast) -> None:
    for case in some_tame_cases(of_each=60):
        is_staged_whole_or_not_at_all(cast.asha, case)
    assert not Listing.objects.exists()


def put_live(actor: Actor, content: bytes) -> None:
    sent = sent_file(actor, content)
    told = difference(actor, sent.public_id)
    accept_upload(actor=actor, upload_id=sent.public_id, fingerprint=told.fingerprint, removing=0, now=NOON)


def test_a_report_that_another_company_lists_is_each_ones_own_claim(cast: Cast) -> None:
    put_live(cast.asha, as_csv(table()))
    hers = list(Listing.objects.filter(company_id=cast.asha.company_id).order_by("pk").values())
    rows = table()
    for row in rows[1:]:
        row[AT["Color"]] = "J"
    put_live(cast.ben, as_csv(rows))
    assert list(Listing.objects.filter(company_id=cast.asha.company_id).order_by("pk").values()) == hers
    his = Listing.objects.filter(company_id=cast.ben.company_id, is_live=True)
    assert set(his.values_list("colour", flat=True)) == {"J"}
    assert set(his.values_list("stone_id", flat=True)) == {listing["stone_id"] for listing in hers}


def test_formulas_that_came_in_as_texts_go_out_as_texts(cast: Cast) -> None:
    rows = [list(table(0)[0])]
    for at, payload in enumerate(formulas.PAYLOADS):
        row = [*table(1)[1]]
        row[AT["Comment"]] = row[AT["City"]] = payload
        row[AT["Stock #"]], row[AT["Report #"]] = f"{payload}{at}", f"{6_200_000_000 + at}"
        rows.append(row)
    put_live(cast.asha, as_csv(rows))
    exported = list(stock_to_export(cast.asha))
    assert {row["member_comment"] for row in exported} == set(formulas.PAYLOADS)
    text = b"".join(csv_of(exported)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(exported)))
    cells += [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type != "n"]
    assert [cell for cell in cells if is_formula(str(cell))] == []
    assert sum(str(cell).startswith("'") for cell in cells) >= 2 * 3 * 13
