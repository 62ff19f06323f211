"""The operator sets the house, and sees where suppliers contradict each other."""

from io import BytesIO

import pytest

from bourse.market.actions import set_showing
from bourse.members.models import Exchange
from bourse.members.public_fields import PUBLIC_UNLESS_SET
from bourse.members.queries import exchange
from cast import NOON, Cast
from market.offering import offered
from members.pictures import PNG, SVG
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Diamond Floor",
    "accent_light": "6B3A1E",
    "accent_dark": "#e8b48c",
    "lining_light": "#edf3f7",
    "lining_dark": "",
    "public_fields": ["colour", "ask"],
}


def picture(content: bytes, name: str = "logo.png") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def test_every_page_shows_the_name_the_logo_and_the_colours(browse: Browse, cast: Cast) -> None:
    set_up = browse(cast.omar).post("/operator/exchange/", FORM | {"logo": picture(PNG)}, follow=True)
    assert "This exchange is set. Every page shows it from now on." in text_of(set_up)
    assert "Last set by Omar on" in text_of(set_up)
    version = exchange().version
    for address in ("/", "/account/sign-in/", "/account/display/"):
        page = text_of(browse(None).get(address))
        assert "· Diamond Floor</title>" in page
        assert f'<img class="logo" src="/look/{version}/logo" alt="">Diamond Floor</a>' in page
        assert f'<link rel="stylesheet" href="/look/{version}/colours.css">' in page
        assert "style=" not in page and "<style" not in page
    colours = browse(None).get(f"/look/{version}/colours.css")
    assert colours.content == b":root{--act:light-dark(#6b3a1e,#e8b48c)}\n"
    assert colours["Content-Type"] == "text/css; charset=utf-8"
    assert colours["Cache-Control"] == "public, max-age=31536000, immutable"
    logo = browse(None).get(f"/look/{version}/logo")
    assert (logo.content, logo["Content-Type"], logo["X-Content-Type-Options"]) == (
        PNG,
        "image/png",
        "nosniff",
    )
    assert browse(None).get("/look/old/logo")["Cache-Control"] == "no-cache"


def test_as_it_comes_the_house_has_its_own_name_and_no_logo(browse: Browse, cast: Cast) -> None:
    page = text_of(browse(None).get("/"))
    assert "· Bourse</title>" in page and "/look/" not in page
    assert browse(None).get("/look/0/logo").status_code == 404
    form = text_of(browse(cast.omar).get("/operator/exchange/"))
    assert "As it came: nobody has changed it." in form and 'value="#0b5a75"' in form


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Enter the exchange’s name"),
        ({"accent_light": "mauve"}, "Enter a colour as six figures, for example #0b5a75"),
        (
            {"accent_light": "#ff0000"},
            "The accent against paper in light has a contrast of 3.99 : 1; it needs 4.5 : 1.",
        ),
        ({"logo": SVG}, "The logo is no whole PNG, JPEG or WebP picture. Send one of these."),
    ],
)
def test_a_refused_setting_keeps_what_was_typed(
    browse: Browse, cast: Cast, given: dict[str, object], sentence: str
) -> None:
    sent = {name: picture(one, "a.svg") if isinstance(one, bytes) else one for name, one in given.items()}
    answer = browse(cast.omar).post("/operator/exchange/", FORM | sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "<title>Error: Set up this exchange" in page and "There is a problem" in page
    assert sentence in page and 'value="#e8b48c"' in page
    assert not Exchange.objects.exists()


def test_a_logo_is_taken_away(browse: Browse, cast: Cast) -> None:
    client = browse(cast.omar)
    client.post("/operator/exchange/", FORM | {"logo": picture(PNG)})
    client.post("/operator/exchange/", FORM)
    assert exchange().logo_type == "image/png"
    client.post("/operator/exchange/", FORM | {"removes_logo": "on", "public_fields": []})
    assert (exchange().logo_type, len(exchange().public_fields)) == ("", 3)
    assert exchange().public_fields < PUBLIC_UNLESS_SET


def test_the_list_of_claims_that_differ(browse: Browse, cast: Cast) -> None:
    client = browse(cast.omar)
    assert "No two companies contradict each other now." in text_of(client.get("/operator/differing/"))
    own, other = offered(cast.asha), offered(cast.carl, "C-1", colour="F", length_mm=None)
    set_showing(actor=cast.carl, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    page = text_of(client.get("/operator/differing/"))
    assert "<h2>GIA 7000000001</h2>" in page
    assert f'<td>G</td><td><a href="/stones/{own.public_id}/">Asha Gems</a></td>' in page
    assert f'<td>F</td><td><a href="/stones/{other.public_id}/">Carl Trading</a></td>' in page


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
@pytest.mark.parametrize("address", ["/operator/exchange/", "/operator/differing/"])
def test_for_members_these_pages_are_not_there(browse: Browse, cast: Cast, who: str, address: str) -> None:
    client = browse(getattr(cast, who))
    assert client.get(address).status_code == 404
    assert client.post("/operator/exchange/", FORM).status_code == 404
    assert not Exchange.objects.exists()
