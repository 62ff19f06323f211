"""The audit finds each trespass and names its first offender; a market made by orders has none."""

from datetime import timedelta

import pytest
from django.db import connection

from bourse.market.actions import accept_upload, change_ask, set_showing, start_restore, withdraw_listing
from bourse.market.audit import RULES, MarketIsBroken, offences, refuse_offences
from bourse.market.models import Listing, Upload
from bourse.market.queries import difference
from cast import NOON, Cast
from market.files import A1, A2, A3, like, listed, live, read

pytestmark = pytest.mark.django_db

FREE = """
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE market_askchange DISABLE TRIGGER USER;
    ALTER TABLE market_pastlisting DISABLE TRIGGER USER;
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT conrelid::regclass AS name, conname FROM pg_constraint WHERE contype = 'c'
            AND conrelid IN ('market_stone'::regclass, 'market_listing'::regclass) LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.name, one.conname);
        END LOOP;
    END $$;
    DROP INDEX one_live_listing_per_stone_and_company, one_live_listing_per_stock_number_and_company,
               one_stone_per_laboratory_and_report_number;
"""
"""What keeps the tables as they are, taken off for a test."""

A_1, A_2, B_1 = (
    f"(SELECT id FROM market_listing WHERE supplier_stock_number = '{number}')"
    for number in ("A-1", "A-2", "B-1")
)

TRESPASSES = {
    "one_live_listing_per_stone_and_company": f"""
        UPDATE market_listing SET stone_id = (SELECT stone_id FROM market_listing WHERE id = {A_1}),
            report_key = 'GIA 7000000001', report_number = '7000000001' WHERE id = {A_2}""",
    "one_live_listing_per_stock_number": f"""
        UPDATE market_listing SET stock_key = 'a-1', supplier_stock_number = 'A-1' WHERE id = {A_2}""",
    "stone_has_a_report_or_an_owner": """
        UPDATE market_stone SET owner_id = (SELECT min(id) FROM members_company)
        WHERE report_number = '7000000001'""",
    "one_stone_per_report": """
        INSERT INTO market_stone (public_id, laboratory, report_number, created_at)
        VALUES ('twin', 'GIA', '7000000001', now())""",
    "listing_is_of_the_stone_that_it_names": f"""
        UPDATE market_listing SET report_number = '7000000009', report_key = 'GIA 7000000009'
        WHERE id = {A_1}""",
    "keys_are_those_of_the_claims": f"UPDATE market_listing SET stock_key = '' WHERE id = {A_1}",
    "natural_and_grown_are_apart": f"UPDATE market_listing SET growth = 'CVD' WHERE id = {B_1}",
    "claims_are_words_of_the_vocabulary": f"UPDATE market_listing SET clarity = 'VS9' WHERE id = {A_1}",
    "claims_are_sane": f"UPDATE market_listing SET weight_ct = 0 WHERE id = {A_1}",
    "other_currency_has_its_rate": f"UPDATE market_listing SET priced_in = 'EUR' WHERE id = {A_1}",
    "goods_agree_with_the_number_of_stones": f"UPDATE market_listing SET stones = 2 WHERE id = {A_1}",
    "dates_follow_each_other": f"""
        UPDATE market_listing SET ended_at = listed_at WHERE id = {A_1}""",
    "every_ask_is_remembered": f"UPDATE market_listing SET ask_cents = ask_cents + 1 WHERE id = {A_1}",
    "hidden_asks_are_hidden_in_the_history": f"UPDATE market_listing SET hides_ask = TRUE WHERE id = {A_1}",
    "what_companies_hide_is_remembered": "UPDATE market_showing SET hides_cash_ask = TRUE",
    "ask_history_begins_with_the_listing": f"""
        UPDATE market_askchange SET at = at - interval '1 day' WHERE listing_id = {A_1}""",
    "past_listings_join": f"""
        UPDATE market_pastlisting SET until_revision = until_revision + 1000 WHERE listing_id = {A_1}""",
    "past_asks_are_in_the_ask_history": f"""
        UPDATE market_pastlisting SET ask_cents = 5 WHERE listing_id = {A_1}""",
    "past_is_of_the_same_company": f"""
        UPDATE market_listing SET last_upload_id = (SELECT max(id) FROM market_upload) WHERE id = {A_1}""",
    "revisions_go_on": "SELECT setval('market_revision', 1)",
    "uploads_count_what_they_changed": "UPDATE market_upload SET new = new + 1 WHERE new = 2",
}


@pytest.fixture
def market(cast: Cast) -> Listing:
    """Asha's stones, one of them repriced by hand, one withdrawn; one stone that Ben offers too."""
    listed(cast.asha, A1, A2)
    listed(cast.asha, A3)
    listed(cast.ben, like(A1, stock="B-1", price="7200"))
    first, third = live("A-1"), live("A-3")
    change_ask(
        actor=cast.asha,
        listing_id=first.public_id,
        ask_cents=700_000,
        availability=first.availability,
        version=first.version,
        now=NOON + timedelta(hours=1),
    )
    withdraw_listing(
        actor=cast.asha, listing_id=third.public_id, version=third.version, now=NOON + timedelta(hours=1)
    )
    set_showing(actor=cast.ben, hides_name=True, hides_ask=True, hides_cash_ask=False, now=NOON)
    return live("A-1")


LATER = NOON + timedelta(hours=2)


def test_a_market_made_by_orders_breaks_no_rule(market: Listing) -> None:
    assert offences(LATER) == []
    refuse_offences(LATER)


def test_what_came_back_with_a_restore_counts_as_added(cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.asha, A1, mode="replace_all")
    undone = Upload.objects.latest("pk").public_id
    view = read(cast.asha, start_restore(actor=cast.asha, upload_id=undone, now=NOON))
    told = difference(cast.asha, view.public_id)
    accept_upload(
        actor=cast.asha, upload_id=view.public_id, fingerprint=told.fingerprint, removing=None, now=NOON
    )
    assert Upload.objects.latest("pk").new == 1
    assert offences(LATER) == []


def test_every_rule_has_its_trespass() -> None:
    assert set(TRESPASSES) == set(RULES)


@pytest.mark.parametrize("rule", TRESPASSES)
def test_a_trespass_is_found_and_its_offender_named(market: Listing, rule: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FREE)
        cursor.execute(TRESPASSES[rule])
    found = {offence.rule: offence for offence in offences(LATER)}
    assert rule in found
    assert found[rule].sentence == RULES[rule].sentence
    assert found[rule].offender
    with pytest.raises(MarketIsBroken, match=rule):
        refuse_offences(LATER)


def test_the_first_offender_is_named_by_its_public_id(market: Listing) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FREE)
        cursor.execute(TRESPASSES["claims_are_sane"])
    assert [(one.rule, one.offender) for one in offences(LATER)] == [("claims_are_sane", market.public_id)]


def test_what_happens_tomorrow_is_found(market: Listing) -> None:
    assert [one.rule for one in offences(NOON - timedelta(days=1))] == ["dates_follow_each_other"]
