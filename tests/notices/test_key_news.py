"""Owners hear of their company's keys and of stones that expire; programs hear of both."""

from datetime import timedelta

from bourse.kit import outbox
from bourse.kit.outbox import Fact
from bourse.market.facts import ListingsExpired, ListingsExpiring
from bourse.members.actions import make_key, revoke_key, rotate_key
from bourse.members.actions.suspension import reinstate_company, suspend_company
from bourse.members.actor import Scope
from bourse.members.models import Company
from bourse.notices.actions import add_webhook
from bourse.notices.models import Notice, WebhookEvent
from bourse.wiring import LISTENERS
from cast import NOON, Cast

EVENTS = ["key.made", "key.rotated", "key.revoked", "listings.expiring", "listings.expired"]


def heard() -> list[tuple[str, str]]:
    outbox.deliver(LISTENERS, now=NOON)
    rows = Notice.objects.order_by("id").select_related("person")
    return [(row.person.name, row.subject) for row in rows]


def test_owners_hear_of_keys(cast: Cast) -> None:
    add_webhook(actor=cast.asha, address="https://hooks.example/x", events=EVENTS, now=NOON)
    scopes = [Scope.READ_SEARCH]
    made = make_key(actor=cast.asha, name="Robot", scopes=scopes, expires_at=None, now=NOON)
    week = timedelta(days=7)
    rotated = rotate_key(actor=cast.asha, key_id=made.public_id, overlap=week, now=NOON)
    revoke_key(actor=cast.asha, key_id=rotated.public_id, now=NOON)
    assert heard() == [
        ("Asha", "A key was made: Robot"),
        ("Asha", "A key was replaced: Robot"),
        ("Asha", "A key was revoked: Robot"),
    ]
    assert list(WebhookEvent.objects.order_by("id").values_list("name", flat=True)) == EVENTS[:3]
    assert made.secret not in repr(list(WebhookEvent.objects.values()))


def test_those_who_change_stock_hear_of_stones_that_expire(cast: Cast) -> None:
    assert cast.asha.company_id is not None
    company = cast.asha.company_id
    add_webhook(actor=cast.asha, address="https://hooks.example/x", events=EVENTS, now=NOON)
    facts: list[Fact] = [
        ListingsExpiring(company_id=company, count=1200, first_at=NOON + timedelta(days=2)),
        ListingsExpired(company_id=company, count=3, at=NOON),
    ]
    for fact in (*facts, *facts):
        outbox.announce(fact, now=NOON)
    assert heard() == [
        (name, subject)
        for subject in ("1,200 of your listings expire from 26 Nov 2026 on", "3 of your listings expired")
        for name in ("Asha", "Tara")
    ]
    assert [event.data for event in WebhookEvent.objects.order_by("id")] == [
        {"count": 1200, "on": "2026-11-26"},
        {"count": 3},
    ]


def test_programs_hear_that_their_company_is_suspended_and_back(cast: Cast) -> None:
    events = ["company.suspended", "company.reinstated"]
    add_webhook(actor=cast.asha, address="https://hooks.example/x", events=events, now=NOON)
    company = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    suspend_company(actor=cast.omar, company_id=company, because="Papers are missing.", now=NOON)
    reinstate_company(actor=cast.omar, company_id=company, now=NOON)
    heard()
    assert list(WebhookEvent.objects.order_by("id").values_list("name", "data")) == [
        (event, {}) for event in events
    ]
