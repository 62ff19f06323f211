"""The operator's pages; for anybody else they are not there."""

import re

import pytest

from bourse.members.models import Company, Person
from cast import Cast
from web.conftest import Browse

pytestmark = pytest.mark.django_db


def test_the_operator_admits_a_company_and_adds_a_person(browse: Browse, cast: Cast) -> None:
    client = browse(cast.omar)
    answer = client.post("/members/", {"name": "Dora Stones", "city": "Antwerp", "country": "be"})
    dora = Company.objects.get(name="Dora Stones")
    assert answer["Location"] == f"/members/{dora.public_id}/"
    assert dora.country == "BE"
    form = {"name": "Dora", "email": "dora@bourse.example", "role": "owner"}
    added = client.post(answer["Location"], form)
    assert (added.status_code, added["Location"]) == (302, answer["Location"])
    assert added.cookies["link"]["path"] == answer["Location"] and added.cookies["link"]["httponly"]
    page = client.get(answer["Location"]).content.decode()
    link = re.search(r"http://localhost:\d+(/account/link/[\w-]{43}/)", page)
    assert link and browse(None).get(link[1]).status_code == 200
    assert "/account/link/" not in client.get(answer["Location"]).content.decode()


def test_who_signs_in_already_joins_without_a_link(browse: Browse, cast: Cast) -> None:
    client, house = browse(cast.omar), Company.objects.get(pk=cast.carl.company_id)
    ben = Person.objects.get(pk=cast.ben.person_id)
    form = {"name": "Ben", "email": ben.email, "role": "viewer"}
    page = client.post(f"/members/{house.public_id}/", form, follow=True).content.decode()
    assert "Ben acts for this company from now on and signs in as before." in page
    assert "/account/link/" not in page


def test_a_company_is_admitted_once(browse: Browse, cast: Cast) -> None:
    before = Company.objects.count()
    answer = browse(cast.omar).post("/members/", {"name": "asha gems", "city": "", "country": ""})
    assert answer.status_code == 409
    assert "is a member already" in answer.content.decode()
    assert Company.objects.count() == before


def test_a_form_with_errors_keeps_what_was_typed(browse: Browse, cast: Cast) -> None:
    answer = browse(cast.omar).post("/members/", {"name": "", "city": "Antwerp", "country": "Belgium"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_name"' in page and 'href="#id_country"' in page
    assert 'value="Antwerp"' in page and 'value="Belgium"' in page


@pytest.mark.parametrize("who", ["asha", "ben", "vera"])
def test_for_members_the_operators_pages_are_not_there(browse: Browse, cast: Cast, who: str) -> None:
    client = browse(getattr(cast, who))
    house = Company.objects.get(pk=cast.asha.company_id)
    people = Person.objects.count()
    assert client.get("/members/").status_code == 404
    assert client.get(f"/members/{house.public_id}/").status_code == 404
    form = {"name": "Eve", "email": "eve@bourse.example", "role": "owner"}
    assert client.post(f"/members/{house.public_id}/", form).status_code == 404
    assert Person.objects.count() == people
    assert "Members" not in client.get("/account/company/").content.decode()
