"""Every order of every room leaves its entry in the audit, or stands here with the reason why not."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bourse.kit import audit, jobs
from bourse.kit.models import AuditEntry
from bourse.market import actions as market
from bourse.market.models import Listing, SupplierLayout
from bourse.market.queries import difference
from bourse.members import actions as members
from bourse.members.actor import Actor, Role
from bourse.members.models import Company
from bourse.upkeep import actions as upkeep
from cast import NOON, Cast
from house import recorded
from market.files import A1, A2, sent, stock_file

ROOT = Path(__file__).parents[2] / "src/bourse"
NOT_RECORDED = {
    "members.revoke_keys_of": "a part of the removal of a colleague, which is recorded",
    "search.change_stock": "it plans, and gives the market one order, which is recorded",
    "search.choose_columns": "how somebody likes his own table; it touches nobody else's",
    "search.choose_view": "the same",
    "search.change_search": "what somebody looks for; nobody else sees it",
    "search.forget_search": "the same",
    "search.look_at_search": "that somebody looked; nobody else sees it",
    "search.save_search": "what somebody looks for; nobody else sees it",
    "search.keep_view": "what somebody likes to look at; nobody else sees it",
}
LATER = NOON + timedelta(hours=1)
FROM = audit.Origin(address="203.0.113.9", request_id="r-1")


@pytest.fixture(autouse=True)
def from_afar() -> Iterator[None]:
    token = audit.origin.set(FROM)
    yield
    audit.origin.reset(token)


@pytest.fixture(autouse=True)
def nothing_deferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "defer", lambda *_given, **_named: None)


def test_every_order_records_or_says_why_not() -> None:
    silent = sorted(recorded.silent_orders(ROOT))
    assert silent == sorted(NOT_RECORDED)


def test_a_planted_order_that_records_nothing_is_found() -> None:
    planted = ast.parse("def sell(*, actor, listing_id, now):\n    _write(listing_id)\ndef _write(x): pass")
    assert list(recorded.silent_in(planted)) == ["sell"]
    kept = ast.parse("def sell(*, actor, now):\n    _write()\ndef _write(): audit.record('x')")
    assert list(recorded.silent_in(kept)) == []


def entries(order: Callable[[], Any]) -> list[AuditEntry]:
    """What the order added to the audit."""
    before = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    order()
    return list(AuditEntry.objects.filter(pk__gt=before).order_by("pk"))


def one(order: Callable[[], Any], act: str, actor: Actor, company_id: int | None = None) -> AuditEntry:
    """The only entry of the order, with its act, its people, its time and its origin."""
    (entry,) = entries(order)
    assert (entry.act, entry.person_id, entry.at) == (act, actor.person_id, LATER)
    assert entry.company_id == (company_id or actor.company_id)
    assert (entry.address, entry.request_id) == (FROM.address, FROM.request_id)
    return entry


def live(asha: Actor) -> tuple[str, Listing]:
    upload_id = sent(asha, A1).public_id
    told = difference(asha, upload_id).fingerprint
    meant = {"upload_id": upload_id, "fingerprint": told, "removing": None}
    market.accept_upload(actor=asha, now=LATER, **meant)
    return upload_id, Listing.objects.get()


def test_an_ask_and_a_withdrawal(cast: Cast) -> None:
    asha = cast.asha
    _, found = live(asha)
    given = {"actor": asha, "listing_id": found.public_id, "now": LATER}
    asks = {"ask_cents": 123_00, "availability": "On memo", "version": found.version}
    edit = one(lambda: market.change_ask(**given, **asks), "market.change_ask", asha)
    assert (edit.before["ask_cents"], edit.after["ask_cents"]) == (found.ask_cents, 123_00)
    assert edit.after["availability"] == "On memo"
    version = found.version + 1
    gone = one(lambda: market.withdraw_listing(**given, version=version), "market.withdraw_listing", asha)
    assert (gone.about, gone.after) == (f"listing {found.public_id}", {"is_live": False})


def test_a_file_on_its_way(cast: Cast) -> None:
    asha = cast.asha
    content = stock_file(A1)
    start = {"actor": asha, "file_name": "s.csv", "content": content, "mode": "add_and_update", "now": LATER}
    begun = one(lambda: market.start_upload(**start), "market.start_upload", asha)
    assert begun.after["bytes"] == len(content)
    upload_id = sent(asha, A1).public_id
    told = difference(asha, upload_id).fingerprint
    meant = {"upload_id": upload_id, "fingerprint": told, "removing": None}
    put_live = one(lambda: market.accept_upload(actor=asha, now=LATER, **meant), "market.accept_upload", asha)
    assert put_live.after["new"] == 1
    assert entries(lambda: market.accept_upload(actor=asha, now=LATER, **meant)) == []  # answered once more
    given = {"actor": asha, "now": LATER, "upload_id": upload_id}
    one(lambda: market.start_restore(**given), "market.start_restore", asha)
    other = sent(asha, A2).public_id
    given["upload_id"] = other
    gone = one(lambda: market.abandon_upload(**given), "market.abandon_upload", asha)
    assert gone.after == {"state": "abandoned"}


def test_what_is_remembered_of_a_layout(cast: Cast) -> None:
    asha = cast.asha
    assert asha.company_id
    kept = {"layout": "x", "answers": {"column:a": "shape"}, "updated_at": NOON}
    SupplierLayout.objects.create(company_id=asha.company_id, **kept)
    given = {"actor": asha, "layout": "x", "now": LATER}
    change = one(
        lambda: market.change_layout(**given, answers={"column:a": ""}), "market.change_layout", asha
    )
    assert change.after == {"answered": ["column:a"]}
    one(lambda: market.forget_layout(**given), "market.forget_layout", asha)


def test_what_others_see(cast: Cast) -> None:
    given = {"hides_name": True, "hides_ask": False, "hides_cash_ask": False}
    told = one(
        lambda: market.set_showing(actor=cast.asha, now=LATER, **given), "market.set_showing", cast.asha
    )
    assert (told.before["hides_name"], told.after["hides_name"]) == (False, True)


def test_feeds_never_tell_their_address(cast: Cast) -> None:
    asha, said = cast.asha, {"name": "Home", "mode": "add_and_update", "every_minutes": 60}
    address = "https://feeds.example/s.csv?key=SECRET"
    made: list[str] = []

    def add() -> None:
        made.append(market.add_feed(actor=asha, kind="url", address=address, now=LATER, **said).public_id)

    one(add, "market.add_feed", asha)
    given = {"actor": asha, "feed_id": made[0], "now": LATER}
    moved = one(
        lambda: market.change_feed(**given, **said, address=f"{address}2"), "market.change_feed", asha
    )
    assert moved.after["address_changed"]
    one(lambda: market.run_feed_now(**given), "market.run_feed_now", asha)
    one(lambda: market.pause_feed(**given), "market.pause_feed", asha)
    one(lambda: market.resume_feed(**given), "market.resume_feed", asha)
    one(lambda: market.remove_feed(**given), "market.remove_feed", asha)
    assert not AuditEntry.objects.filter(after__icontains="SECRET").exists()


def test_companies_people_and_the_house(cast: Cast) -> None:
    omar = cast.omar
    new: dict[str, Any] = {"name": "New Gems", "country": "in", "city": "Surat", "now": LATER}
    (entry,) = entries(lambda: members.admit_company(actor=omar, **new))
    company = Company.objects.get(name="New Gems")
    assert (entry.act, entry.company_id) == ("members.admit_company", company.pk)
    somebody = {"company_id": company.public_id, "email": "nina@bourse.example", "name": "Nina"}
    secret: list[str | None] = []

    def add() -> None:
        secret.append(members.add_person(actor=omar, role=Role.OWNER, now=LATER, **somebody))

    added = one(add, "members.add_person", omar, company.pk)
    assert added.after == {"role": "owner"}
    opened = {"email": "nina@bourse.example", "name": "Nina", "password": "a long enough pass phrase 8"}
    (used,) = entries(lambda: members.use_link(secret=secret[0] or "", now=LATER, **opened))
    assert used.act == "members.use_link"
    assert "nina" not in str([used.about, used.before, used.after]).lower()
    house: dict[str, Any] = {"name": "House", "colours": {}, "public_fields": []}
    told = one(lambda: members.set_exchange(actor=omar, now=LATER, **house), "members.set_exchange", omar)
    assert told.after["name"] == "House"


def test_a_job_put_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "try_again", lambda *, number, now: None)
    back = one(
        lambda: upkeep.try_job_again(actor=cast.omar, number=7, now=LATER), "upkeep.try_job_again", cast.omar
    )
    assert back.about == "job 7"
