"""Company information, the page that members see, and branches."""

import re

import pytest

from bourse.market.models import Showing
from bourse.members.models import Branch, Company
from bourse.search import follower
from cast import NOON, Cast
from market.files import A1, like, listed, live
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
INFORMATION = "/account/company/information/"
PROFILE, PRIVATE = "/account/company/profile/", "/account/company/private/"
BRANCHES, ADD = "/account/branches/", "/account/branches/add/"
PLACE = {
    "name": "Antwerp office",
    "street": "Hoveniersstraat 2",
    "city": "Antwerp",
    "country": "BE",
    "takes_deliveries": "on",
    "holds_stock": "on",
    "stock_words": "ANT\n\n Antwerp  safe ",
}


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def house(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.asha.company_id or 0)


def test_an_owner_changes_what_members_see_and_members_see_it(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    said = {
        "seen": seen_on(text_of(client.get(PROFILE))),
        "name": "Asha Gems",
        "city": "Surat",
        "country": "IN",
        "nature": "dealer",
        "trades": ["natural polished", "rough"],
        "associations": "First bourse\n Second  bourse",
        "about": "Rounds & ovals.",
        "website": "www.asha.example",
        "founded": " 1981 ",
    }
    answer = client.post(PROFILE, said)
    assert (answer.status_code, answer["Location"]) == (302, INFORMATION)
    page = text_of(browse(cast.ben).get(f"/companies/{house(cast).public_id}/"))
    for sentence in (
        "Surat, India",
        "Dealer",
        "Natural polished, Rough",
        "First bourse, Second bourse",
        "1981",
    ):
        assert sentence in page
    assert 'href="https://www.asha.example"' in page and "Rounds & ovals." in page
    assert f"/search/?growth=both&company={house(cast).public_id}" in page


def test_what_is_wrong_stands_on_the_form_and_nothing_moved(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    seen = seen_on(text_of(client.get(PROFILE)))
    for wrong, status, sentence in (
        ({"name": ""}, 422, "Enter the company’s name"),
        ({"name": "Ben & Bea"}, 409, "is a member already"),
        ({"founded": "long ago"}, 422, "Enter the year of the foundation"),
        ({"website": "http://"}, 422, "Enter the website’s address"),
        ({"seen": "stale"}, 409, "Somebody else changed this after your page was loaded"),
    ):
        said = {"seen": seen, "name": "Other", "city": "Surat", "country": "IN"} | wrong
        answer = client.post(PROFILE, said)
        page = text_of(answer)
        assert answer.status_code == status and sentence in page
        assert "There is a problem" in page and "<title>Error: " in page and 'value="Surat"' in page
    assert house(cast).name == "Asha Gems"


def test_the_private_part_is_the_companys_own(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    said = {
        "seen": seen_on(text_of(client.get(PRIVATE))),
        "legal_name": "Asha Gems Pvt Ltd",
        "size": "2–9",
        "sells": "on",
    }
    assert client.post(PRIVATE, said)["Location"] == INFORMATION
    page = text_of(browse(cast.vera).get(INFORMATION))
    assert "Asha Gems Pvt Ltd" in page and "2 to 9 people" in page and PROFILE not in page
    assert "Asha Gems Pvt Ltd" not in text_of(browse(cast.ben).get(f"/companies/{house(cast).public_id}/"))


@pytest.mark.parametrize("who", ["tara", "vera"])
def test_others_of_the_company_are_told_that_owners_decide(browse: Browse, cast: Cast, who: str) -> None:
    client = browse(getattr(cast, who))
    for address in (PROFILE, PRIVATE, ADD):
        for answer in (client.get(address), client.post(address, {"name": "X"})):
            assert answer.status_code == 403 and re.search(r"by (its|the) owners", text_of(answer))
    assert client.get(INFORMATION).status_code == client.get(BRANCHES).status_code == 200
    assert house(cast).name == "Asha Gems" and not Branch.objects.exists()


def test_a_seller_is_a_link_where_he_is_named(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    address = f'href="/companies/{house(cast).public_id}/"'
    stone = f"/stones/{live('A-1').public_id}/"
    assert address in text_of(browse(cast.ben).get(stone))
    Showing.objects.create(company=house(cast), hides_name=True, changed_at=NOON)
    assert address not in text_of(browse(cast.ben).get(stone))


def test_a_company_that_hides_its_name_is_as_none_to_others(browse: Browse, cast: Cast) -> None:
    Showing.objects.create(company=house(cast), hides_name=True, changed_at=NOON)
    address, missing = f"/companies/{house(cast).public_id}/", "/companies/nothing/"
    ben = browse(cast.ben)
    assert ben.get(address).status_code == ben.get(missing).status_code == 404
    assert browse(cast.vera).get(address).status_code == browse(cast.omar).get(address).status_code == 200
    assert browse(None).get(address)["Location"].startswith("/account/sign-in/")


def test_a_branch_is_added_changed_and_closed(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    assert client.post(ADD, PLACE)["Location"] == BRANCHES
    made = Branch.objects.get()
    assert made.stock_words == ["ANT", "Antwerp safe"]
    page = text_of(browse(cast.vera).get(BRANCHES))
    assert "Hoveniersstraat 2, Antwerp, Belgium" in page and "ANT, Antwerp safe" in page and ADD not in page
    address = f"{BRANCHES}{made.public_id}/"
    moved = PLACE | {"seen": seen_on(text_of(client.get(address))), "street": "Schupstraat 9"}
    assert client.post(address, moved)["Location"] == BRANCHES
    answer = client.post(address, moved)
    assert answer.status_code == 409 and "Somebody else changed this" in text_of(answer)
    assert "Nothing is sent there any more" in text_of(client.get(f"{address}close/"))
    assert client.post(f"{address}close/")["Location"] == BRANCHES
    assert client.post(f"{address}close/").status_code == 409
    page = text_of(client.get(BRANCHES))
    assert "No branch is open." in page and "Schupstraat 9" in page


def test_a_branch_form_says_what_is_wrong(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    client.post(ADD, PLACE)
    for wrong, status, sentence in (
        ({"name": ""}, 422, "Enter a name for the branch"),
        ({"country": "XX"}, 422, "Choose the country"),
        ({"name": "Two", "takes_deliveries": "", "holds_stock": ""}, 422, "Choose what the branch is for"),
        ({"name": "Two"}, 409, "“ANT” stands for your branch Antwerp office already."),
        ({"stock_words": ""}, 409, "has an open branch called Antwerp office already"),
    ):
        said = {name: value for name, value in (PLACE | wrong).items() if value}
        answer = client.post(ADD, said)
        assert answer.status_code == status and sentence in text_of(answer)
    assert Branch.objects.count() == 1


def test_another_companys_branch_is_not_there(browse: Browse, cast: Cast) -> None:
    browse(cast.asha).post(ADD, PLACE)
    mine, none = f"{BRANCHES}{Branch.objects.get().public_id}/", f"{BRANCHES}nothing/"
    carl = browse(cast.carl)
    for tail in ("", "close/"):
        assert carl.get(mine + tail).status_code == carl.get(none + tail).status_code == 404
        assert carl.post(mine + tail, PLACE).status_code == 404
    assert Branch.objects.get().closed_at is None


def test_a_seller_in_the_results_is_a_link(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.carl, like(A1, stock="C-1"))
    follower.rebuild()
    page = text_of(browse(cast.ben).get("/search/?growth=both"))
    assert f'<a href="/companies/{house(cast).public_id}/">Asha Gems</a>' in page
