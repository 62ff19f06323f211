"""What of a listing is seen by visitors, members, the operator and the listing's own company."""

from datetime import timedelta

import pytest

from bourse.dialects import field_names
from bourse.market.actions import change_ask, set_showing
from bourse.market.claims import PRIVATE_FIELDS, UNKEPT_FIELDS, Claims
from bourse.market.models import Listing
from bourse.market.policy import Viewer, viewer_of
from bourse.market.queries import AskEntry, OtherListing, OthersSee, listing
from bourse.market.queries.catalogue import catalogue_rows
from bourse.market.visible import MEMBERS_SEE, fields
from bourse.members.actor import Actor
from bourse.members.models import Exchange
from cast import NOON, Cast, person
from market.offering import offered

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def full(cast: Cast) -> Listing:
    """Asha's listing with something in every kind of field."""
    return offered(
        cast.asha,
        cash_ask_cents=690_000,
        state="Flanders",
        comment="call Asha",
        image_urls=["https://asha.example/1.jpg"],
        certificate_url="https://asha.example/1.pdf",
        pair_stock_number="A-2",
        particulars={
            "eye_clean": "Yes",
            "brand": "Star",
            "trade_show": "Booth 12",
            "crown_angle": 34.5,
            "new": 1,
        },
        private={"cost": 500_000},
    )


def hide(cast: Cast, *, name: bool = False, ask: bool = False, cash: bool = False) -> None:
    set_showing(actor=cast.asha, hides_name=name, hides_ask=ask, hides_cash_ask=cash, now=LATER)


def test_as_what_somebody_looks(cast: Cast) -> None:
    assert cast.asha.company_id is not None
    nobody_yet = Actor(person("Nina").pk, None, None)
    kinds = {
        who: viewer_of(actor, cast.asha.company_id)
        for who, actor in [
            ("visitor", None), ("without a company", nobody_yet), ("asha", cast.asha), ("vera", cast.vera),
            ("ben", cast.ben), ("omar", cast.omar),
        ]
    }  # fmt: skip
    assert kinds == {
        "visitor": Viewer.VISITOR,
        "without a company": Viewer.VISITOR,
        "asha": Viewer.OWN,
        "vera": Viewer.OWN,
        "ben": Viewer.MEMBER,
        "omar": Viewer.OPERATOR,
    }


@pytest.mark.parametrize("who", ["asha", "vera"])
def test_its_own_people_see_everything(cast: Cast, full: Listing, who: str) -> None:
    hide(cast, name=True, ask=True, cash=True)
    view = listing(getattr(cast, who), full.public_id)
    assert (view.ask_cents, view.cash_ask_cents, view.company_name, view.version) == (
        707_000,
        690_000,
        "Asha Gems",
        1,
    )
    assert view.private == {"cost": 500_000}
    assert view.others_see == OthersSee(None, None, is_named=False)
    assert (view.claims["comment"], view.claims["city"]) == ("call Asha", "Antwerp")
    assert view.claims["particulars"] == full.particulars


def test_another_member_sees_asks_and_claims_and_nothing_private(cast: Cast, full: Listing) -> None:
    view = listing(cast.ben, full.public_id)
    assert (view.ask_cents, view.cash_ask_cents, view.company_name) == (707_000, 690_000, "Asha Gems")
    assert (view.version, view.private, view.others_see, view.may_change) == (0, None, None, False)
    assert view.claims.keys() == set(Claims._fields) - {"stock_key", "report_key", "private"}
    assert view.claims["particulars"] == {
        "eye_clean": "Yes", "brand": "Star", "trade_show": "Booth 12", "crown_angle": 34.5,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["ben", "asha"])
def test_of_addresses_kept_before_they_were_looked_at_only_those_of_the_web_are_handed_on(
    cast: Cast, who: str
) -> None:
    first = offered(
        cast.asha,
        image_urls=["javascript:alert(1)", "https://a.example/1.jpg"],
        certificate_url="data:text/html,x",
    )
    claims = listing(getattr(cast, who), first.public_id).claims
    assert (claims["image_urls"], claims["certificate_url"]) == (["https://a.example/1.jpg"], "")


def test_a_hidden_supplier_is_not_found_in_any_field(cast: Cast, full: Listing) -> None:
    hide(cast, name=True)
    view = listing(cast.ben, full.public_id)
    assert (view.company_name, view.company_public_id, view.ask_cents) == ("", "", 707_000)
    gone = {
        "supplier_stock_number", "pair_stock_number", "state", "city", "image_urls", "video_urls",
        "certificate_url", "comment",
    }  # fmt: skip
    assert not gone & view.claims.keys()
    assert view.claims["particulars"] == {"eye_clean": "Yes", "crown_angle": 34.5}
    assert view.claims["country"] == "Belgium"


def test_the_operator_knows_whose_a_listing_is_and_no_hidden_ask(cast: Cast, full: Listing) -> None:
    hide(cast, name=True, ask=True)
    view = listing(cast.omar, full.public_id)
    assert (view.company_name, view.claims["supplier_stock_number"]) == ("Asha Gems", "A-1")
    assert (view.ask_cents, view.cash_ask_cents, view.private) == (None, 690_000, None)


