"""A file on its way: read, staged, asked about, given up. Nothing of it is live."""

import hashlib
from collections.abc import Callable

import pytest
from django.db import transaction

from bourse.dialects import read_file
from bourse.dialects.tables.refusals import FileEmpty
from bourse.kit import confined
from bourse.kit.models import Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import abandon_upload, answer_questions, read_upload, start_upload
from bourse.market.actions.reading import finish_reading
from bourse.market.actions.uploads import MOST_OPEN
from bourse.market.models import (
    AskChange,
    Listing,
    RefusedRow,
    StagedRow,
    Stone,
    SupplierLayout,
    Upload,
    UploadFile,
)
from bourse.market.queries import FileRefusal, difference, refused_rows, unread_cells, upload, uploads
from bourse.market.reading import prepare
from bourse.market.refusals import (
    AnswerNotOffered,
    ModeNotKnown,
    UploadIsBeingRead,
    UploadIsClosed,
    ViewersOnlyLook,
)
from bourse.market.staging import GivenUp
from bourse.members.actor import Actor
from cast import NOON, Cast
from market.files import A1, A2, A3, answered, like, listed, many, sent, sent_file, stock_file

TWICE = (A1, like(A2, stock="a-1"))


def nothing_is_live() -> bool:
    return not (
        Listing.objects.exists()
        or Stone.objects.exists()
        or AskChange.objects.exists()
        or Fact.objects.exists()
    )


@pytest.mark.parametrize("who", ["asha", "tara"])
def test_owner_and_trader_upload(cast: Cast, who: str) -> None:
    view = sent(getattr(cast, who), A1, A2)
    assert (view.state, view.mode, view.format) == ("ready", "add_and_update", "csv")
    assert view.totals == {"rows": 2, "taken": 2, "refused": 0}
    assert [column.field for column in view.columns][:3] == ["stock_no", "shape", "carat"]
    assert nothing_is_live()


def test_a_viewer_uploads_nothing(cast: Cast) -> None:
    with pytest.raises(ViewersOnlyLook):
        sent(cast.vera, A1)
    with pytest.raises(ViewersOnlyLook):
        sent(cast.omar, A1)
    assert not Upload.objects.exists()


def test_the_file_is_kept_byte_for_byte(cast: Cast) -> None:
    content = b"\xef\xbb\xbf" + stock_file(A1).replace(b"\n", b"\r\n")
    start_upload(actor=cast.asha, file_name="s.csv", content=content, mode="replace_all", now=NOON)
    assert bytes(UploadFile.objects.get().content) == content
    begun = Upload.objects.get()
    assert (begun.content_sha256, begun.content_bytes) == (hashlib.sha256(content).hexdigest(), len(content))


def test_a_file_waits_for_the_worker(cast: Cast, run_jobs: Callable[[], int]) -> None:
    content = stock_file(A1, A2)
    begun = start_upload(actor=cast.asha, file_name="s.csv", content=content, mode="replace_all", now=NOON)
    assert (begun.state, begun.columns, begun.totals) == ("waiting", [], {})
    with pytest.raises(NotThere):
        difference(cast.asha, begun.public_id)
    with pytest.raises(UploadIsBeingRead):
        answer_questions(actor=cast.asha, upload_id=begun.public_id, answers={}, now=NOON)
    assert run_jobs() == 1
    view = upload(cast.asha, begun.public_id)
    assert (view.state, view.stage, view.rows_done, view.rows_total) == ("ready", "", 2, 2)
    assert run_jobs() == 0


