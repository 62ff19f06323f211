"""What a company's layouts are remembered by, through the API."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from api.calls import API, confirm, post, problem_of, send, sentence_of
from bourse.market.models import SupplierLayout
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, A2, like, stock_file

SignIn = Callable[[Actor], Client]


def remembered(client: Client) -> dict[str, Any]:
    """The one layout, with its question answered and a spelling of its own."""
    upload = send(client, stock_file(A1, like(A2, shape="Blob"), like(A2, stock="a-1", report="61"))).json()
    answers = {one["key"]: one["options"][0]["value"] for one in upload["questions"]}
    path = f"/uploads/{upload['public_id']}"
    told = post(client, f"{path}/answers", {"answers": answers | {"value:shape:blob": "Pear"}}).json()
    assert told["state"] == "ready", told
    confirm(client, upload["public_id"])
    (layout,) = client.get(f"{API}/layouts").json()["layouts"]
    return dict(layout)


def change(client: Client, layout: str, **answers: str) -> Any:
    body = {"answers": {key.replace("_of_", ":"): answer for key, answer in answers.items()}}
    return client.patch(f"{API}/layouts/{layout}", body, content_type="application/json")


def test_what_was_answered_is_shown_and_given_another_meaning(cast: Cast, signed_in: SignIn) -> None:
    layout = remembered(signed_in(cast.asha))
    assert layout["file_name"] == "stock.csv"
    shown = {one["key"]: (one["kind"], one["name"], one["answer"]) for one in layout["answers"]}
    assert shown["value:shape:blob"] == ("value", "shape:blob", "Pear")
    assert [kind for kind, *_ in shown.values()].count("question") == 1
    assert signed_in(cast.vera).get(f"{API}/layouts").json()["layouts"] == [layout]
    client = signed_in(cast.tara)
    changed = change(client, layout["layout"], value_of_shape_of_blob="Oval")
    answers = {one["key"]: one["answer"] for one in changed.json()["layout"]["answers"]}
    assert (changed.status_code, answers["value:shape:blob"]) == (200, "Oval")
    next_file = send(client, stock_file(A1, like(A2, shape="Blob"))).json()
    assert (next_file["state"], next_file["totals"]["taken"]) == ("ready", 2)
    forgot = change(client, layout["layout"], value_of_shape_of_blob="")
    assert len(forgot.json()["layout"]["answers"]) == 1
    assert send(client, stock_file(A1, like(A2, shape="Blob"))).json()["totals"]["taken"] == 1


def test_a_layout_is_forgotten(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    layout = remembered(client)["layout"]
    gone = client.delete(f"{API}/layouts/{layout}")
    assert (gone.status_code, gone.content, client.get(f"{API}/layouts").json()) == (
        204,
        b"",
        {"layouts": []},
    )
    again = client.delete(f"{API}/layouts/{layout}")
    assert sentence_of(again) == (404, "Nothing is remembered of this layout.")


def test_what_no_file_could_take_is_refused(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    layout = remembered(client)["layout"]
    unknown = change(client, layout, value_of_shape_of_stain="Oval")
    assert sentence_of(unknown) == (422, "Nothing called value:shape:stain is remembered.")
    assert problem_of(change(client, layout, value_of_shape_of_blob="Splotch")) == (422, "answer_not_offered")
    assert SupplierLayout.objects.get().answers["value:shape:blob"] == "Pear"


def test_viewers_and_strangers_change_no_layout(cast: Cast, signed_in: SignIn) -> None:
    layout = remembered(signed_in(cast.asha))["layout"]
    vera, carl = signed_in(cast.vera), signed_in(cast.carl)
    no = (403, "Viewers look; owners and traders change stock.")
    assert sentence_of(change(vera, layout, value_of_shape_of_blob="")) == no
    assert sentence_of(vera.delete(f"{API}/layouts/{layout}")) == no
    for refused in (change(carl, layout, value_of_shape_of_blob=""), carl.delete(f"{API}/layouts/{layout}")):
        assert sentence_of(refused) == (404, "Nothing is remembered of this layout.")
    assert carl.get(f"{API}/layouts").json() == {"layouts": []}
    assert SupplierLayout.objects.count() == 1