def test_of_a_hidden_ask_neither_history_nor_rate_is_told(cast: Cast) -> None:
    given = {"priced_in": "EUR", "rate": "1.1", "rate_date": "2026-11-20"}
    first = offered(cast.asha, **given)
    for version, cents in ((1, 650_000), (2, 640_000)):
        change_ask(
            actor=cast.asha,
            listing_id=first.public_id,
            ask_cents=cents,
            availability="Guaranteed available",
            version=version,
            now=LATER,
        )
    assert [entry.ask_cents for entry in listing(cast.ben, first.public_id).history] == [
        640_000,
        650_000,
        707_000,
    ]
    Listing.objects.update(**given)
    hide(cast, ask=True)
    view = listing(cast.ben, first.public_id)
    assert view.history == [AskEntry(NOON, None, "Guaranteed available", True)]
    assert not {"priced_in", "rate", "rate_date"} & view.claims.keys()
    assert (view.ask_cents, view.claims["ask_cents"]) == (None, None)


def test_when_a_hidden_ask_moved_is_not_told(cast: Cast) -> None:
    first = offered(cast.asha)
    for version, availability in ((1, "Guaranteed available"), (2, "On memo"), (3, "On memo")):
        moved = LATER + timedelta(hours=version)
        change_ask(
            actor=cast.asha, listing_id=first.public_id, ask_cents=700_000 + version,
            availability=availability, version=version, now=moved, hides_ask=True,
        )  # fmt: skip
    assert listing(cast.ben, first.public_id).changed_at == LATER + timedelta(hours=2)
    for actor in (cast.asha, cast.omar):
        assert listing(actor, first.public_id).changed_at == moved
    assert [row.changed_at for row in catalogue_rows([first.pk])] == [first.listed_at]


def test_a_listing_that_asks_nothing_now_tells_no_hidden_ask_of_before(cast: Cast) -> None:
    first = offered(cast.asha)
    change_ask(
        actor=cast.asha, listing_id=first.public_id, ask_cents=None, availability="On memo", hides_ask=True,
        version=1, now=LATER,
    )  # fmt: skip
    assert [entry.ask_cents for entry in listing(cast.ben, first.public_id).history] == [None, None]


def test_elsewhere_shows_what_others_see(cast: Cast, full: Listing) -> None:
    carls = offered(cast.carl, "C-1")
    hide(cast, name=True, ask=True)
    assert listing(cast.carl, carls.public_id).elsewhere == [
        OtherListing(full.public_id, "", "", None, "Guaranteed available", cash_ask_cents=690_000)
    ]


def test_a_visitor_sees_the_public_fields(cast: Cast, full: Listing) -> None:
    offered(cast.carl, "C-1")
    view = listing(None, full.public_id)
    assert view.claims == {
        "growth": "Natural", "shape": "Round", "weight_ct": full.weight_ct, "colour": "G", "colour_to": "",
        "fancy_colour": "", "fancy_intensity": "", "fancy_overtone": "", "clarity": "VS1", "clarity_to": "",
        "cut": "Excellent", "polish": "Excellent", "symmetry": "Very Good", "fluorescence": "None",
        "fluorescence_colour": "", "laboratory": "GIA", "length_mm": full.length_mm,
        "width_mm": full.width_mm, "depth_mm": full.depth_mm, "depth_percent": full.depth_percent,
        "table_percent": full.table_percent,
        "girdle_from": "", "girdle_to": "", "culet": "", "treatment": "", "stones": 1, "goods": "single",
        "pair_is_separable": None, "country": "Belgium", "particulars": {"crown_angle": 34.5},
        "ask_cents": None, "cash_ask_cents": None,
    }  # fmt: skip
    assert (view.company_name, view.company_public_id, view.stone_public_id, view.availability) == (
        "",
        "",
        "",
        "",
    )
    assert (view.history, view.elsewhere, view.listed_at, view.changed_at) == ([], [], None, None)


def test_the_operator_may_show_visitors_more_or_less(cast: Cast, full: Listing) -> None:
    Exchange.objects.create(public_fields=["ask", "supplier", "report_number"], changed_at=NOON)
    view = listing(None, full.public_id)
    assert (view.ask_cents, view.cash_ask_cents, view.company_name) == (707_000, 690_000, "Asha Gems")
    assert view.claims["report_number"] == "7000000001"
    assert "colour" not in view.claims and view.claims["shape"] == "Round"
    hide(cast, name=True, ask=True, cash=True)
    view = listing(None, full.public_id)
    assert (view.ask_cents, view.cash_ask_cents, view.company_name) == (None, None, "")


def test_every_field_of_the_dictionary_is_shown_to_members_or_kept_on_purpose() -> None:
    columns = set(Claims._fields)
    taken = {"stock_no", "carat", "color", "fancy_color", "cut_grade", "fluorescence_intensity"}
    taken |= {
        "fluorescence_color",
        "depth_pct",
        "table_pct",
        "girdle",
        "girdle_min",
        "girdle_max",
        "culet_size",
    }
    taken |= {"lab", "certificate_no", "growth_type", "is_pair", "pair_stock_no", "pair_separable"}
    taken |= {"parcel_stones", "image_url", "video_url", "member_comment"}
    left = {field.name for field in field_names()} - columns - taken - PRIVATE_FIELDS - UNKEPT_FIELDS
    assert left - MEMBERS_SEE == set()
    assert fields(Viewer.VISITOR) < fields(Viewer.MEMBER) == MEMBERS_SEE
