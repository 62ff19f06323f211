"""Saved searches: what comes or changes is counted, told as its person chose, and only what he may see."""

from datetime import timedelta
from random import Random

import pytest

from bourse.kit.models import Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import change_ask, set_showing, withdraw_listing
from bourse.market.queries import all_catalogue_rows
from bourse.members.actor import Actor
from bourse.members.models import Company, Membership
from bourse.notices.models import Notice
from bourse.search import catalogue, watch
from bourse.search.actions import (
    SearchNameMissing,
    SearchNameTaken,
    TooManySearches,
    change_search,
    forget_search,
    look_at_search,
    save_search,
)
from bourse.search.asking import criteria
from bourse.search.engine import Question
from bourse.search.engine.matching import Standing
from bourse.search.filter import Filter
from bourse.search.follower import rebuild
from bourse.search.models import SavedSearch, SearchHit
from bourse.search.saved import saved_search, saved_searches, waiting_stones
from bourse.search.standing import SCHEMA, filters_of, is_wide, listings_of
from bourse.search.states import Alert
from bourse.wiring.telling.searches import tell_daily
from cast import NOON, Cast
from market.files import A1, A2, A3, listed, live
from search.conftest import follow
from search.made import fill
from search.reference import Market
from search.test_oracle import made_filter

LATER = NOON + timedelta(hours=1)


def saved(actor: Actor, query: str = "", name: str = "mine", alert: Alert = Alert.AT_ONCE) -> str:
    return save_search(actor=actor, name=name, query=query, alert=alert, now=NOON).public_id


def waiting(actor: Actor) -> dict[str, int]:
    return {one.name: one.waiting for one in saved_searches(actor)}


def notices() -> list[tuple[str, str, str]]:
    follow()
    rows = Notice.objects.filter(topic="searches").order_by("id").select_related("person")
    return [(row.person.name, row.subject, row.body) for row in rows]


def test_stones_that_come_are_counted_from_when_the_search_was_saved(cast: Cast) -> None:
    listed(cast.asha, A1)
    follow()
    search = saved(cast.ben, "shape=Pear&shape=Oval")
    saved(cast.ben, "shape=Heart", name="hearts")
    follow()
    assert waiting(cast.ben) == {"hearts": 0, "mine": 0}
    listed(cast.asha, A2, A3)
    follow()
    assert waiting(cast.ben) == {"hearts": 0, "mine": 2}
    assert set(waiting_stones(cast.ben, search)) == {live("A-2").public_id, live("A-3").public_id}


def test_looking_begins_the_count_anew_and_a_change_counts_again(cast: Cast) -> None:
    search = saved(cast.ben)
    listed(cast.asha, A1, A2)
    follow()
    assert look_at_search(actor=cast.ben, search_id=search, now=LATER).waiting == 2
    assert waiting(cast.ben) == {"mine": 0}
    listing = live("A-1")
    given = {"actor": cast.tara, "listing_id": listing.public_id, "availability": "On memo"}
    change_ask(**given, ask_cents=500_000, version=listing.version, now=LATER)
    follow(LATER)
    assert waiting_stones(cast.ben, search) == [listing.public_id]


def test_what_leaves_the_market_waits_no_more(cast: Cast) -> None:
    search = saved(cast.ben)
    listed(cast.asha, A1, A2)
    follow()
    withdraw_listing(actor=cast.asha, listing_id=live("A-1").public_id, version=1, now=NOON)
    follow()
    assert waiting_stones(cast.ben, search) == [live("A-2").public_id]


def test_one_notice_a_person_however_many_searches_hit(cast: Cast) -> None:
    for name in ("first", "second"):
        saved(cast.ben, name=name)
    saved(cast.ben, name="quiet", alert=Alert.NEVER)
    saved(cast.carl, name="pears", query="shape=Pear")
    saved(cast.bea, name="hearts", query="shape=Heart")
    listed(cast.asha, A1, A2, A3)
    told = notices()
    assert [(name, subject) for name, subject, _ in told] == [
        ("Ben", "3 stones for 2 saved searches"),
        ("Carl", "A stone for pears"),
    ]
    assert told[0][2] == "New or changed since you last looked, in: first, second."
    assert waiting(cast.ben) == {"first": 3, "quiet": 3, "second": 3}


def test_facts_told_twice_count_and_tell_once(cast: Cast) -> None:
    saved(cast.ben)
    listed(cast.asha, A1, A2)
    assert len(notices()) == 1
    Fact.objects.exclude(name="search.StonesFound").update(delivered_at=None)
    assert len(notices()) == 1
    assert waiting(cast.ben) == {"mine": 2}


def test_daily_searches_are_told_once_when_the_person_s_hour_has_come(cast: Cast) -> None:
    for name in ("first", "second"):
        saved(cast.ben, name=name, alert=Alert.DAILY)
    listed(cast.asha, A1, A2)
    assert notices() == []
    assert tell_daily(NOON + timedelta(hours=18)) == 0  # six in the morning; his digest comes at seven
    morning = NOON + timedelta(hours=19)
    assert tell_daily(morning) == 1
    assert [subject for _, subject, _ in notices()] == ["2 stones for 2 saved searches"]
    assert tell_daily(morning + timedelta(days=1)) == 0
    assert waiting(cast.ben) == {"first": 2, "second": 2}


