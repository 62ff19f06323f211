"""Mail goes over SMTP once, says what it should, and waits, retries or ends by what the server says."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bourse.kit import jobs
from bourse.notices.actions import forget_old_mail, have_mail_sent, mail_to, send_mail, tell
from bourse.notices.models import Mail
from bourse.notices.post_office import PostOffice, ServerAway
from bourse.notices.topics import Reason, Topic
from cast import NOON, Cast
from kit.web import Authority
from notices.mailbox import Mailbox, running

LATER = NOON + timedelta(days=1)


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """The house's mail server."""
    box = Mailbox()
    with running(box) as address:
        settings.SMTP = f"smtp://{address}"
        settings.URL = "https://bourse.example"
        settings.MAIL_FROM = "Bourse <office@bourse.example>"
        yield box


def letter(number: int = 1, address: str = "ana@firm.example", **words: Any) -> None:
    given = {"subject": "Your application", "body": "We read it.\n\nSoon more.", "link": "/apply/x/"} | words
    mail_to(address=address, once=f"letter {number}", now=NOON, **given)


def sent(now: datetime = NOON) -> int:
    return send_mail(tell_time=lambda: now)


def states() -> list[tuple[str, int, str]]:
    return list(Mail.objects.order_by("id").values_list("state", "attempts", "last_error"))


def test_a_notice_is_mailed_as_text_and_as_a_page(cast: Cast, mailbox: Mailbox, run_jobs: Any) -> None:
    tell(
        topic=Topic.UPLOADS,
        people=[cast.asha.person_id],
        once="x",
        subject="stock.csv is <live>",
        body="New: 2.",
        link="/listings/",
        why=Reason.OWN_ACT,
        now=NOON,
    )
    assert run_jobs() == 1
    mail = mailbox.mails[0]
    row = Mail.objects.get()
    assert (mail["To"], mail["From"]) == ("asha@bourse.example", "Bourse <office@bourse.example>")
    assert (mail["Subject"], mail["Message-ID"]) == (
        "stock.csv is <live>",
        f"<{row.public_id}@bourse.example>",
    )
    text, page = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert text == (
        "New: 2.\n\nhttps://bourse.example/listings/\n\n-- \nBourse, https://bourse.example\n"
        "You began what it tells of.\n"
        "What is mailed to you, and when: https://bourse.example/account/notices/\n"
    )
    assert "stock.csv is &lt;live&gt;" in page and 'href="https://bourse.example/listings/"' in page
    assert (mail["List-Unsubscribe"], mail["Auto-Submitted"]) == (None, "auto-generated")
    assert (row.state, bytes(row.encrypted)) == ("sent", b"")


def test_many_mails_go_over_one_connection_and_each_once(mailbox: Mailbox, db: None) -> None:
    for number in range(5):
        letter(number)
    assert (sent(), sent(LATER)) == (5, 0)
    assert (len(mailbox.mails), mailbox.connections) == (5, 1)


def test_one_mail_that_is_refused_holds_up_no_other(mailbox: Mailbox, db: None) -> None:
    mailbox.at_address = lambda address: "550 no such person" if "gone" in address else "250 fine"
    letter(1, "gone@firm.example")
    letter(2)
    assert sent() == 1
    assert states() == [("given up", 1, "550 no such person"), ("sent", 1, "")]
    assert sent(LATER) == 0  # nobody tries again


def test_a_server_that_says_later_is_asked_again_later(mailbox: Mailbox, db: None) -> None:
    mailbox.at_end = lambda _: "451 busy"
    letter()
    assert (sent(), states()) == (0, [("waiting", 1, "451 busy")])
    assert sent(NOON + timedelta(seconds=59)) == 0
    assert states() == [("waiting", 1, "451 busy")]
    mailbox.at_end = lambda _: "250 taken"
    assert sent(NOON + timedelta(minutes=1)) == 1
    assert mailbox.mails[0]["Message-ID"] == f"<{Mail.objects.get().public_id}@bourse.example>"


def test_after_three_days_of_later_a_mail_is_given_up(mailbox: Mailbox, db: None) -> None:
    mailbox.at_end = lambda _: "451 busy"
    letter()
    Mail.objects.update(attempts=75)
    sent()
    assert states() == [("given up", 76, "451 busy")]


