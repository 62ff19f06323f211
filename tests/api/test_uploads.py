"""A stock file through the API, from the first byte to the confirm."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from api.calls import API, post, problem_of, send
from bourse.market.models import Listing, Upload
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, like, many, stock_file

SignIn = Callable[[Actor], Client]


def test_a_file_goes_live_by_api(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.tara)
    sent = send(client, stock_file(A1, like(A2, shape="Blob")))
    assert sent.status_code == 201
    upload = sent.json()
    assert sent["Location"] == f"{API}/uploads/{upload['public_id']}"
    assert (upload["state"], upload["totals"]) == ("ready", {"rows": 2, "taken": 1, "refused": 1})
    assert upload["refused"][0]["found"] == "Blob"
    assert client.get(sent["Location"]).json() == upload
    difference = client.get(f"{sent['Location']}/difference").json()
    assert difference["counts"] == {
        "new": 1,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "refused": 0,
        "kept": 0,
    }
    assert difference["new"][0]["weight_ct"] == 1.01
    confirmed = client.post(
        f"{sent['Location']}/confirm",
        {"fingerprint": difference["fingerprint"]},
        content_type="application/json",
    )
    assert (confirmed.status_code, confirmed.json()["is_searchable"]) == (200, True)
    assert confirmed.json()["upload"]["state"] == "confirmed"
    assert Listing.objects.get().is_live
    history = client.get(f"{API}/uploads").json()["uploads"]
    assert [line["public_id"] for line in history] == [upload["public_id"]]


def test_a_form_with_a_file_does_the_same(cast: Cast, signed_in: SignIn) -> None:
    form = {"file": SimpleUploadedFile("my stock.csv", stock_file(A1)), "mode": "replace_all"}
    sent = signed_in(cast.asha).post(f"{API}/uploads", form)
    assert (sent.status_code, sent.json()["file_name"], sent.json()["mode"]) == (
        201,
        "my stock.csv",
        "replace_all",
    )


def test_a_question_is_answered_by_api(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    upload = send(client, stock_file(A1, like(A2, stock="a-1"))).json()
    question = upload["questions"][0]
    path = f"/uploads/{upload['public_id']}"
    assert problem_of(post(client, f"{path}/confirm", {"fingerprint": "x"})) == (409, "questions_open")
    wrong = post(client, f"{path}/answers", {"answers": {question["key"]: "middle"}})
    assert problem_of(wrong) == (422, "answer_not_offered")
    answered = post(
        client, f"{path}/answers", {"answers": {question["key"]: question["options"][0]["value"]}}
    )
    assert (answered.status_code, answered.json()["state"]) == (200, "ready")


def test_what_a_confirm_refuses_is_named(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    for rows in (many(20), many(10)):
        upload = send(client, stock_file(*rows), "replace_all").json()
        path = f"/uploads/{upload['public_id']}"
        told = client.get(f"{API}{path}/difference").json()
        confirmed = post(client, f"{path}/confirm", {"fingerprint": told["fingerprint"]})
    assert told["removal_needs_number"] is True
    assert problem_of(confirmed) == (422, "removal_needs_number")
    moved = post(client, f"{path}/confirm", {"fingerprint": "x", "removing": 10})
    assert problem_of(moved) == (409, "difference_moved")
    given_up = post(client, f"{path}/abandon", {})
    assert given_up.json()["state"] == "abandoned"
    assert problem_of(client.get(f"{API}{path}/difference")) == (404, "not_there")
    assert Listing.objects.filter(is_live=True).count() == 20


@pytest.mark.parametrize(
    ("method", "tail"),
    [("get", ""), ("post", "/abandon"), ("get", "/difference"), ("post", "/answers"), ("post", "/confirm")],
)
def test_another_companys_upload_answers_as_one_that_is_not_there(
    cast: Cast, signed_in: SignIn, method: str, tail: str
) -> None:
    upload = send(signed_in(cast.asha), stock_file(A1)).json()
    body = {"/answers": {"answers": {}}, "/confirm": {"fingerprint": "x"}}.get(tail)
    client, told = signed_in(cast.carl), []
    for upload_id in (upload["public_id"], "none"):
        call = getattr(client, method)
        given = {"data": body, "content_type": "application/json"} if body else {}
        response = call(f"{API}/uploads/{upload_id}{tail}", **given)
        assert problem_of(response) == (404, "not_there")
        told.append(response.json() | {"request_id": ""})
    assert told[0] == told[1]
    assert Upload.objects.get().state == "ready"


def test_a_viewer_is_told_that_he_only_looks(cast: Cast, signed_in: SignIn) -> None:
    assert problem_of(send(signed_in(cast.vera), stock_file(A1))) == (403, "viewers_only_look")
    upload = send(signed_in(cast.asha), stock_file(A1)).json()
    assert signed_in(cast.vera).get(f"{API}/uploads/{upload['public_id']}").json() == upload


def test_a_file_that_is_refused_is_a_problem_with_its_reason(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    told = send(client, b"Name,Street\nAsha,Ring Road\n").json()
    assert (told["state"], told["refusal"]["code"]) == ("refused", "not_a_stock_list")
    empty = SimpleUploadedFile("stock.csv", b"")
    sent = client.post(f"{API}/uploads", {"file": empty, "mode": "replace_all"})
    assert problem_of(sent) == (422, "file_empty")
    assert problem_of(send(client, stock_file(A1), "overwrite")) == (422, "mode_not_known")
    assert Upload.objects.count() == 1