def test_a_company_s_own_stones_are_no_news_to_its_people(cast: Cast) -> None:
    saved(cast.tara)
    saved(cast.omar)
    listed(cast.asha, A1)
    follow()
    assert (waiting(cast.tara), waiting(cast.omar)) == ({"mine": 0}, {"mine": 1})


def test_a_hidden_ask_is_found_by_no_price_and_a_hidden_name_by_no_company(cast: Cast) -> None:
    seller = Company.objects.get(pk=cast.asha.company_id).public_id
    for name, query in (("price", "total=1-9000000"), ("house", f"company={seller}"), ("all", "")):
        saved(cast.ben, query, name=name)
    set_showing(actor=cast.asha, hides_name=True, hides_ask=True, hides_cash_ask=True, now=NOON)
    listed(cast.asha, A1)
    follow()
    assert waiting(cast.ben) == {"all": 1, "house": 0, "price": 0}


def test_whoever_left_the_company_or_whose_company_is_suspended_hears_nothing(cast: Cast) -> None:
    saved(cast.bea)
    saved(cast.carl)
    Membership.objects.filter(person_id=cast.bea.person_id).delete()
    Company.objects.filter(pk=cast.carl.company_id).update(suspended_at=NOON, suspended_because="x")
    listed(cast.asha, A1)
    assert notices() == []
    assert SearchHit.objects.count() == 0


def test_a_search_that_changed_or_went_is_watched_as_it_is_now(cast: Cast) -> None:
    search = saved(cast.ben, "shape=Heart")
    gone = saved(cast.ben, name="gone")
    follow()
    change_search(actor=cast.ben, search_id=search, name="all", query="page=3", alert=Alert.NEVER, now=NOON)
    assert forget_search(actor=cast.ben, search_id=gone, now=NOON).name == "gone"
    listed(cast.asha, A1)
    follow()
    assert waiting(cast.ben) == {"all": 1}
    assert saved_search(cast.ben, search).query == ""
    change_search(
        actor=cast.ben, search_id=search, name="all", query="shape=Pear", alert=Alert.NEVER, now=NOON
    )
    assert waiting(cast.ben) == {"all": 0}


def test_searches_are_read_anew_by_a_process_that_begins(cast: Cast) -> None:
    saved(cast.ben)
    follow()
    watch.forget()
    listed(cast.asha, A1)
    follow()
    assert waiting(cast.ben) == {"mine": 1}


def test_more_than_a_search_keeps_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_HITS", 2)
    saved(cast.ben)
    listed(cast.asha, A1, A2, A3)
    follow()
    assert waiting(cast.ben) == {"mine": 2}


def test_a_watch_that_fails_holds_up_no_market(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "listings_of", lambda _: 1 / 0)
    saved(cast.ben)
    listed(cast.asha, A1)
    follow()
    assert (catalogue.current() is not None, waiting(cast.ben)) == (True, {"mine": 0})


def test_names_are_given_once_and_searches_are_one_s_own(cast: Cast) -> None:
    search = saved(cast.ben, name="  round \n ones ")
    assert saved_search(cast.ben, search).name == "round ones"
    with pytest.raises(SearchNameTaken):
        saved(cast.ben, name="round ones")
    with pytest.raises(SearchNameMissing):
        saved(cast.ben, name=" ")
    for stranger in (cast.bea, cast.omar):
        with pytest.raises(NotThere):
            saved_search(stranger, search)
        with pytest.raises(NotThere):
            look_at_search(actor=stranger, search_id=search, now=NOON)
        with pytest.raises(NotThere):
            forget_search(actor=stranger, search_id=search, now=NOON)
    assert SavedSearch.objects.count() == 1


def test_how_many_and_how_long_searches_may_be_is_limited(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bourse.search.actions.saving.MOST_SEARCHES", 1)
    with pytest.raises(Refusal, match="too long"):
        saved(cast.ben, "report=" + ",".join(str(10**9 + number) for number in range(450)))
    saved(cast.ben)
    with pytest.raises(TooManySearches):
        saved(cast.ben, name="second")


@pytest.mark.django_db
def test_a_standing_filter_takes_what_the_catalogue_finds_and_only_wide_ones_take_more() -> None:
    fill(1_500, seed=4)
    rebuild()
    engine = catalogue.current()
    assert engine is not None
    random, market = Random(11), Market()
    filters: dict[int, Filter] = {key: made_filter(random, market) for key in range(400)}
    standing = Standing(SCHEMA, None, filters_of(filters))
    rows = all_catalogue_rows()
    found: dict[int, set[int]] = {key: set() for key in filters}
    for part in standing.match(listings_of(rows)):
        places = [
            place for place, count in zip(part.listings, part.counts, strict=True) for _ in range(count)
        ]
        for place, key in zip(places, part.names.tolist(), strict=True):
            found[key].add(rows[place].id)
    narrow = 0
    for key, filter in filters.items():
        slots = engine.search(Question(criteria(engine, filter, NOON), limit=len(rows))).slots
        true = {engine.number("listing", slot) for slot in slots}
        assert found[key] >= true, filter
        if not is_wide(filter):
            narrow += bool(true)
            assert found[key] == true, filter
    assert narrow > 40
