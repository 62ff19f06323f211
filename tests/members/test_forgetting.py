"""Applications that came to nothing are forgotten, once the operator's term is over."""

from datetime import timedelta

import pytest

from bourse.kit.models import AuditEntry
from bourse.members.actions.forgetting import forget_declined
from bourse.members.actions.joining import withdraw_application
from bourse.members.actions.screening import decide_hit
from bourse.members.actions.vetting import accept_application, decline_application, note_application
from bourse.members.actor import Actor
from bourse.members.models import (
    Application,
    ApplicationDocument,
    ApplicationNote,
    Company,
    Exchange,
    ScreeningHit,
)
from cast import NOON, Cast
from members.applying import applied, loaded

pytestmark = pytest.mark.django_db
TERM = timedelta(days=180)


def declined(omar: Actor, name: str) -> Application:
    """A firm with a paper, a note and a hit, whose application was declined at noon."""
    _, found = applied(company_name=name)
    note_application(actor=omar, application_id=found.public_id, text="Unknown here.", now=NOON)
    said = {"reason": "No references.", "sentence": "Not now."}
    decline_application(actor=omar, application_id=found.public_id, version=found.version, now=NOON, **said)
    return found


def counts() -> tuple[int, ...]:
    tables = (Application, ApplicationDocument, ApplicationNote, ScreeningHit)
    return tuple(table.objects.count() for table in tables)


def test_who_was_declined_or_withdrew_is_forgotten_after_the_term(cast: Cast) -> None:
    loaded(cast.omar, "name,id\nDorn Dora,1\n")
    declined(cast.omar, "First Stones")
    secret, _ = applied(company_name="Second Stones")
    withdraw_application(secret=secret, now=NOON)
    _, open_one = applied(company_name="Third Stones")
    assert counts() == (3, 3, 3, 3)
    assert forget_declined(now=NOON + TERM - timedelta(seconds=1)) == 0
    assert counts() == (3, 3, 3, 3)
    assert forget_declined(now=NOON + TERM) == 2
    assert counts() == (1, 1, 0, 1)
    assert Application.objects.get().pk == open_one.pk
    told = AuditEntry.objects.get(act="members.forget_declined")
    assert (told.person_id, told.about, told.after) == (None, "applications", {"forgotten": 2})
    assert forget_declined(now=NOON + TERM) == 0


def test_the_term_is_the_operators(cast: Cast) -> None:
    Exchange.objects.create(pk=1, declined_days=30, changed_at=NOON)
    declined(cast.omar, "First Stones")
    assert forget_declined(now=NOON + timedelta(days=29)) == 0
    assert forget_declined(now=NOON + timedelta(days=30)) == 1


def test_a_member_keeps_his_record(cast: Cast) -> None:
    loaded(cast.omar, "name,id\nDorn Dora,1\n")
    _, found = applied(company_name="First Stones")
    for hit in found.hits.all():
        decide_hit(actor=cast.omar, hit_id=hit.public_id, seen="", decision="another", why="Other.", now=NOON)
    found.refresh_from_db()
    accept_application(
        actor=cast.omar,
        application_id=found.public_id,
        version=found.version,
        name="",
        reason="Known.",
        sentence="",
        now=NOON,
    )
    before = counts()
    assert forget_declined(now=NOON + timedelta(days=3_650)) == 0
    assert counts() == before
    assert Company.objects.filter(name="First Stones").exists()