def test_an_order_that_is_undone_leaves_no_file_and_no_job(cast: Cast, run_jobs: Callable[[], int]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        start_upload(actor=cast.asha, file_name="s.csv", content=b"x", mode="replace_all", now=NOON)
        raise RuntimeError
    assert (Upload.objects.count(), run_jobs()) == (0, 0)


def test_a_file_that_is_refused_keeps_its_sentence(cast: Cast) -> None:
    view = sent_file(cast.asha, b"Name,Street\nAsha,Ring Road\n", mode="replace_all")
    assert (view.state, view.refusal.code if view.refusal else "") == ("refused", "not_a_stock_list")
    assert view.refusal and view.refusal.sentence.endswith(".")
    with pytest.raises(NotThere):
        difference(cast.asha, view.public_id)
    assert nothing_is_live()


@pytest.mark.parametrize(
    ("sent_as", "kept"),
    [
        ("../../etc/stock.csv", "stock.csv"),
        ("C:\\fakepath\\My stock.csv", "My stock.csv"),
        ("\u202evsc.kcots", "vsc.kcots"),
        ("a\r\nb\x00.csv", "ab.csv"),
        ("\u2066\u200f", "file"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_of_a_file_s_name_only_a_name_is_kept(cast: Cast, sent_as: str, kept: str) -> None:
    view = sent_file(cast.asha, stock_file(A1), name=sent_as)
    assert (view.file_name, Upload.objects.get().file_name, view.state) == (kept, kept, "ready")


def test_an_empty_file_or_an_unknown_mode_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(FileEmpty):
        sent_file(cast.asha, b"")
    with pytest.raises(ModeNotKnown):
        sent(cast.asha, A1, mode="overwrite")
    assert not Upload.objects.exists()


def test_refused_rows_and_unread_cells_keep_their_reasons(cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, shape="Blob"), like(A3, availability="Perhaps"))
    assert view.totals == {"rows": 3, "taken": 2, "refused": 1}
    refused, unread = refused_rows(cast.vera, view.public_id), unread_cells(cast.vera, view.public_id)
    assert [(row.row, row.column, row.found) for row in refused] == [(3, "Shape", "Blob")]
    assert all((row.expected and row.why and row.cure) for row in refused)
    assert [(cell.row, cell.index, cell.found) for cell in unread] == [(4, 8, "Perhaps")]
    assert (view.refused, view.unread) == (refused, unread)


def test_a_row_that_no_listing_can_hold_is_refused_by_name(cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, stock="x" * 61))
    assert view.totals == {"rows": 2, "taken": 1, "refused": 1}
    found = [(row.row, row.column, row.expected, row.why) for row in view.refused]
    assert found == [(3, "Stock #", "at most 60 characters", "61 characters; at most 60 are kept.")]


@pytest.mark.parametrize(
    ("header", "longest"),
    [("Brand", 100), ("Member Comment", 2_000), ("Key To Symbols", 1_000), ("City", 100)],
)
def test_a_text_that_is_too_long_is_refused_with_its_length(cast: Cast, header: str, longest: int) -> None:
    head, *rows = stock_file(A1, A2).decode().splitlines()
    content = "\n".join([f"{head},{header}", f"{rows[0]},{'x' * longest}", f"{rows[1]},{'y' * 5_000}"])
    view = sent_file(cast.asha, content.encode())
    assert view.totals == {"rows": 2, "taken": 1, "refused": 1}
    assert [(row.row, row.column, row.expected, row.why) for row in view.refused] == [
        (3, header, f"at most {longest:,} characters", f"5,000 characters; at most {longest:,} are kept.")
    ]


def test_a_row_is_listed_without_an_address_that_nobody_could_open(cast: Cast) -> None:
    head, *rows = stock_file(A1, A2, A3).decode().splitlines()
    lines = [
        f"{head},Image URL,Video URL,Certificate URL",
        f"{rows[0]},https://a.example/1.jpg,javascript:alert(1),1.pdf",
        f"{rows[1]},//a.example/2.jpg,,HTTP://a.example/2.pdf",
        f"{rows[2]},data:text/html;x,ftp://a.example/3,https://a.example/{'3' * 2_000}",
    ]
    view = sent_file(cast.asha, "\n".join(lines).encode())
    assert (view.state, view.totals) == ("ready", {"rows": 3, "taken": 3, "refused": 0})
    staged = StagedRow.objects.order_by("row").values_list("image_urls", "video_urls", "certificate_url")
    assert list(staged) == [
        (["https://a.example/1.jpg"], [], ""),
        (["https://a.example/2.jpg"], [], "HTTP://a.example/2.pdf"),
        ([], [], ""),
    ]
    nowhere = "This is no address of the web, so nobody could open it."
    assert [(cell.row, cell.column, cell.found[:20], cell.why) for cell in view.unread] == [
        (4, "Image URL", "data:text/html;x", nowhere),
        (2, "Video URL", "javascript:alert(1)", nowhere),
        (4, "Video URL", "ftp://a.example/3", nowhere),
        (2, "Certificate URL", "1.pdf", nowhere),
        (4, "Certificate URL", "https://a.example/33", "2,018 characters; at most 2,000 are kept."),
    ]
    assert {(cell.expected, cell.cure) for cell in view.unread} == {
        (
            "an address that begins with https:// or http://",
            "Send the whole address. The stone is listed without it.",
        )
    }


def test_a_question_is_answered_once_for_each_layout(cast: Cast) -> None:
    view = sent(cast.asha, *TWICE)
    assert view.state == "asking"
    key = view.questions[0].key
    told = answered(cast.tara, view, {key: "last"})
    assert (told.state, told.answers) == ("ready", {key: "last"})
    assert StagedRow.objects.get().shape == "Pear"
    again = sent(cast.asha, *TWICE)
    assert (again.state, again.answers, again.questions) == ("ready", {key: "last"}, [])


def test_what_one_company_answered_another_is_asked(cast: Cast) -> None:
    view = sent(cast.asha, *TWICE)
    answered(cast.asha, view, {view.questions[0].key: "last"})
    assert sent(cast.carl, *TWICE).state == "asking"


@pytest.mark.parametrize("answers", [{"duplicates": "middle"}, {"colour": "red"}])
def test_an_answer_that_was_not_offered_is_refused(cast: Cast, answers: dict[str, str]) -> None:
    view = sent(cast.asha, *TWICE)
    with pytest.raises(AnswerNotOffered):
        answer_questions(actor=cast.asha, upload_id=view.public_id, answers=answers, now=NOON)
    assert upload(cast.asha, view.public_id) == view
    assert not SupplierLayout.objects.exists()


@pytest.mark.parametrize(
    ("who", "refusal"), [("vera", ViewersOnlyLook), ("ben", NotThere), ("carl", NotThere), ("omar", NotThere)]
)
def test_nobody_else_answers_or_gives_up(cast: Cast, who: str, refusal: type[Refusal]) -> None:
    view = sent(cast.asha, *TWICE)
    actor: Actor = getattr(cast, who)
    with pytest.raises(refusal):
        answer_questions(actor=actor, upload_id=view.public_id, answers={"duplicates": "last"}, now=NOON)
    with pytest.raises(refusal):
        abandon_upload(actor=actor, upload_id=view.public_id, now=NOON)
    assert upload(cast.asha, view.public_id) == view


def test_an_upload_given_up_is_closed(cast: Cast) -> None:
    view = sent(cast.asha, *TWICE)
    given_up = abandon_upload(actor=cast.tara, upload_id=view.public_id, now=NOON)
    assert given_up.state == "abandoned"
    assert not StagedRow.objects.exists()
    assert not RefusedRow.objects.exists()
    with pytest.raises(UploadIsClosed):
        answer_questions(actor=cast.asha, upload_id=view.public_id, answers={"duplicates": "last"}, now=NOON)
    with pytest.raises(NotThere):
        difference(cast.asha, view.public_id)


def test_a_confirmed_upload_cannot_be_given_up(cast: Cast) -> None:
    listed(cast.asha, A1)
    with pytest.raises(UploadIsClosed):
        abandon_upload(actor=cast.asha, upload_id=uploads(cast.asha)[0].public_id, now=NOON)
    assert Listing.objects.filter(is_live=True).count() == 1


def test_a_company_has_twenty_open_uploads_at_most(cast: Cast) -> None:
    foreign = sent(cast.carl, A1)
    views = [sent(cast.asha, A1) for _ in range(MOST_OPEN + 1)]
    states = [upload(cast.asha, view.public_id).state for view in views]
    assert states == ["abandoned", *["ready"] * MOST_OPEN]
    assert upload(cast.carl, foreign.public_id).state == "ready"
    assert StagedRow.objects.count() == MOST_OPEN + 1


@pytest.mark.parametrize("broken", [confined.WorkFailed, confined.WorkStopped, confined.NeedsTooMuchMemory])
def test_a_reader_that_breaks_is_told_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, broken: type[Refusal]
) -> None:
    view = sent(cast.asha, *TWICE)

    def breaks(*_given: object, **_limits: object) -> None:
        raise broken("The file could not be read.")

    with monkeypatch.context() as patch:
        patch.setattr(confined, "run", breaks)
        told = answered(cast.asha, view, {"duplicates": "last"})
    assert (told.state, told.refusal) == ("refused", FileRefusal(broken.code, "The file could not be read."))
    assert not (StagedRow.objects.exists() or RefusedRow.objects.exists() or SupplierLayout.objects.exists())
    again = answered(cast.asha, view, {"duplicates": ""})
    assert (again.state, again.refusal, again.answers) == ("asking", None, {})


def test_a_reading_that_was_killed_begins_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = start_upload(
        actor=cast.asha, file_name="s.csv", content=stock_file(*many(3)), mode="add_and_update", now=NOON
    )
    number, killed = Upload.objects.get().pk, iter([None, None])

    def dies(*_given: object, **_named: object) -> None:
        if next(killed, "dead") == "dead":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("bourse.market.actions.reading._say", dies)
        read_upload(upload_id=number, now=NOON)
    assert upload(cast.asha, begun.public_id).state == "reading"
    assert StagedRow.objects.count() == 3
    read_upload(upload_id=number, now=NOON)
    assert (upload(cast.asha, begun.public_id).state, StagedRow.objects.count()) == ("ready", 3)


def test_a_reading_that_was_overtaken_writes_nothing_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker thought dead comes back while another reads its file, or after the file was given up."""
    view = sent(cast.asha, A1)
    for state, attempt in (("reading", 2), ("abandoned", 1)):
        zombie = Upload.objects.get()
        Upload.objects.update(state=state, attempt=attempt)
        with pytest.raises(GivenUp):
            finish_reading(zombie, prepare(read_file(stock_file(A2), "s.csv")), {}, NOON)
        assert StagedRow.objects.get().supplier_stock_number == "A-1"
        assert upload(cast.asha, view.public_id).state == state


def test_a_job_that_runs_twice_reads_once(cast: Cast) -> None:
    view = sent(cast.asha, A1)
    read_upload(upload_id=Upload.objects.get().pk, now=NOON)
    assert upload(cast.asha, view.public_id) == view
    abandon_upload(actor=cast.asha, upload_id=view.public_id, now=NOON)
    read_upload(upload_id=Upload.objects.get().pk, now=NOON)
    assert (upload(cast.asha, view.public_id).state, StagedRow.objects.count()) == ("abandoned", 0)


def test_another_companys_upload_looks_like_none(cast: Cast) -> None:
    view = sent(cast.asha, A1)
    for question in (upload, difference, refused_rows, unread_cells):
        for actor in (cast.ben, cast.omar):
            with pytest.raises(NotThere) as foreign:
                question(actor, view.public_id)
            with pytest.raises(NotThere) as absent:
                question(actor, "none")
            assert str(foreign.value) == str(absent.value)
    assert uploads(cast.ben) == []
    assert [line.public_id for line in uploads(cast.vera)] == [view.public_id]
