"""The drawing of a stone as a picture of its own."""

import pytest

from bourse.market.models import Listing
from cast import Cast
from market.files import A1, listed, live
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stone(cast: Cast) -> Listing:
    """Asha's round, without measurements."""
    listed(cast.asha, A1)
    return live("A-1")


def test_a_stone_has_a_picture_that_is_kept_until_it_changes(
    browse: Browse, cast: Cast, stone: Listing
) -> None:
    client = browse(cast.ben)
    first = client.get(f"/stones/{stone.public_id}/drawing.svg")
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml")
    assert first["Cache-Control"] == "private, max-age=86400"
    assert first.content.decode().startswith("<svg ")
    again = client.get(f"/stones/{stone.public_id}/drawing.svg", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Listing.objects.filter(pk=stone.pk).update(table_percent=70, version=2)
    changed = client.get(f"/stones/{stone.public_id}/drawing.svg", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_a_picture_says_nothing_but_shape_and_proportions(browse: Browse, cast: Cast, stone: Listing) -> None:
    drawn = browse(cast.ben).get(f"/stones/{stone.public_id}/drawing.svg").content.decode()
    assert "<text" not in drawn
    assert not any(word in drawn for word in ("Asha", "7070", "VS1", "A-1"))


def test_a_shape_that_is_not_drawn_has_no_picture(browse: Browse, cast: Cast, stone: Listing) -> None:
    Listing.objects.filter(pk=stone.pk).update(shape="Star")
    assert browse(cast.ben).get(f"/stones/{stone.public_id}/drawing.svg").status_code == 404
    assert browse(cast.ben).get("/stones/nothing/drawing.svg").status_code == 404


def test_the_page_draws_the_stone_with_its_measures(browse: Browse, cast: Cast, stone: Listing) -> None:
    Listing.objects.filter(pk=stone.pk).update(
        shape="Pear", length_mm="9.50", width_mm="6.10", depth_percent="61.00", table_percent="58.00"
    )
    page = text_of(browse(cast.ben).get(f"/stones/{stone.public_id}/"))
    assert 'aria-label="From above and from the side, to scale: table 58.0 %, depth 61.0 %"' in page
    assert ">9.50 mm</text>" in page
    assert ">6.10 mm</text>" in page
