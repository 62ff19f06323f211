"""A file's way into the stock through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bourse.doors.web.listings import page as page_of_upload
from bourse.market.models import Listing, Upload
from cast import Cast
from market.files import A1, A2, A3, like, listed, many, sent, stock_file
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


def file(*rows: tuple[str, ...], name: str = "stock.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, stock_file(*rows))


def live_numbers() -> list[str]:
    live = Listing.objects.filter(is_live=True).order_by("supplier_stock_number")
    return list(live.values_list("supplier_stock_number", flat=True))


def test_a_file_goes_from_choosing_to_live(browse: Browse, cast: Cast) -> None:
    client = browse(cast.tara)
    begun = client.post("/listings/upload/", {"file": file(A1, A2), "mode": "replace_all"})
    assert begun.status_code == 302
    page = text_of(client.get(begun["Location"]))
    assert "Nothing is live yet." in page
    assert "Put 2 stones live" in page
    assert live_numbers() == []
    form = {"fingerprint": page.split('name="fingerprint" value="')[1].split('"')[0]}
    answer = client.post(f"{begun['Location']}confirm/", form)
    assert answer["Location"] == begun["Location"]
    assert answer.cookies["after"].value
    after = text_of(client.get(begun["Location"]))
    assert "2 stones of this file are live." in after
    assert '<a href="/listings/">See your stock</a>' in after
    assert live_numbers() == ["A-1", "A-2"]


def test_a_pasted_list_is_read_like_a_file(browse: Browse, cast: Cast) -> None:
    form = {"pasted": stock_file(A1, A3).decode(), "mode": "add_and_update"}
    begun = browse(cast.asha).post("/listings/upload/", form)
    assert begun.status_code == 302
    assert "Put 2 stones live" in text_of(browse(cast.tara).get(begun["Location"]))


def test_a_file_and_a_pasted_list_at_once_are_not_chosen_between(browse: Browse, cast: Cast) -> None:
    form = {"file": file(A1), "pasted": stock_file(A2).decode(), "mode": "add_and_update"}
    answer = browse(cast.asha).post("/listings/upload/", form)
    assert answer.status_code == 422
    assert "A file was chosen and a list pasted" in text_of(answer)
    assert not Upload.objects.exists()


def test_nothing_chosen_is_said_at_the_box(browse: Browse, cast: Cast) -> None:
    answer = browse(cast.asha).post("/listings/upload/", {"mode": "replace_all"})
    assert answer.status_code == 422
    assert '<a href="#id_file">Choose a stock file, or paste the list</a>' in text_of(answer)


def test_an_empty_file_is_said_by_name(browse: Browse, cast: Cast) -> None:
    form = {"file": SimpleUploadedFile("empty.csv", b""), "mode": "replace_all"}
    answer = browse(cast.asha).post("/listings/upload/", form)
    assert answer.status_code == 422
    assert "The file is empty" in text_of(answer)
    assert not Upload.objects.exists()


def test_a_file_that_is_no_stock_list_is_refused_with_its_reason(browse: Browse, cast: Cast) -> None:
    form = {"file": SimpleUploadedFile("song.txt", b"la la la\nla la\n"), "mode": "replace_all"}
    answer = browse(cast.asha).post("/listings/upload/", form)
    assert "The file was not taken." in text_of(browse(cast.tara).get(answer["Location"]))
    assert Upload.objects.get().state == "refused"


def test_the_difference_shows_old_and_new(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    view = sent(cast.asha, like(A1, price="6868"), A2, A3)
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert "<del>7,000</del>" in page and "<ins>6,800</ins>" in page and "−2.9" in page
    assert "New stones: 1" in page
    assert "Put 3 stones live" in page


def test_a_file_that_changes_nothing_says_so(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    view = sent(cast.asha, A1, A2, mode="replace_all")
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert "Close this file: it changes nothing" in page
    assert "Put 2 stones live" not in page


def test_a_large_removal_needs_its_number_typed(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, *many(10))
    view = sent(cast.asha, *many(5), mode="replace_all")
    client, address = browse(cast.asha), f"/listings/uploads/{view.public_id}/"
    page = text_of(client.get(address))
    assert "Put 5 stones live, take 5 off" in page
    assert "5 stones will leave the exchange." in page and "50.0 % of your stock" in page
    fingerprint = page.split('name="fingerprint" value="')[1].split('"')[0]
    for typed in ("", "4", "five"):
        answer = client.post(f"{address}confirm/", {"fingerprint": fingerprint, "removing": typed})
        assert answer.status_code == 422
        assert '<a href="#confirm_removing">' in text_of(answer)
        assert len(live_numbers()) == 10
    client.post(f"{address}confirm/", {"fingerprint": fingerprint, "removing": "5"})
    assert len(live_numbers()) == 5


def test_a_difference_that_moved_is_shown_anew(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    client, address = browse(cast.asha), f"/listings/uploads/{view.public_id}/"
    fingerprint = text_of(client.get(address)).split('name="fingerprint" value="')[1].split('"')[0]
    listed(cast.asha, like(A1, price="5050"))
    answer = client.post(f"{address}confirm/", {"fingerprint": fingerprint})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Your stock changed after this difference was shown." in page
    assert fingerprint not in page
    assert "<del>5,000</del>" in page


def test_refused_rows_stand_under_their_cure(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, clarity="VX9"), like(A3, clarity="VX9"))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert "2 rows refused, by cure" in page
    assert "<td>VX9</td>" in page
    assert page.count('<div class="cure">') == 1


def test_reasons_that_share_a_cure_stand_in_one_group_beside_their_rows(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, A2, like(A1, price="1"), like(A2, price="2"))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    refused = page.split('id="refused"')[1].split("</section>")[0]
    assert refused.count('<div class="cure">') == 1
    assert "<td>Row 2 has the same stock number and stands.</td>" in refused
    assert "<td>Row 3 has the same stock number and stands.</td>" in refused


def test_the_changes_name_the_rows_that_stay_out(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, *many(12))
    view = sent(cast.asha, *many(11), like(many(12)[11], clarity="VX9"), mode="replace_all")
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert '<a href="#refused"><b>1</b><span>row refused</span></a>' in page
    assert "a live stone that only a refused row names leaves" in page
    assert "Stones that leave: 1" in page


def test_a_part_of_the_stock_takes_no_refused_stone_off(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    view = sent(cast.asha, A1, like(A2, clarity="VX9"))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert "The other rows go in without them" in page
    assert "leaves" not in page.split("<main")[1]


def test_a_stone_that_goes_live_without_an_ask_is_seen(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, like(A1, price="call"))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert '<span class="quiet">no ask</span>' in page.split('id="new"')[1]


def test_a_long_cell_is_named_by_its_beginning(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1, like(A2, clarity="y" * 3_000))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert "y" * 120 + "… (3,000 characters)" in page


@pytest.mark.parametrize("number", [1, 2])
def test_the_heading_says_when_not_all_unread_cells_are_counted(
    browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(page_of_upload, "MOST_UNREAD", 1)
    view = sent(cast.asha, A1, A2, A3, *(like(row, price="soon") for row in many(number)))
    page = text_of(browse(cast.asha).get(f"/listings/uploads/{view.public_id}/"))
    assert ("by reason; the first 1 are counted" in page) is (number == 2)


def test_the_columns_that_were_not_read_are_named(browse: Browse, cast: Cast) -> None:
    content = stock_file(A1, A2).decode().replace("Availability", "Mood").replace("Guaranteed", "good")
    form = {"pasted": content.replace("Memo", "bad"), "mode": "add_and_update"}
    client = browse(cast.asha)
    page = text_of(client.get(client.post("/listings/upload/", form)["Location"]))
    assert "Columns: 8 of 9 read; not read: Mood" in page


def test_giving_up_leaves_the_stock(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    view = sent(cast.asha, A2, mode="replace_all")
    client = browse(cast.asha)
    assert client.post(f"/listings/uploads/{view.public_id}/abandon/")["Location"] == "/listings/uploads/"
    assert "stock.csv is forgotten. Your stock is as it was." in text_of(client.get("/listings/uploads/"))
    assert live_numbers() == ["A-1"]


def test_viewers_look_and_upload_nothing(browse: Browse, cast: Cast) -> None:
    view = sent(cast.asha, A1)
    client = browse(cast.vera)
    answer = client.get("/listings/upload/")
    assert answer.status_code == 403
    assert "Viewers look; owners and traders upload stock and change asks." in text_of(answer)
    assert client.post("/listings/upload/", {"file": file(A2), "mode": "replace_all"}).status_code == 403
    for act in ("confirm", "answers", "abandon"):
        assert client.post(f"/listings/uploads/{view.public_id}/{act}/", {}).status_code == 403
    page = text_of(client.get(f"/listings/uploads/{view.public_id}/"))
    assert "stock.csv" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert Upload.objects.count() == 1 and live_numbers() == []


@pytest.mark.parametrize("act", ["confirm", "answers", "abandon"])
def test_loading_the_address_of_an_order_leads_to_its_page(browse: Browse, cast: Cast, act: str) -> None:
    view = sent(cast.asha, A1)
    answer = browse(cast.asha).get(f"/listings/uploads/{view.public_id}/{act}/")
    assert answer["Location"] == f"/listings/uploads/{view.public_id}/"
    assert Upload.objects.get().state == "ready"


@pytest.mark.parametrize("who", ["ben", "carl"])
def test_another_companys_upload_is_not_there(browse: Browse, cast: Cast, who: str) -> None:
    view = sent(cast.asha, A1)
    client = browse(getattr(cast, who))
    assert client.get(f"/listings/uploads/{view.public_id}/").status_code == 404
    for act in ("confirm", "answers", "abandon"):
        assert client.post(f"/listings/uploads/{view.public_id}/{act}/", {}).status_code == 404
    assert "stock.csv" not in text_of(client.get("/listings/uploads/"))


def test_the_operator_has_no_stock_and_is_told_so(browse: Browse, cast: Cast) -> None:
    client = browse(cast.omar)
    assert client.get("/listings/upload/")["Location"] == "/account/company/"
    assert "You belong to no company yet." in text_of(client.get("/account/company/"))


def test_own_stock_is_listed_and_leads_to_each_stone(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.ben, A3)
    page = text_of(browse(cast.vera).get("/listings/"))
    assert "2 stones" in page
    assert "Round 1.01 ct G VS1" in page and "A-2" in page and "A-3" not in page


def test_a_file_left_on_its_way_is_found_from_the_stock(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    client = browse(cast.tara)
    assert "waits for you" not in text_of(client.get("/listings/"))
    view = sent(cast.asha, A2)
    page = text_of(client.get("/listings/"))
    assert "1 file waits for you." in page
    assert f'<a href="/listings/uploads/{view.public_id}/">stock.csv</a>' in page
    assert "waits for you" not in text_of(browse(cast.vera).get("/listings/"))


def test_the_history_counts_changes_only_of_what_went_live(browse: Browse, cast: Cast) -> None:
    sent(cast.asha, A1, like(A2, clarity="VX9"))
    client = browse(cast.tara)
    row = text_of(client.get("/listings/uploads/")).split("<tbody")[1]
    assert row.count('class="n wide-only">–</td>') == 3
    assert 'class="n wide-only">1</td>' in row
    listed(cast.asha, A1)
    first = text_of(client.get("/listings/uploads/")).split("<tbody")[1].split("</tr>")[0]
    assert "–" not in first


@pytest.mark.parametrize("after", ["%00", "zzz", "a%20b", "%2f"])
def test_stock_after_what_is_no_listing_is_not_there(browse: Browse, cast: Cast, after: str) -> None:
    assert browse(cast.asha).get(f"/listings/?after={after}").status_code == 404


def test_first_steps_are_offered_to_who_has_no_stock(browse: Browse, cast: Cast) -> None:
    assert "Choose a stock file" in text_of(browse(cast.tara).get("/listings/"))
    assert "Choose a stock file" not in text_of(browse(cast.vera).get("/listings/"))
