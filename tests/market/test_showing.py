"""What a company keeps from the others on all its listings."""

from datetime import timedelta

import pytest

from bourse.kit.models import Fact
from bourse.market import visible
from bourse.market.actions import set_showing
from bourse.market.models import Listing, Showing
from bourse.market.queries import ShowingView, live_rows_of, showing
from bourse.market.refusals import OnlyOwnersSetShowing
from cast import NOON, Cast
from market.offering import offered

LATER = NOON + timedelta(hours=1)


def seen(listing: Listing, *names: str) -> tuple[object, ...]:
    """These columns of the listing as the catalogue takes them."""
    rows = visible.shown(Listing.objects.filter(pk=listing.pk), *names)
    return tuple(rows.values_list(*map(visible.column, names)).get())


def test_an_owner_hides_the_name_and_search_hears_of_it(cast: Cast) -> None:
    assert showing(cast.asha) == ShowingView(False, False, False, may_change=True)
    view, fact_id = set_showing(
        actor=cast.asha, hides_name=True, hides_ask=False, hides_cash_ask=True, now=LATER
    )
    assert view == ShowingView(True, False, True, may_change=True)
    assert showing(cast.tara) == ShowingView(True, False, True, may_change=False)
    assert showing(cast.ben) == ShowingView(False, False, False, may_change=True)
    fact = Fact.objects.get(pk=fact_id)
    assert (fact.name, fact.body) == ("market.ShowingChanged", {"company_id": cast.asha.company_id})


@pytest.mark.parametrize("who", ["tara", "vera", "omar"])
def test_nobody_but_an_owner_decides_what_others_see(cast: Cast, who: str) -> None:
    with pytest.raises(OnlyOwnersSetShowing, match="Only an owner of the company decides"):
        set_showing(actor=getattr(cast, who), hides_name=True, hides_ask=True, hides_cash_ask=True, now=LATER)
    assert (Showing.objects.count(), Fact.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("asks", "hidden", "expected"),
    [
        ((707_000, 690_000), {}, (707_000, 707_000, 690_000)),
        ((707_000, 690_000), {"hides_ask": True}, (690_000, None, 690_000)),
        ((707_000, 690_000), {"hides_cash_ask": True}, (707_000, 707_000, None)),
        ((707_000, 690_000), {"hides_ask": True, "hides_cash_ask": True}, (None, None, None)),
        ((707_000, None), {"hides_ask": True}, (None, None, None)),
        ((None, 690_000), {}, (690_000, None, 690_000)),
        ((None, 690_000), {"hides_ask": True}, (690_000, None, 690_000)),
        ((None, 690_000), {"hides_cash_ask": True}, (None, None, None)),
        ((None, None), {}, (None, None, None)),
    ],
)
@pytest.mark.parametrize("by", ["listing", "company"])
def test_the_ask_on_credit_is_counted_and_the_cash_ask_where_it_stands_alone(
    cast: Cast,
    asks: tuple[int | None, int | None],
    hidden: dict[str, bool],
    expected: tuple[int | None, ...],
    by: str,
) -> None:
    listing = offered(cast.asha, ask_cents=asks[0], cash_ask_cents=asks[1])
    if by == "listing":
        Listing.objects.filter(pk=listing.pk).update(**hidden)
    else:
        set_showing(
            actor=cast.asha,
            hides_name=False,
            **{"hides_ask": False, "hides_cash_ask": False} | hidden,
            now=LATER,
        )
    assert seen(listing, "ask_cents", "memo_ask_cents", "cash_ask_cents") == expected


def test_a_hidden_name_takes_along_what_gives_it_away(cast: Cast) -> None:
    names = (
        "company_name", "company_public_id", "supplier_stock_number", "state", "city", "country",
        "has_image", "has_video", "has_certificate",
    )  # fmt: skip
    listing = offered(
        cast.asha,
        state="Flanders",
        image_urls=["https://asha.example/1.jpg"],
        certificate_url="https://x.example",
    )
    company_id = listing.company.public_id
    assert seen(listing, *names) == (
        "Asha Gems", company_id, "A-1", "Flanders", "Antwerp", "Belgium", True, False, True,
    )  # fmt: skip
    set_showing(actor=cast.asha, hides_name=True, hides_ask=False, hides_cash_ask=False, now=LATER)
    assert seen(listing, *names) == ("", "", "", "", "", "Belgium", False, False, False)


def test_search_takes_in_anew_what_the_company_lists(cast: Cast) -> None:
    first, second = offered(cast.asha), offered(cast.asha, "A-2", "7000000002")
    offered(cast.ben, "B-1", "7000000003")
    Listing.objects.filter(pk=second.pk).update(is_live=False, ended_at=NOON)
    third = offered(cast.asha, "A-3", "7000000004")
    assert cast.asha.company_id is not None
    assert [row.id for row in live_rows_of(cast.asha.company_id)] == [first.pk, third.pk]
    assert [row.id for row in live_rows_of(cast.asha.company_id, after=first.pk)] == [third.pk]
    assert [row.id for row in live_rows_of(cast.asha.company_id, limit=1)] == [first.pk]
