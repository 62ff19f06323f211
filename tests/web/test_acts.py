"""Who did what, as owners, traders and the operator read it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from bourse.doors.web.acts.names import ACTS
from bourse.kit import audit, sealing
from bourse.kit.models import AuditEntry
from bourse.members.models import Person
from cast import NOON, Cast
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2] / "src/bourse"


@pytest.fixture
def acted(cast: Cast) -> Cast:
    """Two acts of Asha's company, one of Ben's, one of the house."""
    for person, company, act, about, hours in (
        (cast.asha.person_id, cast.asha.company_id, "market.change_ask", "listing abc", 0),
        (cast.tara.person_id, cast.asha.company_id, "market.set_showing", "stock", 30),
        (cast.ben.person_id, cast.ben.company_id, "market.change_ask", "listing secret", 0),
        (None, None, "upkeep.check_audit", "audit", 0),
    ):
        audit.record(
            act,
            person_id=person,
            company_id=company,
            about=about,
            before={"ask_cents": 707_000},
            after={"ask_cents": 12_300, "note": "=1+1"},
            now=NOON + timedelta(hours=hours),
        )
    return cast


def test_a_company_reads_its_own_acts_by_the_names_of_today(browse: Browse, acted: Cast) -> None:
    Person.objects.filter(pk=acted.tara.person_id).update(name="Tara Now")
    page = text_of(browse(acted.tara).get("/account/acts/"))
    assert "Tara Now" in page and "listing abc" in page and "$7,070.00 → $123.00" in page
    assert "listing secret" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("act=market.set_showing", {"stock"}),
        ("about=abc", {"listing abc"}),
        ("day=2026-11-24", {"listing abc"}),
        ("day=2026-11-25", {"stock"}),
        ("about=secret", set()),
        ("person={tara}", {"stock"}),
        ("person={ben}", set()),
    ],
)
def test_it_is_narrowed(browse: Browse, acted: Cast, query: str, shown: set[str]) -> None:
    ids = {who: Person.objects.get(pk=getattr(acted, who).person_id).public_id for who in ("tara", "ben")}
    page = text_of(browse(acted.asha).get(f"/account/acts/?{query.format(**ids)}"))
    assert {about for about in ("listing abc", "stock") if f">{about}</code>" in page} == shown


def test_it_is_paged(browse: Browse, acted: Cast) -> None:
    for number in range(60):
        whose = {"person_id": acted.asha.person_id, "company_id": acted.asha.company_id}
        audit.record("market.keep_alive", about=f"row-{number:02}", now=NOON, **whose)
    client = browse(acted.asha)
    first = text_of(client.get("/account/acts/"))
    assert "row-59" in first and "row-09" not in first
    further = re.findall(r'class="pager"><a href="([^"]+)"', first)
    second = text_of(client.get(f"/account/acts/{further[0]}"))
    assert "row-09" in second and "listing abc" in second and "row-10" not in second


def test_viewers_see_no_acts_and_addresses_are_for_owners(browse: Browse, acted: Cast) -> None:
    AuditEntry.objects.filter(about="stock").exists()
    token = audit.origin.set(audit.Origin(address="203.0.113.77"))
    audit.record(
        "market.keep_alive",
        person_id=acted.asha.person_id,
        company_id=acted.asha.company_id,
        about="stock",
        now=NOON,
    )
    audit.origin.reset(token)
    assert browse(acted.vera).get("/account/acts/").status_code == 403
    assert "203.0.113.77" in text_of(browse(acted.asha).get("/account/acts/"))
    assert "203.0.113.77" not in text_of(browse(acted.tara).get("/account/acts/"))


def test_the_file_runs_no_formula(browse: Browse, acted: Cast) -> None:
    acted_on = {"person_id": acted.asha.person_id, "company_id": acted.asha.company_id}
    audit.record("market.keep_alive", about="=cmd()", now=NOON, **acted_on)
    answer = browse(acted.asha).get("/account/acts.csv")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv") and "'=cmd()" in text
    assert "listing secret" not in text and len(text.splitlines()) == 4


def test_the_operator_reads_all_and_has_the_chain_checked(browse: Browse, acted: Cast) -> None:
    client = browse(acted.omar)
    page = text_of(client.get("/operator/acts/"))
    assert "listing secret" in page and "listing abc" in page and "This exchange" in page
    assert "ask changed: yes" in page and "7,070" not in page and "707000" not in page
    assert client.post("/operator/acts/check/").status_code == 302
    sealed = sealing.seal(now=NOON)
    assert sealed
    sealing.anchor(sealed, settings.HOME / sealing.ANCHORS)
    try:
        sealing.check(now=NOON)
        assert "The audit is as it was sealed." in text_of(client.get("/operator/acts/"))
    finally:
        (settings.HOME / sealing.ANCHORS).unlink()
    sealing.anchor(sealing.Anchor(99, "x"), settings.HOME / sealing.ANCHORS)
    try:
        assert sealing.check(now=NOON).broken
        page = text_of(client.get("/operator/acts/"))
        assert "The audit is not as it was sealed:" in page and "An anchored block is gone." in page
    finally:
        (settings.HOME / sealing.ANCHORS).unlink()


def test_every_act_has_its_name() -> None:
    """Acts as they are spelt where they are recorded; a room's own recorder puts its name before."""
    named = {act.partition(".")[2] for act in ACTS}
    for file in ROOT.glob("*/actions/**/*.py"):
        for act in re.findall(r'\b_?record\(\s*"([a-z_.]+)"', file.read_text()):
            assert act.rpartition(".")[2] in named, f"{act} of {file.name} has no name on the page of acts"
