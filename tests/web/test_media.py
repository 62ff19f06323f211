"""Pictures and a certificate are added on a page of their own, shown on the stone's, and given out safely."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bourse.market.models import LinkCheck, Listing, Media
from cast import NOON, Cast
from market import media_made as made
from market.offering import offered
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stone(cast: Cast) -> Listing:
    return offered(cast.asha)


def place(stone: Listing) -> str:
    return f"/stones/{stone.public_id}/media/"


def files(*contents: bytes, name: str = "a.jpg") -> dict[str, Any]:
    return {"sent": [SimpleUploadedFile(name, content) for content in contents]}


def test_files_are_added_and_shown_as_thumbnails(browse: Browse, cast: Cast, stone: Listing) -> None:
    client = browse(cast.tara)
    answer = client.post(place(stone), files(made.picture(), made.pdf()), follow=True)
    assert (answer.redirect_chain[-1][0], answer.status_code) == (place(stone), 200)
    page, (picture, certificate) = text_of(answer), Media.objects.order_by("kind")[::-1]
    assert "2 files are added." in page
    address = f"{place(stone)}{picture.public_id}/"
    for shown in (page, text_of(browse(cast.ben).get(f"/stones/{stone.public_id}/"))):
        assert f'<a href="{address}"><img src="{address}?size=small" width="240" height="160"' in shown
        assert f'href="{place(stone)}{certificate.public_id}/"' in shown


def test_a_file_comes_as_what_it_is_and_can_run_nothing(browse: Browse, cast: Cast, stone: Listing) -> None:
    client = browse(cast.asha)
    client.post(place(stone), files(made.picture("PNG"), made.pdf()))
    for found in Media.objects.all():
        answer = browse(cast.ben).get(f"{place(stone)}{found.public_id}/")
        is_pdf = found.kind == "certificate"
        assert answer["Content-Type"] == ("application/pdf" if is_pdf else "image/jpeg")
        assert answer["Content-Disposition"].startswith("attachment;" if is_pdf else "inline")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer["Cache-Control"] and "Cookie" in answer["Vary"]
        assert browse(None).get(f"{place(stone)}{found.public_id}/").status_code == 404
    small = client.get(f"{place(stone)}{Media.objects.get(kind='picture').public_id}/?size=small")
    assert small.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (files(b"<svg/>", name="a.svg"), "“a.svg” is no whole JPEG, PNG or WebP."),
        (files(made.picture(), bytes(20 * 1024 * 1024 + 1)), "“a.jpg” is larger than 20 MB."),
        (files(made.pdf(b"/JavaScript"), name="r.pdf"), "“r.pdf” holds a script"),
        ({}, "Choose a picture or a certificate to send."),
        ({"address": ""}, "Enter the address of the film"),
        ({"address": "http://films.example/a"}, "https"),
    ],
    ids=["svg", "large", "script", "none", "no film", "plain http"],
)
def test_what_is_not_taken_is_said_at_its_box(
    browse: Browse, cast: Cast, stone: Listing, form: dict[str, Any], says: str
) -> None:
    answer = browse(cast.asha).post(place(stone), form)
    page = text_of(answer)
    box = "address" if "address" in form else "sent"
    assert answer.status_code == 422 and says in page
    assert f'<a href="#id_{box}">' in page and "<title>Error:" in page
    assert page.split("There is a problem")[1].split("</ul>")[0].count("<li>") == 1
    assert not Media.objects.exists()


def test_a_film_is_added_and_removed_again(browse: Browse, cast: Cast, stone: Listing) -> None:
    client = browse(cast.asha)
    page = text_of(client.post(place(stone), {"address": "https://films.example/a.mp4"}, follow=True))
    assert "The film is added." in page and "Nobody has looked yet." in page
    assert '<span class="quiet">films.example</span>' in text_of(client.get(f"/stones/{stone.public_id}/"))
    remove = f"{place(stone)}{Media.objects.get().public_id}/remove/"
    assert f'action="{remove}"' in page
    assert client.get(remove)["Location"] == place(stone) and Media.objects.count() == 1
    assert "It is removed." in text_of(client.post(remove, follow=True))
    assert not Media.objects.exists()


def test_viewers_see_what_is_kept_and_what_was_found_and_change_nothing(
    browse: Browse, cast: Cast, stone: Listing
) -> None:
    seen = {"state": "dead", "failures": 3, "failing_since": NOON, "checked_at": NOON, "why": "It is gone."}
    LinkCheck.objects.create(listing=stone, kind="picture", address="https://a.example/1", host="a", **seen)
    client = browse(cast.vera)
    page = text_of(client.get(place(stone)))
    says = "It is gone. Looked at 3 times since 24 Nov 2026, last on 24 Nov 2026."
    assert "Dead link" in page and says in page and "<form class" not in page.split("<main")[1]
    assert client.post(place(stone), files(made.picture())).status_code == 403
    assert not Media.objects.exists()
    assert f"A link leads nowhere. {says}" in text_of(client.get(f"/stones/{stone.public_id}/"))
    assert says not in text_of(browse(cast.ben).get(f"/stones/{stone.public_id}/"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"checked_at": None, "state": "waiting"}, "Nobody has looked yet."),
        ({"state": "found"}, "There on 24 Nov 2026."),
        ({"state": "not_checked", "why": "No."}, "No. Looked at on 24 Nov 2026."),
        (
            {"state": "failing", "why": "No.", "failures": 1, "failing_since": NOON},
            "No. Looked at once, on 24 Nov 2026.",
        ),
    ],
)
def test_each_state_of_a_link_is_a_sentence(
    browse: Browse, cast: Cast, stone: Listing, change: dict[str, Any], says: str
) -> None:
    seen = {"kind": "film", "address": "https://a.example/1", "host": "a", "checked_at": NOON} | change
    LinkCheck.objects.create(listing=stone, **seen)
    assert says in text_of(browse(cast.asha).get(place(stone)))
