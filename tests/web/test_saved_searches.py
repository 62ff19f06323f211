"""Saved searches on their pages: saved, counted, looked at, changed, deleted, and nobody else's."""

from typing import Any

import pytest

from bourse.search.models import SavedSearch
from cast import NOON, Cast
from market.files import A1, A2, A3, listed
from search.conftest import follow
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
PEARS = "shape=Pear&colour=E"


def save(client: Any, name: str, query: str = PEARS, alert: str = "daily") -> Any:
    return client.post("/search/saved/new/", {"name": name, "alert": alert, "next": query})


def saved() -> list[tuple[str, str, str]]:
    """Everybody's searches."""
    return list(SavedSearch.objects.order_by("pk").values_list("name", "query", "alert"))


def test_what_the_search_asks_for_is_saved_under_a_name(browse: Browse, cast: Cast) -> None:
    client = browse(cast.ben)
    form = text_of(client.get(f"/search/saved/new/?{PEARS}&page=3"))
    assert "Save this search" in form and 'value="shape=Pear&colour=E"' in form
    answer = save(client, "  Pears for  Anna ", f"{PEARS}&page=3", "at once")
    assert answer["Location"] == "/search/saved/"
    assert saved() == [("Pears for Anna", PEARS, "at once")]
    page = text_of(client.get("/search/saved/"))
    assert "The search Pears for Anna is saved, for you alone." in page
    assert "Nothing new" in page and "At once" in page


def test_the_list_counts_what_came_and_looking_leads_to_the_search(browse: Browse, cast: Cast) -> None:
    client = browse(cast.ben)
    save(client, "Pears")
    listed(cast.asha, A1, A2, A3)
    follow()
    assert "1 new or changed" in text_of(client.get("/search/saved/"))
    search = SavedSearch.objects.get().public_id
    assert client.get(f"/search/saved/{search}/look/")["Location"] == f"/search/saved/{search}/"
    assert client.post(f"/search/saved/{search}/look/")["Location"] == f"/search/?{PEARS}"
    assert "Nothing new" in text_of(client.get("/search/saved/"))


def test_a_search_is_changed_and_deleted(browse: Browse, cast: Cast) -> None:
    client = browse(cast.ben)
    save(client, "Pears")
    address = f"/search/saved/{SavedSearch.objects.get().public_id}/"
    assert 'value="Pears"' in text_of(client.get(address))
    assert client.post(address, {"name": "Ovals", "alert": "never"})["Location"] == "/search/saved/"
    assert saved() == [("Ovals", PEARS, "never")]
    assert client.post(f"{address}remove/")["Location"] == f"/search/?{PEARS}"
    assert saved() == []
    assert "You have saved no search yet." in text_of(client.get("/search/saved/"))


def test_a_name_is_asked_for_and_given_once(browse: Browse, cast: Cast) -> None:
    client = browse(cast.ben)
    missing = save(client, " ")
    assert (missing.status_code, "Enter a name" in text_of(missing)) == (422, True)
    save(client, "Pears")
    taken = save(client, "Pears")
    assert (taken.status_code, "You saved a search of this name already" in text_of(taken)) == (409, True)
    unknown = save(client, "Ovals", alert="hourly")
    assert unknown.status_code == 422
    assert saved() == [("Pears", PEARS, "daily")]


def test_nobody_sees_or_changes_another_s_search(browse: Browse, cast: Cast) -> None:
    save(browse(cast.ben), "Pears")
    address = f"/search/saved/{SavedSearch.objects.get().public_id}/"
    for other in (cast.bea, cast.omar):
        client = browse(other)
        assert "Pears" not in text_of(client.get("/search/saved/"))
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine", "alert": "never"}).status_code == 404
        assert client.post(f"{address}look/").status_code == 404
        assert client.post(f"{address}remove/").status_code == 404
    assert saved() == [("Pears", PEARS, "daily")]
    assert SavedSearch.objects.get().made_at > NOON
