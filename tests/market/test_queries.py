"""What others may ask of the market."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from bourse.kit.refusal import NotThere
from bourse.market.actions import change_ask, withdraw_listing
from bourse.market.models import Listing, Upload
from bourse.market.queries import (
    OtherListing,
    all_catalogue_rows,
    catalogue_rows,
    changes,
    difference,
    listing,
    upload,
    uploads,
)
from bourse.market.queries.stock_table import stock_lines
from bourse.market.stock_filter import StockFilter
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live, many, sent

LATER = NOON + timedelta(days=1)


def test_a_listing_tells_everything_but_what_is_private(cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.carl, like(A1, stock="C-1", price="6900"))
    Listing.objects.filter(pk=live("A-1").pk).update(private={"cost": 6000})
    seen = {
        who: listing(getattr(cast, who) if who else None, live("A-1").public_id)
        for who in ("vera", "ben", "")
    }
    assert [view.private for view in seen.values()] == [{"cost": 6000}, None, None]
    assert [(view.is_own, view.may_change) for view in seen.values()] == [
        (True, False),
        (False, False),
        (False, False),
    ]
    view = listing(cast.tara, live("A-1").public_id)
    assert (view.may_change, view.company_name, view.claims["weight_ct"]) == (
        True,
        "Asha Gems",
        Decimal("1.010"),
    )
    carl = live("C-1")
    assert view.elsewhere == [
        OtherListing(carl.public_id, carl.company.public_id, "Carl Trading", 690_000, "Guaranteed available")
    ]
    assert not {"stock_key", "report_key", "private"} & set(view.claims)


def test_an_ended_listing_is_there_for_its_own_company_only(cast: Cast) -> None:
    listed(cast.asha, A1)
    listing_id = live("A-1").public_id
    withdraw_listing(actor=cast.asha, listing_id=listing_id, version=1, now=LATER)
    assert listing(cast.vera, listing_id).is_live is False
    for actor in (cast.ben, cast.omar, None):
        with pytest.raises(NotThere) as ended:
            listing(actor, listing_id)
        with pytest.raises(NotThere) as absent:
            listing(actor, "none")
        assert str(ended.value) == str(absent.value)


def test_ones_own_stock_goes_on_where_a_listing_ended_meanwhile(cast: Cast) -> None:
    listed(cast.asha, *many(5))
    first = stock_lines(cast.vera, StockFilter(), limit=2)
    assert (first.total, [row.supplier_stock_number for row in first.rows]) == (5, ["M-5", "M-4"])
    withdraw_listing(actor=cast.asha, listing_id=first.rows[1].public_id, version=1, now=LATER)
    rest = stock_lines(cast.vera, StockFilter(), after=first.after, limit=9)
    assert ([row.supplier_stock_number for row in rest.rows], rest.after) == (["M-3", "M-2", "M-1"], None)
    assert stock_lines(cast.omar, StockFilter()).rows == []
    with pytest.raises(NotThere):
        stock_lines(cast.ben, StockFilter(), after=first.after)


def test_search_reads_in_slices_what_an_upload_touched(cast: Cast) -> None:
    listed(cast.asha, *many(5))
    first = Upload.objects.latest("pk")
    listed(cast.asha, like(many(1)[0], price="9"), *many(4, start=2)[:3], mode="replace_all")
    second = Upload.objects.latest("pk")
    changed, removed = live("M-1").pk, Listing.objects.get(is_live=False).pk
    assert [row.id for row in changes(second.pk)] == sorted([changed, removed])
    assert [row.id for row in changes(second.pk, after=changed, limit=1)] == [removed]
    assert len(changes(first.pk)) == 3
    rows = catalogue_rows([changed, removed])
    assert [(row.id, row.is_live, row.ask_cents) for row in rows] == [
        (changed, True, 900),
        (removed, False, 100_500),
    ]


def test_a_catalogue_row_has_everything_joined(cast: Cast) -> None:
    listed(cast.asha, A2)
    (row,) = all_catalogue_rows()
    pear = live("A-2")
    assert (row.id, row.public_id, row.stone_public_id) == (pear.pk, pear.public_id, pear.stone.public_id)
    assert (row.company_name, row.shape, row.weight_ct) == ("Asha Gems", "Pear", Decimal("0.500"))
    assert (row.has_image, row.has_video, row.availability) == (False, False, "On memo")
    assert all_catalogue_rows(after_id=pear.pk) == []


def test_only_live_listings_make_a_new_catalogue(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=LATER)
    assert [row.supplier_stock_number for row in all_catalogue_rows()] == ["A-2"]


@pytest.mark.parametrize("stones", [1, 40])
def test_each_question_needs_a_fixed_number_of_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, stones: int
) -> None:
    listed(cast.asha, *many(stones))
    listed(cast.carl, *(like(row, stock=f"C-{row[0]}") for row in many(stones)))
    first = stock_lines(cast.asha, StockFilter()).rows[0]
    for ask in (1, 2, 3)[:stones]:
        change_ask(
            actor=cast.asha,
            listing_id=first.public_id,
            ask_cents=ask,
            availability="On memo",
            version=ask,
            now=LATER,
        )
    view = sent(cast.asha, *many(stones, start=stones // 2 + 1), mode="replace_all")
    with django_assert_num_queries(7):
        stock_lines(cast.asha, StockFilter())
    with django_assert_num_queries(4):
        listing(cast.asha, first.public_id)
    with django_assert_num_queries(3):
        upload(cast.asha, view.public_id)
    with django_assert_num_queries(7):  # two of them the savepoint of this test's own transaction
        difference(cast.asha, view.public_id)
    with django_assert_num_queries(1):
        uploads(cast.asha)
    with django_assert_num_queries(1):
        all_catalogue_rows()


def test_samples_of_a_difference_are_limited_and_its_counts_are_not(cast: Cast) -> None:
    view = sent(cast.asha, *many(7), A3)
    told = difference(cast.asha, view.public_id, limit=3)
    assert (told.counts.new, [row.row for row in told.new]) == (8, [2, 3, 4])
