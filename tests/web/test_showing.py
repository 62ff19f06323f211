"""An owner decides what others see of the company's stock."""

import pytest

from bourse.market.queries import ShowingView, showing
from cast import Cast
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/account/showing/"


def test_an_owner_hides_the_name(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    kept = client.post(ADDRESS, {"hides_name": "on"}, follow=True)
    assert "Kept. Buyers see your stock in this way now." in text_of(kept)
    assert showing(cast.asha) == ShowingView(True, False, False, may_change=True)
    assert "after" in client.cookies
    client.post(ADDRESS, {"hides_cash_ask": "on"})
    assert showing(cast.asha) == ShowingView(False, False, True, may_change=True)


@pytest.mark.parametrize("who", ["tara", "vera"])
def test_a_colleague_reads_it(browse: Browse, cast: Cast, who: str) -> None:
    client = browse(getattr(cast, who))
    page = text_of(client.get(ADDRESS))
    assert "An owner of your company decides this." in page and page.count(" disabled") == 3
    answer = client.post(ADDRESS, {"hides_name": "on"})
    assert answer.status_code == 403
    assert "Only an owner of the company decides what others see of its stock." in text_of(answer)
    assert showing(cast.asha) == ShowingView(False, False, False, may_change=True)


def test_who_acts_for_no_company_is_led_to_choose_one(browse: Browse, cast: Cast) -> None:
    assert browse(cast.omar).get(ADDRESS)["Location"] == "/account/company/"
    assert browse(None).get(ADDRESS)["Location"].startswith("/account/sign-in/")
