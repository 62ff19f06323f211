"""In by password or by a one-time link, out again, and for which company."""

import pytest
from django.test import Client

from bourse.kit import clock
from bourse.members.actions import add_person, first_operator_link
from bourse.members.actor import Role
from bourse.members.models import Company, Membership, OneTimeLink, Person
from cast import NOON, Cast
from web.conftest import Browse

GOOD = "four words make sentences"
pytestmark = pytest.mark.django_db


@pytest.fixture
def secret() -> str:
    return first_operator_link(now=clock.now())


def test_the_first_operator_comes_in_by_his_link(browse: Browse, secret: str) -> None:
    client = browse(None)
    answer = client.post(
        f"/account/link/{secret}/", {"email": "Omar@House.example", "name": "Omar", "password": GOOD}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Person.objects.get().is_operator
    assert client.get("/members/").status_code == 200


def test_a_link_that_was_used_is_not_there(browse: Browse, secret: str) -> None:
    browse(None).post(f"/account/link/{secret}/", {"email": "o@h.example", "name": "O", "password": GOOD})
    answer = browse(None).get(f"/account/link/{secret}/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "This link no longer works" in page and "sign in with it" in page
    assert secret not in page


def test_a_weak_password_stands_on_its_field_and_spends_nothing(browse: Browse, secret: str) -> None:
    answer = browse(None).post(
        f"/account/link/{secret}/", {"email": "o@h.example", "name": "Omar", "password": "short"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: Set your password" in page
    assert 'href="#id_password"' in page
    assert 'value="Omar"' in page
    assert OneTimeLink.objects.get().used_at is None


def test_reading_the_page_of_a_link_spends_nothing(browse: Browse, secret: str) -> None:
    assert browse(None).get(f"/account/link/{secret}/").status_code == 200
    assert OneTimeLink.objects.get().used_at is None


def test_a_person_who_was_added_sets_a_password_and_signs_in_with_it(browse: Browse, cast: Cast) -> None:
    house = Company.objects.get(pk=cast.asha.company_id)
    link = add_person(
        actor=cast.asha,
        company_id=house.public_id,
        email="nadia@bourse.example",
        name="Nadia",
        role=Role.VIEWER,
        now=clock.now(),
    )
    answer = browse(None).post(
        f"/account/link/{link}/", {"email": "carl@bourse.example", "name": "Nadia", "password": GOOD}
    )
    assert answer.status_code == 302  # the address of the invitation stands, whatever the form carried
    client = browse(None)
    answer = client.post("/account/sign-in/", {"login": "nadia@bourse.example", "password": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_password_says_so_above_the_form(browse: Browse, cast: Cast) -> None:
    answer = browse(None).post(
        "/account/sign-in/", {"login": "asha@bourse.example", "password": "not her password"}
    )
    page = answer.content.decode()
    assert "This e-mail address and this password do not belong together" in page
    assert "<title>Error: Sign in" in page


def test_nobody_signs_up_by_himself(browse: Browse) -> None:
    for path in (
        "/account/signup/",
        "/account/sign-up/",
        "/accounts/signup/",
        "/account/password/reset/",
        "/account/2fa/",
    ):
        assert browse(None).get(path).status_code == 404


def test_a_page_for_members_leads_a_visitor_to_the_sign_in_and_back(browse: Browse) -> None:
    answer = browse(None).get("/account/company/?x=1")
    assert answer["Location"] == "/account/sign-in/?next=/account/company/%3Fx%3D1"


def test_one_acts_for_the_company_that_was_chosen(browse: Browse, cast: Cast) -> None:
    second = Company.objects.get(pk=cast.carl.company_id)
    Membership.objects.create(
        person_id=cast.ben.person_id, company=second, role=Role.VIEWER.value, created_at=NOON
    )
    client = browse(cast.ben)
    assert "Ben · Ben &amp; Bea" in client.get("/account/company/").content.decode()
    client.post("/account/company/", {"company": second.public_id})
    assert "Ben · Carl Trading" in client.get("/account/company/").content.decode()


def test_one_cannot_act_for_a_company_of_others(browse: Browse, cast: Cast) -> None:
    other = Company.objects.get(pk=cast.asha.company_id)
    client = browse(cast.ben)
    assert client.post("/account/company/", {"company": other.public_id}).status_code == 404
    assert "Asha Gems" not in client.get("/account/company/").content.decode()


def test_the_display_is_kept_in_the_browser(browse: Browse) -> None:
    client = browse(None)
    client.post("/account/display/", {"theme": "dark", "density": "compact", "keys": "off"})
    page = client.get("/account/display/").content.decode()
    assert 'data-theme="dark" data-density="compact" data-keys="off"' in page


def test_a_made_up_display_is_no_display(browse: Browse) -> None:
    client = browse(None)
    client.cookies["display"] = '"><script>.dark'
    page = client.get("/account/display/").content.decode()
    assert 'data-theme="dark"' in page
    assert "<script>." not in page


def test_signing_out_is_a_form(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    assert client.get("/account/sign-out/").status_code == 200
    assert client.post("/account/sign-out/")["Location"] == "/"
    assert client.get("/account/company/").status_code == 302


def test_a_form_without_its_seal_is_refused_with_a_page(cast: Cast) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post("/account/sign-in/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "The form came without its seal" in answer.content.decode()
