"""A digest names what its reader has not read, at his own hour, and ends with one click."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bourse.kit.refusal import NotThere
from bourse.members.models import Person
from bourse.members.secrets import derived_secret
from bourse.notices.actions import send_mail, tell, unsubscribe_from_digests, write_due_digests
from bourse.notices.models import Mail, Notice, Preference, Rhythm
from bourse.notices.rhythm import Hours, last_digest, not_before
from bourse.notices.topics import Reason, Topic
from cast import NOON, Cast
from notices.mailbox import Mailbox, running

MORNING = datetime(2026, 11, 25, 7, tzinfo=UTC)


def told(cast: Cast, number: int = 1, topic: Topic = Topic.LISTINGS) -> None:
    tell(
        topic=topic,
        people=[cast.asha.person_id],
        once=f"x {number}",
        subject=f"{number} stones expire",
        body="Confirm them.",
        link="/listings/",
        why=Reason.TRADER,
        now=NOON,
    )


def test_a_digest_waits_for_its_hour_and_is_written_once(cast: Cast) -> None:
    told(cast)
    assert write_due_digests(now=MORNING - timedelta(seconds=1)) == 0
    assert write_due_digests(now=MORNING) == 1
    assert write_due_digests(now=MORNING + timedelta(days=2)) == 0
    assert Mail.objects.get().subject == "1 stones expire"


def test_a_digest_leaves_out_what_was_read(cast: Cast) -> None:
    told(cast, 1)
    told(cast, 2)
    Notice.objects.filter(subject__startswith="1").update(read_at=NOON)
    assert write_due_digests(now=MORNING) == 1
    assert Mail.objects.get().subject == "2 stones expire"
    told(cast, 3)
    Notice.objects.filter(subject__startswith="3").update(read_at=NOON)
    assert write_due_digests(now=MORNING + timedelta(days=1)) == 0
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_a_weekly_digest_in_another_zone(cast: Cast) -> None:
    Person.objects.filter(pk=cast.asha.person_id).update(time_zone="Asia/Kolkata")
    Rhythm.objects.create(person_id=cast.asha.person_id, digest_hour=9, digest_weekday=4)  # Friday
    told(cast)
    friday = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)  # 9:00 in Surat
    assert write_due_digests(now=friday - timedelta(seconds=1)) == 0
    assert write_due_digests(now=friday) == 1


def test_a_digest_says_how_to_end_it(cast: Cast, settings: Any) -> None:
    Preference.objects.create(person_id=cast.asha.person_id, topic="uploads", in_app=True, mail="digest")
    told(cast, 1)
    told(cast, 2, Topic.UPLOADS)
    write_due_digests(now=MORNING)
    person = Person.objects.get(pk=cast.asha.person_id)
    secret = f"{person.public_id}.{derived_secret('digest unsubscribe', person.public_id)}"
    box = Mailbox()
    with running(box) as address:
        settings.SMTP, settings.URL = f"smtp://{address}", "https://bourse.example"
        assert send_mail(tell_time=lambda: MORNING) == 1
    mail = box.mails[0]
    link = f"https://bourse.example/notices/unsubscribe/{secret}/"
    assert mail["Subject"] == "2 notices: listings, uploads and feeds"
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = next(mail.iter_parts()).get_content()
    assert "LISTINGS" in text and "1 stones expire" in text and f"No more digests: {link}" in text
    unsubscribe_from_digests(secret=secret, now=NOON)
    assert dict(Preference.objects.values_list("topic", "mail")) == {"uploads": "off", "listings": "off"}
    told(cast, 3)
    assert write_due_digests(now=MORNING + timedelta(days=2)) == 0


@pytest.mark.parametrize("secret", ["", "x", "é"])
def test_a_link_that_is_not_ours_ends_nothing(cast: Cast, secret: str) -> None:
    person = Person.objects.get(pk=cast.asha.person_id)
    with pytest.raises(NotThere):
        unsubscribe_from_digests(secret=f"{person.public_id}.{secret}", now=NOON)
    other = Person.objects.get(pk=cast.ben.person_id)
    with pytest.raises(NotThere):
        unsubscribe_from_digests(
            secret=f"{person.public_id}.{derived_secret('digest unsubscribe', other.public_id)}", now=NOON
        )
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        ("UTC", "2026-11-24T21:59", None),
        ("UTC", "2026-11-24T22:00", "2026-11-25T07:00"),
        ("UTC", "2026-11-25T06:59", "2026-11-25T07:00"),
        ("UTC", "2026-11-25T07:00", None),
        ("Europe/Brussels", "2026-03-28T23:30", "2026-03-29T05:00"),  # the night in which an hour is left out
        ("Europe/Brussels", "2026-10-25T00:30", "2026-10-25T06:00"),  # and the one in which it comes twice
        ("Nowhere/Else", "2026-11-24T22:00", "2026-11-25T07:00"),
    ],
)
def test_quiet_hours_end_where_the_person_lives(zone: str, now: str, until: str | None) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else moment
    assert not_before(Hours(time(22), time(7)), zone, moment) == expected
    assert not_before(Hours(), zone, moment) == moment
    assert not_before(Hours(time(7), time(7)), zone, moment) == moment


def test_the_last_digest_is_never_to_come() -> None:
    assert last_digest(Hours(), "UTC", MORNING) == MORNING
    assert last_digest(Hours(), "UTC", MORNING - timedelta(hours=1)) == MORNING - timedelta(days=1)
    assert last_digest(Hours(digest_weekday=2), "UTC", MORNING + timedelta(days=6)) == MORNING
