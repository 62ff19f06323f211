"""Where the suppliers of one stone contradict each other: both are shown it, and neither is overwritten."""

from decimal import Decimal

import pytest

from bourse.kit.refusal import NotThere
from bourse.market.actions import set_showing
from bourse.market.models import Listing
from bourse.market.queries import ClaimDifference, differing, differing_stones, listing
from cast import NOON, Cast
from market.files import A1, like, listed, live
from market.offering import offered


def test_each_owner_sees_what_the_other_says(cast: Cast) -> None:
    own, other = offered(cast.asha, colour="G"), offered(cast.carl, "C-1", colour="F", clarity="VS2")
    assert differing(cast.asha, own.public_id) == [
        ClaimDifference("colour", "G", "F", other.public_id, "Carl Trading"),
        ClaimDifference("clarity", "VS1", "VS2", other.public_id, "Carl Trading"),
    ]
    assert differing(cast.vera, own.public_id) == differing(cast.asha, own.public_id)
    assert differing(cast.carl, other.public_id) == [
        ClaimDifference("colour", "F", "G", own.public_id, "Asha Gems"),
        ClaimDifference("clarity", "VS2", "VS1", own.public_id, "Asha Gems"),
    ]


def test_who_hides_the_name_is_not_named_here_either(cast: Cast) -> None:
    own, other = offered(cast.asha), offered(cast.carl, "C-1", colour="F")
    set_showing(actor=cast.carl, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    assert differing(cast.asha, own.public_id) == [ClaimDifference("colour", "G", "F", other.public_id, "")]


@pytest.mark.parametrize("who", ["ben", "carl", "omar"])
def test_nobody_else_asks_after_a_listing(cast: Cast, who: str) -> None:
    own = offered(cast.asha)
    offered(cast.carl, "C-1", colour="F")
    with pytest.raises(NotThere):
        differing(getattr(cast, who), own.public_id)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("cut", "Very Good", True),
        ("cut", "", False),
        ("treatment", "Laser drilled", True),
        ("clarity_to", "SI1", True),
        ("growth", "CVD", True),
        ("weight_ct", Decimal("1.015"), False),
        ("weight_ct", Decimal("1.016"), True),
        ("length_mm", Decimal("6.43"), False),
        ("length_mm", Decimal("6.44"), True),
        ("length_mm", None, False),
        ("depth_percent", Decimal("61.7"), False),
        ("depth_percent", Decimal("61.8"), True),
        ("table_percent", Decimal("58"), False),
        ("table_percent", Decimal("58.5"), True),
        ("ask_cents", 1, False),
        ("city", "Mumbai", False),
    ],
)
def test_silence_and_rounding_contradict_nothing(
    cast: Cast, field: str, value: object, expected: bool
) -> None:
    own = offered(cast.asha)
    offered(cast.carl, stock_number="C-1", **{field: value})  # type: ignore[arg-type]
    found = [difference.field for difference in differing(cast.asha, own.public_id)]
    assert found == ([field] if expected else [])
    assert [list(stone.claims) for stone in differing_stones(cast.omar).stones] == (
        [[field]] if expected else []
    )


def test_an_ended_listing_and_another_stone_contradict_nothing(cast: Cast) -> None:
    own, other = offered(cast.asha), offered(cast.carl, "C-1", colour="F")
    offered(cast.ben, "B-1", "7000000002", colour="D")
    Listing.objects.filter(pk=other.pk).update(is_live=False, ended_at=NOON)
    assert differing(cast.asha, own.public_id) == []
    assert differing_stones(cast.omar).stones == []


def test_the_operator_has_them_all_in_pages_the_latest_first(cast: Cast) -> None:
    for number in range(3):
        report = f"700000000{number}"
        offered(cast.asha, f"A-{number}", report)
        offered(cast.carl, f"C-{number}", report, colour="F")
    set_showing(actor=cast.carl, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    page = differing_stones(cast.omar, limit=2)
    assert [stone.report_number for stone in page.stones] == ["7000000002", "7000000001"]
    assert [(claim.company_name, claim.value) for claim in page.stones[0].claims["colour"]] == [
        ("Asha Gems", "G"),
        ("Carl Trading", "F"),
    ]
    last = differing_stones(cast.omar, after=page.after, limit=2)
    assert ([stone.report_number for stone in last.stones], last.after) == (["7000000000"], None)


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
def test_the_list_is_there_for_the_operator_alone(cast: Cast, who: str) -> None:
    with pytest.raises(NotThere):
        differing_stones(getattr(cast, who))


def test_no_upload_rewrites_what_another_company_claims(cast: Cast) -> None:
    listed(cast.asha, A1)
    listed(cast.carl, like(A1, stock="C-1", colour="F", clarity="VVS2", price="9000"))
    listed(cast.carl, like(A1, stock="C-1", colour="E", clarity="VVS1", price="9100"))
    own, other = live("A-1"), live("C-1")
    assert own.stone_id == other.stone_id
    assert (own.colour, own.clarity, own.ask_cents, own.version) == ("G", "VS1", 707_000, 1)
    assert (other.colour, other.clarity, other.ask_cents) == ("E", "VVS1", 910_000)
    assert listing(cast.ben, own.public_id).claims["colour"] == "G"
