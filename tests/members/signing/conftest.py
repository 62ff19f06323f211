"""What the tests of signing in share."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from bourse.kit.models import AuditEntry, Fact
from bourse.members.actions.signing import codes, sign_ins
from bourse.members.actor import Actor
from bourse.members.models.signing import SignIn
from bourse.members.one_time_codes import code_at, new_secret
from bourse.members.ways import How
from cast import NOON

SECRET = new_secret()
STEP = int(NOON.timestamp()) // 30
HALF_MINUTE = timedelta(seconds=30)
PASSWORD = "four words make sentences"

Entered = Callable[[Actor], SignIn]


def code(steps_on: int = 0) -> str:
    """What the app shows so many half minutes after noon."""
    return code_at(SECRET, STEP + steps_on)


def with_app(actor: Actor) -> None:
    """The actor has an app that shows codes, and used the code of a minute before noon to set it up."""
    codes.set_up_code_app(actor=actor, secret=SECRET, code=code(-2), now=NOON - 2 * HALF_MINUTE)


@pytest.fixture
def entered(db: None) -> Entered:
    """Signs somebody in on a browser of his own."""

    def enter(actor: Actor) -> SignIn:
        session = SessionStore()
        session["somebody"] = actor.person_id
        session.save()
        return sign_ins.sign_in(
            person_id=actor.person_id,
            session_key=session.session_key or "",
            how=How.PASSWORD,
            device="Chromium",
            is_new_device=False,
            now=NOON,
        )

    return enter


def acts() -> list[str]:
    """What the audit recorded, in order."""
    return list(AuditEntry.objects.order_by("id").values_list("act", flat=True))


def facts() -> list[str]:
    """What was announced, in order."""
    return list(Fact.objects.order_by("id").values_list("name", flat=True))


def nothing_moved(before: tuple[list[str], list[str]]) -> bool:
    """Whether neither the audit nor the outbox has more than before."""
    return (acts(), facts()) == before
