"""One event is one notice for one person, by the ways that he chose."""

from datetime import UTC, datetime, time, timedelta

from bourse.kit import jobs
from bourse.members.actor import Role
from bourse.members.models import Person
from bourse.notices.actions import mail_to, tell, tell_company
from bourse.notices.models import Mail, Notice, Preference, Rhythm
from bourse.notices.topics import Reason, Topic
from cast import NOON, Cast


def told(cast: Cast, people: list[int], *, topic: Topic = Topic.UPLOADS, once: str = "upload 1") -> int:
    return tell(
        topic=topic,
        people=people,
        once=once,
        subject="stock.csv\nis live",
        body="12 new, 3 changed.",
        link="/listings/",
        why=Reason.OWN_ACT,
        now=NOON,
        company_id=cast.asha.company_id,
    )


def test_each_of_the_people_gets_one_notice_and_one_mail(cast: Cast) -> None:
    people = [cast.asha.person_id, cast.tara.person_id]
    assert told(cast, people) == 2
    rows = list(Notice.objects.order_by("id").values_list("person_id", "subject", "body", "mail"))
    assert rows == [(one, "stock.csv is live", "12 new, 3 changed.", "at once") for one in people]
    assert list(Mail.objects.order_by("id").values_list("address", "due_at")) == [
        ("asha@bourse.example", NOON),
        ("tara@bourse.example", NOON),
    ]
    assert jobs.by_state()["waiting"] == 1


def test_an_event_told_twice_is_told_once(cast: Cast) -> None:
    assert told(cast, [cast.asha.person_id]) == 1
    assert told(cast, [cast.asha.person_id, cast.asha.person_id, cast.tara.person_id]) == 1
    assert (Notice.objects.count(), Mail.objects.count()) == (2, 2)
    assert told(cast, [cast.asha.person_id], once="upload 2") == 1


def test_whoever_wants_neither_gets_nothing(cast: Cast) -> None:
    Preference.objects.create(person_id=cast.asha.person_id, topic="uploads", in_app=False, mail="off")
    assert told(cast, [cast.asha.person_id]) == 0
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_digest_has_no_mail_of_its_own(cast: Cast) -> None:
    Preference.objects.create(person_id=cast.asha.person_id, topic="uploads", in_app=False, mail="digest")
    assert told(cast, [cast.asha.person_id]) == 1
    row = Notice.objects.get()
    assert (row.in_app, row.mail, row.mailed_at, Mail.objects.count()) == (False, "digest", None, 0)


def test_news_of_the_account_passes_whatever_is_set(cast: Cast) -> None:
    Preference.objects.create(person_id=cast.asha.person_id, topic="account", in_app=False, mail="off")
    Rhythm.objects.create(person_id=cast.asha.person_id, quiet_from=time(0), quiet_until=time(23))
    assert told(cast, [cast.asha.person_id], topic=Topic.ACCOUNT) == 1
    assert (Notice.objects.get().in_app, Mail.objects.get().due_at) == (True, NOON)


def test_a_mail_waits_for_the_end_of_the_quiet_hours_where_the_person_lives(cast: Cast) -> None:
    Person.objects.filter(pk=cast.asha.person_id).update(time_zone="Asia/Kolkata")  # noon is 17:30 there
    Rhythm.objects.create(person_id=cast.asha.person_id, quiet_from=time(17), quiet_until=time(8, 30))
    told(cast, [cast.asha.person_id])
    assert Mail.objects.get().due_at == datetime(2026, 11, 25, 3, tzinfo=UTC)
    assert jobs.by_state()["waiting"] == 0


def test_a_company_is_told_by_role(cast: Cast) -> None:
    assert cast.asha.company_id is not None
    new = tell_company(
        cast.asha.company_id,
        topic=Topic.COMPANY,
        once="x",
        subject="x",
        body="x",
        link="/",
        why=Reason.OWNER,
        now=NOON,
        roles=(Role.OWNER, Role.TRADER),
        but=[cast.tara.person_id],
    )
    assert (new, Notice.objects.get().person_id) == (1, cast.asha.person_id)


def test_nobody_writes_to_a_closed_account(cast: Cast) -> None:
    Person.objects.filter(pk=cast.asha.person_id).update(is_active=False)
    Person.objects.filter(pk=cast.tara.person_id).update(erased_at=NOON)
    assert told(cast, [cast.asha.person_id, cast.tara.person_id]) == 0


def test_somebody_without_an_account_is_written_to_once(cast: Cast) -> None:
    for _ in range(2):
        mail_to(
            address="applicant@firm.example",
            subject="Your application",
            body="We read it.",
            link="/apply/secret-word/",
            once="application 1",
            now=NOON + timedelta(hours=1),
        )
    row = Mail.objects.get()
    assert (row.person_id, row.address, row.state) == (None, "applicant@firm.example", "waiting")
    assert b"secret-word" not in bytes(row.encrypted)  # whoever copies the table has no link
