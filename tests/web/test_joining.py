"""Pages of applicants and of the operator who vets them, and of a company off the market."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bourse.doors.web.joining import views
from bourse.members.actions import joining, screening
from bourse.members.models import Application, Company
from cast import Cast
from market.files import A1, listed, live
from members.applying import PDF, applied, loaded
from members.pictures import PNG
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
FORM = {
    "company_name": "Dora Stones",
    "registration_number": "0123.456.749",
    "street": "Hoveniersstraat 2",
    "city": "Antwerp",
    "country": "BE",
    "nature": "dealer",
    "size": "2–9",
    "trades": ["natural polished", "rough"],
    "sides": ["buys", "sells"],
    "bank_reference": "KBC",
    "trade_references": "Asha Gems",
    "associations": "AWDC 7\n\nHRD",
    "website": "dora.example",
    "person_name": "Dora Dorn",
    "email": "dora@dora.example",
    "telephone": "+32 3 123 45 67",
}


def file(name: str = "letter.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_what_was_right_is_kept_while_something_is_wrong(browse: Browse) -> None:
    client = browse(None)
    sent = {**FORM, "email": "dora", "papers": [file(), file("virus.exe", b"MZ")]}
    answer = client.post("/join/", sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "“virus.exe” is no whole PDF, JPEG or PNG." in page and "Enter an e-mail address" in page
    assert 'value="Dora Stones"' in page and "Leave out letter.pdf" in page
    draft = re.search(r'name="draft" value="([\w-]{22})"', page)
    assert draft
    done = client.post("/join/", {**FORM, "draft": draft[1]})
    found = Application.objects.get()
    assert (done.status_code, found.documents.get().name) == (302, "letter.pdf")
    assert (found.website, found.associations, found.buys, found.sells) == (
        "https://dora.example",
        ["AWDC 7", "HRD"],
        True,
        True,
    )
    own = text_of(client.get(done["Location"]))
    assert "Your application is with us." in own and f"http://localhost:8000{done['Location']}" in own


def test_five_applications_a_day_come_from_one_address(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    monkeypatch.setattr(
        views.buckets, "take", lambda key, **_: taken.append(key) or type("Taken", (), {"ok": False})()
    )
    answer = browse(None).post("/join/", FORM)
    assert (answer.status_code, taken) == (429, ["applications 127.0.0.1"])
    assert "Five applications a day are taken from one address." in text_of(answer)
    assert not Application.objects.exists()


def test_a_link_that_is_none_takes_nothing_in(browse: Browse) -> None:
    client = browse(None)
    for path in ("/join/nothing/", "/join/nothing/answer/", "/join/nothing/withdraw/"):
        ask = client.get if path == "/join/nothing/" else client.post
        assert ask(path).status_code == 404
    assert client.post("/join/nothing/answer/", {"papers": [file()]}).status_code == 404
    assert not joining.ApplicationDocument.objects.exists()


def test_an_applicant_answers_and_withdraws_on_his_own_page(browse: Browse) -> None:
    secret, _ = applied()
    client = browse(None)
    assert client.post(f"/join/{secret}/answer/", {"text": ""}).status_code == 422
    client.post(f"/join/{secret}/answer/", {"text": "One more.", "papers": [file("b.png", PNG)]})
    page = text_of(client.get(f"/join/{secret}/"))
    assert "One more." in page and "b.png" in page
    assert client.post(f"/join/{secret}/withdraw/").status_code == 422
    client.post(f"/join/{secret}/withdraw/", {"sure": "on"})
    assert "You withdrew this application." in text_of(client.get(f"/join/{secret}/"))


def test_a_document_is_opened_where_nothing_of_it_can_run(browse: Browse, cast: Cast) -> None:
    _, found = applied()
    address = f"/vetting/{found.public_id}/documents/{found.documents.get().public_id}/"
    answer = browse(cast.omar).get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    for who in (None, cast.asha):
        assert browse(who).get(address).status_code in (302, 404)


def test_a_decision_on_what_changed_is_refused_with_its_sentence_and_kept(browse: Browse, cast: Cast) -> None:
    secret, found = applied()
    joining.answer_application(secret=secret, text="Late.", draft="", now=found.created_at)
    client, path = browse(cast.omar), f"/vetting/{found.public_id}/decide/"
    said = {"version": "1", "decision": "decline", "reason": "A shell.", "sentence": "No."}
    answer = client.post(path, said)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "This application changed after you saw it" in page and "A shell." in page
    assert client.post(path, {**said, "version": "2"}).status_code == 302
    found.refresh_from_db()
    assert found.state == "declined"


def test_members_find_none_of_these_pages(browse: Browse, cast: Cast) -> None:
    _, found = applied()
    house = Company.objects.get(pk=cast.ben.company_id).public_id
    client = browse(cast.asha)
    for path in (
        "/vetting/",
        "/vetting/lists/",
        f"/vetting/{found.public_id}/",
        f"/members/{house}/suspension/",
    ):
        assert client.get(path).status_code == 404
    assert "Applications" not in text_of(client.get("/account/company/"))


def test_a_list_with_a_fault_is_told_by_row_and_cell(browse: Browse, cast: Cast) -> None:
    sent = {"name": "EU", "file": file("list.csv", b"name,id\nAsha,1\n,2\n")}
    answer = browse(cast.omar).post("/vetting/lists/", sent)
    assert answer.status_code == 422
    assert "Row 3, column name: empty; expected a name." in text_of(answer)
    whole = {**sent, "file": file("list.csv", b"name\nX\n")}
    assert browse(cast.omar).post("/vetting/lists/", whole).status_code == 302


def test_a_hit_is_decided_with_both_names_side_by_side(browse: Browse, cast: Cast) -> None:
    loaded(cast.omar, "name,aliases,id\nDorn D.,Dora Dorn,7\n")
    _, found = applied()
    hit = found.hits.get()
    client = browse(cast.omar)
    page = text_of(client.get(f"/vetting/hits/{hit.public_id}/"))
    assert "Is it Dora Dorn?" in page and "another name of Dorn D." in page and "1.000" in page
    said = {"seen": "", "decision": "another", "why": "Other birth."}
    assert client.post(f"/vetting/hits/{hit.public_id}/", said).status_code == 302
    stale = client.post(f"/vetting/hits/{hit.public_id}/", {**said, "decision": "the same"})
    assert stale.status_code == 409 and "Another operator decided this after you saw it." in text_of(stale)
    assert screening.ScreeningHit.objects.get().decision == "another"


def test_people_of_a_suspended_company_read_why_on_every_page(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    house = Company.objects.get(pk=cast.asha.company_id).public_id
    omar, vera = browse(cast.omar), browse(cast.vera)
    said = {"because": "Unpaid invoices.", "sure": "on"}
    assert omar.post(f"/members/{house}/suspension/", {"because": ""}).status_code == 422
    assert omar.post(f"/members/{house}/suspension/", said).status_code == 302
    for path in ("/account/company/", "/listings/", f"/stones/{live('A-1').public_id}/", "/notices/"):
        answer = vera.get(path)
        assert (answer.status_code, "Unpaid invoices." in text_of(answer)) == (200, True), path
    for path in ("/search/", "/stones/nothing/", "/listings/upload/"):
        answer = vera.get(path)
        assert answer.status_code == 403, path
        assert "neither searches nor trades" in text_of(answer)
    assert browse(cast.ben).get(f"/stones/{live('A-1').public_id}/").status_code == 404
    assert omar.post(f"/members/{house}/reinstate/").status_code == 302
    assert "Unpaid invoices." not in text_of(vera.get("/account/company/"))
