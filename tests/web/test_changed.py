"""What changed since yesterday: a line above own stock, and the page that tells it."""

from datetime import timedelta

import pytest

from bourse.kit import clock
from bourse.market.actions import change_ask, withdraw_listing
from bourse.market.models import Listing
from bourse.search import follower
from cast import Cast
from market.files import live
from market.offering import offered
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(cast: Cast) -> Cast:
    """Asha's three stones of long ago: Tara repriced one and took one down, Ben went below the third."""
    for number in (1, 2, 3):
        offered(cast.asha, f"A-{number}", f"700000000{number}", ask_cents=707_000)
    Listing.objects.update(listed_at=clock.now() - timedelta(days=40))
    theirs = offered(cast.ben, "B-1", "7100000001", ask_cents=808_000)
    others = {"availability": theirs.availability, "version": 1, "now": clock.now()}
    change_ask(actor=cast.ben, listing_id=theirs.public_id, ask_cents=606_000, **others)
    change_ask(actor=cast.tara, listing_id=live("A-1").public_id, ask_cents=700_000, **others)
    withdraw_listing(actor=cast.tara, listing_id=live("A-2").public_id, version=1, now=clock.now())
    follower.rebuild()
    return cast


def test_the_page_says_what_moved_by_whom_and_where_to_act(browse: Browse, moved: Cast) -> None:
    page = text_of(browse(moved.tara).get("/listings/since/"))
    for said in (
        '<a href="/listings/since/#undercut">2 undercut</a>',
        '<a href="/listings/since/#repriced">1 with another ask</a>',
        '<a href="/listings/since/#ended">1 ended</a>',
        "rank 2 then, 3 of 3 now; the lowest is 6,000 $/ct against your 7,000",
        "$7,070.00 before, $7,000.00 now, by Tara, ",
        "taken down by hand, by Tara, ",
        f'<a href="/listings/stones/{live("A-3").public_id}/">Change the ask',
    ):
        assert said in page, said
    assert "1 new" not in page and "also listed" not in page
    assert "Change the ask" not in text_of(browse(moved.vera).get("/listings/since/"))
    longer = text_of(browse(moved.vera).get("/listings/since/?days=7"))
    assert '<a href="/listings/since/?days=7#undercut">' in longer


def test_where_nothing_changed_that_is_said(browse: Browse, cast: Cast) -> None:
    page = text_of(browse(cast.asha).get("/listings/since/?days=31"))
    assert "Nothing changed." in page and 'href="?days=31" aria-current="page"' in page


def test_what_others_listed_is_told_by_the_name_they_show(browse: Browse, cast: Cast) -> None:
    offered(cast.asha, "A-1", "7000000001")
    theirs = offered(cast.ben, "B-1", "7000000001")
    Listing.objects.filter(pk=theirs.pk).update(listed_at=clock.now())
    follower.rebuild()
    page = text_of(browse(cast.asha).get("/listings/since/"))
    assert "1 also listed by others" in page and "listed by Ben" in page
    assert f'href="/stones/{theirs.public_id}/"' in page


def test_the_line_above_the_table_leads_to_the_page(browse: Browse, moved: Cast) -> None:
    page = text_of(browse(moved.asha).get("/listings/"))
    assert 'data-tells="/listings/since/"><a href="/listings/since/">Since yesterday</a>' in page
    assert "undercut" not in page  # which is found once the table stands


def test_another_company_is_told_nothing_of_it(browse: Browse, moved: Cast) -> None:
    page = text_of(browse(moved.carl).get("/listings/since/"))
    assert "Nothing changed." in page and "A-1" not in page
