"""The search by API."""

from collections.abc import Callable

from django.test import Client

from api.calls import API, sentence_of
from bourse.members.actor import Actor
from bourse.search import follower
from cast import Cast
from market.files import A1, A2, listed

SignIn = Callable[[Actor], Client]


def test_before_search_is_built_no_answer_says_that_the_market_is_empty(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.ben)
    refused = client.get(f"{API}/search?shape=Round")
    assert sentence_of(refused) == (503, "Search is being built. Ask again in a few seconds.")
    assert (refused.json()["code"], refused["Retry-After"]) == ("search_not_built", "5")
    listed(cast.asha, A1, A2)
    follower.rebuild()
    answer = client.get(f"{API}/search?shape=Round")
    assert (answer.status_code, answer.json()["total"]) == (200, 1)
    assert "Retry-After" not in answer


def test_what_a_phrase_leaves_out_is_left_out_by_the_api_too(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1, A2)
    follower.rebuild()
    answer = signed_in(cast.ben).get(f"{API}/search?q=not+round").json()
    assert (answer["query"], answer["total"], answer["not_understood"]) == ("shape=not+Round", 1, [])
    assert [row["shape"] for row in answer["listings"]] == ["Pear"]


def test_how_a_phrase_was_read_is_told_beside_what_it_finds(cast: Cast, signed_in: SignIn) -> None:
    listed(cast.asha, A1, A2)
    follower.rebuild()
    client = signed_in(cast.ben)
    answer = client.get(f"{API}/search", {"q": "round D-G <-25 xyz"}).json()
    assert answer["reading"] == {
        "filters": {"shape": ["Round"], "color": ["D", "E", "F", "G"], "discount_pct": [None, -25]},
        "unread": ["xyz"],
        "questions": [],
    }
    assert [one["text"] for one in answer["not_understood"]] == ["xyz", "<-25"]
    assert client.get(f"{API}/search?shape=Round").json()["reading"] is None


def test_a_phrase_of_too_many_words_is_refused(cast: Cast, signed_in: SignIn) -> None:
    refused = signed_in(cast.ben).get(f"{API}/search", {"q": "D " * 5_000})
    assert sentence_of(refused) == (422, "A phrase has 4,000 words at most, and this has 5,000.")
    assert refused.json()["code"] == "phrase_too_long"
