"""Where people are signed in: seen by them alone, ended by them alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from bourse.kit.refusal import NotThere
from bourse.members.actions.signing import sign_ins
from bourse.members.models import Person
from bourse.members.models.signing import SignIn
from bourse.members.queries.signing import sign_ins_of
from bourse.members.ways import How
from cast import NOON, Cast
from members.signing.conftest import Entered, acts, facts, nothing_moved


def test_each_browser_is_a_line_this_one_first(cast: Cast, entered: Entered) -> None:
    here, there = entered(cast.asha), entered(cast.asha)
    entered(cast.ben)
    seen = sign_ins_of(cast.asha.person_id, here.session_key, now=NOON)
    assert [(one.public_id, one.is_this) for one in seen] == [
        (here.public_id, True),
        (there.public_id, False),
    ]
    assert (seen[0].how, seen[0].device, seen[0].seen_at) == (How.PASSWORD, "Chromium", NOON)


def test_a_new_device_is_told_of(cast: Cast) -> None:
    sign_ins.sign_in(
        person_id=cast.asha.person_id,
        session_key="x",
        how=How.PASSKEY,
        device="Y" * 500,
        is_new_device=True,
        now=NOON,
    )
    assert facts() == ["members.SignedInOnNewDevice"] and acts() == ["members.sign_in"]
    assert len(SignIn.objects.get().device) == 300
    assert Person.objects.get(pk=cast.asha.person_id).last_login == NOON


def test_one_is_ended_by_its_person_alone(cast: Cast, entered: Entered) -> None:
    there = entered(cast.asha)
    before = acts(), facts()
    for actor, which in ((cast.tara, there.public_id), (cast.asha, "nothing")):
        with pytest.raises(NotThere):
            sign_ins.end_sign_in(actor=actor, sign_in_id=which, now=NOON)
    assert nothing_moved(before) and Session.objects.count() == 1
    sign_ins.end_sign_in(actor=cast.asha, sign_in_id=there.public_id, now=NOON)
    assert not Session.objects.exists() and not SignIn.objects.exists()


def test_all_others_are_ended_at_once(cast: Cast, entered: Entered) -> None:
    here = entered(cast.asha)
    entered(cast.asha)
    entered(cast.asha)
    bens = entered(cast.ben)
    assert sign_ins.end_other_sign_ins(actor=cast.asha, session_key=here.session_key, now=NOON) == 2
    assert set(Session.objects.values_list("pk", flat=True)) == {here.session_key, bens.session_key}


def test_signing_out_ends_what_it_was(cast: Cast, entered: Entered) -> None:
    here = entered(cast.asha)
    sign_ins.sign_out(session_key=here.session_key, now=NOON)
    sign_ins.sign_out(session_key="never was", now=NOON)
    assert not SignIn.objects.exists() and acts() == ["members.sign_in", "members.sign_out"]


def test_when_they_were_seen_is_noted_in_a_batch_and_never_backwards(
    cast: Cast, entered: Entered, tmp_path: Path
) -> None:
    one, two = entered(cast.asha), entered(cast.ben)
    later = NOON + timedelta(minutes=7)
    for sign_in_id, at in ((one.public_id, later), (two.public_id, NOON - timedelta(1)), ("gone", later)):
        sign_ins.hand_over_seen(tmp_path, sign_in_id, at.timestamp())
    assert sign_ins.take_in_seen(tmp_path) == 2
    assert dict(SignIn.objects.values_list("pk", "seen_at")) == {one.pk: later, two.pk: NOON}
    assert sign_ins.take_in_seen(tmp_path) == 0


def test_what_is_over_is_forgotten(cast: Cast, entered: Entered) -> None:
    over, living, no_session = entered(cast.asha), entered(cast.asha), entered(cast.asha)
    Session.objects.filter(pk=over.session_key).update(expire_date=NOON - timedelta(days=2))
    Session.objects.filter(pk=no_session.session_key).delete()
    Session.objects.filter(pk=living.session_key).update(expire_date=NOON + timedelta(days=9))
    assert len(sign_ins_of(cast.asha.person_id, "", now=NOON)) == 1
    sign_ins.forget_ended(now=NOON + timedelta(minutes=2))
    assert list(SignIn.objects.values_list("pk", flat=True)) == [living.pk]
    assert list(Session.objects.values_list("pk", flat=True)) == [living.session_key]