def test_a_connection_cut_in_the_middle_is_tried_again_with_the_same_name(mailbox: Mailbox, db: None) -> None:
    mailbox.cuts_after = "data"
    letter()
    assert sent() == 0
    state, attempts, error = states()[0]
    assert (state, attempts, error[:22]) == ("waiting", 1, "SMTPServerDisconnected")
    assert sent(NOON + timedelta(minutes=1)) == 1
    assert {mail["Message-ID"] for mail in mailbox.mails} == {
        f"<{Mail.objects.get().public_id}@bourse.example>"
    }


def test_a_server_that_is_away_costs_the_others_no_try(db: None, settings: Any) -> None:
    settings.SMTP = "smtp://127.0.0.1:1"
    letter(1)
    letter(2)
    assert sent() == 0
    assert [(state, attempts) for state, attempts, _ in states()] == [("waiting", 1), ("waiting", 0)]


def test_what_a_dead_worker_held_is_sent_after_its_lease(mailbox: Mailbox, db: None) -> None:
    letter()
    Mail.objects.update(state="sending", tried_at=NOON, attempts=1)
    assert sent(NOON + timedelta(seconds=119)) == 0
    assert sent(NOON + timedelta(seconds=121)) == 1


def test_without_a_server_mail_waits_and_goes_once_there_is_one(db: None, settings: Any) -> None:
    settings.SMTP = ""
    letter()
    have_mail_sent(now=NOON)
    assert (sent(), states()) == (0, [("waiting", 0, "")])
    box = Mailbox()
    with running(box) as address:
        settings.SMTP = f"smtp://{address}"
        before = jobs.by_state()["waiting"]
        have_mail_sent(now=LATER)
        assert jobs.by_state()["waiting"] == before  # one waits already, and will find it
        assert sent(LATER) == 1


def test_a_key_that_changed_leaves_nothing_to_send(mailbox: Mailbox, db: None, settings: Any) -> None:
    letter()
    settings.SECRET_KEY = "another"
    assert sent() == 0
    assert states() == [("given up", 1, "The house's key has changed since it was written.")]


@pytest.mark.parametrize(
    "words",
    [
        {"subject": "Hello\r\nBcc: all@firm.example"},
        {"body": "Hello\r\n.\r\nMAIL FROM:<x@x.example>"},
        {"link": "/x\r\nBcc: all@firm.example"},
    ],
)
def test_nobody_writes_a_head_or_a_second_mail(mailbox: Mailbox, db: None, words: dict[str, Any]) -> None:
    letter(**words)
    assert sent() == 1
    mail = mailbox.mails[0]
    assert len(mailbox.mails) == 1 and "Bcc" not in mail
    assert mail["To"] == "ana@firm.example"


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: x@x.example", "a b@c.example", "a@b@c.example", "nobody", "a@b\u2028c"]
)
def test_an_address_that_is_none_is_refused(db: None, address: str) -> None:
    with pytest.raises(Exception, match="This is no address that mail can be sent to"):
        letter(address=address)
    assert not Mail.objects.exists()


def test_a_password_goes_over_tls_to_the_server_that_it_is_for(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    box = Mailbox()
    letter()
    with running(box, authority.certificate("localhost")) as address:
        settings.SMTP = f"smtps://bourse:p%40ss%20word@{address}"
        assert sent() == 0  # signed by nobody whom this machine trusts
        assert box.signed_in == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        assert sent(LATER) == 1
        assert box.signed_in == [b"bourse"]
        settings.SMTP = f"smtps://bourse:wrong@{address}"
        letter(2)
        assert sent(LATER) == 0
    assert states()[1][2].startswith("535")


def test_no_password_is_given_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Mailbox()
    with running(box) as address, PostOffice(f"smtp://bourse:x@{address}", "bourse.example") as office:
        monkeypatch.setattr("bourse.notices.post_office._is_here", lambda _: False)
        with pytest.raises(ServerAway, match="not sent in the clear"):
            office.send(None)  # type: ignore[arg-type]
    assert box.signed_in == []


def test_settled_mail_is_forgotten(db: None) -> None:
    for number in range(3):
        letter(number)
    first, second, third = Mail.objects.order_by("id")
    Mail.objects.filter(pk=first.pk).update(state="sent", sent_at=NOON)
    Mail.objects.filter(pk=second.pk).update(written_at=NOON - timedelta(days=15))
    forget_old_mail(now=NOON)
    assert states()[1] == ("given up", 0, "No mail server was set in 14 days.")
    forget_old_mail(now=NOON + timedelta(days=16))
    assert list(Mail.objects.values_list("pk", flat=True)) == [first.pk, third.pk]
