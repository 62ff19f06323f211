"""Mail sent: what is due goes to the server, one after another."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from bourse.kit import jobs
from bourse.members.queries import exchange
from bourse.notices.actions.letters import SEND_MAIL
from bourse.notices.encryption import decrypt
from bourse.notices.message import Contents, Sender, message
from bourse.notices.models import Mail, MailState
from bourse.notices.post_office import Later, NotTaken, PostOffice, ServerAway

log = structlog.get_logger()

LEASE = timedelta(minutes=2)  # a mail that is being sent for longer was left by a worker that died
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60)]
MOST_ATTEMPTS = 76  # three days
MOST_AT_ONCE = 200  # then the worker looks whether something else waits
UNSENT_KEPT, ROW_KEPT = timedelta(days=14), timedelta(days=30)


def have_mail_sent(*, now: datetime) -> None:
    """A job for the mail that is due, if some is and there is a server to send it."""
    if settings.SMTP and _due(now).exists():
        jobs.defer_once(SEND_MAIL, one_at_a_time="mail")


def send_mail(*, tell_time: Callable[[], datetime]) -> int:
    """The mail that is due in the server's hands; how many of it. Without a server it goes on waiting."""
    if not settings.SMTP:
        return 0
    sender = Sender(settings.URL, exchange().name, settings.MAIL_FROM)
    sent = 0
    with PostOffice(settings.SMTP, sender.host) as office:
        for _ in range(MOST_AT_ONCE):
            mail = _take(tell_time())
            if mail is None:
                return sent
            try:
                sent += _send(mail, office, sender, tell_time)
            except ServerAway:
                return sent  # the others wait with it: the next minute tries again
    have_mail_sent(now=tell_time())
    return sent


def forget_old_mail(*, now: datetime) -> None:
    """Give up what no server took in 14 days, forget what is settled for 30."""
    old = Mail.objects.filter(state=MailState.WAITING, written_at__lt=now - UNSENT_KEPT)
    old.update(state=MailState.GIVEN_UP, encrypted=b"", last_error="No mail server was set in 14 days.")
    settled = Q(state__in=(MailState.SENT, MailState.GIVEN_UP), written_at__lt=now - ROW_KEPT)
    Mail.objects.filter(settled).delete()


def _due(now: datetime) -> QuerySet[Mail]:
    left = Q(state=MailState.SENDING, tried_at__lt=now - LEASE)
    return Mail.objects.filter(Q(state=MailState.WAITING, due_at__lte=now) | left)


@transaction.atomic
def _take(now: datetime) -> Mail | None:
    """The mail that has waited longest, marked as being sent in a transaction of its own."""
    mail = _due(now).select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if mail:
        mail.state, mail.tried_at, mail.attempts = MailState.SENDING, now, mail.attempts + 1
        mail.save(update_fields=["state", "tried_at", "attempts"])
    return mail


def _send(mail: Mail, office: PostOffice, sender: Sender, tell_time: Callable[[], datetime]) -> bool:
    """Whether it has gone; if not, its row says why and what becomes of it."""
    plain = decrypt(bytes(mail.encrypted))
    if plain is None:
        _give_up(mail, "The house's key has changed since it was written.")
        return False
    contents = msgspec.json.decode(plain, type=Contents)
    try:
        office.send(
            message(
                name=mail.public_id,
                to=mail.address,
                subject=mail.subject,
                contents=contents,
                sender=sender,
                at=mail.written_at,
            )
        )
    except (NotTaken, ValueError) as error:  # ValueError: what no head of a mail can hold
        _give_up(mail, str(error))
        return False
    except (Later, ServerAway) as error:
        _put_back(mail, str(error), tell_time())
        if isinstance(error, ServerAway):
            raise
        return False
    Mail.objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=tell_time(), encrypted=b"", last_error=""
    )
    log.info("mail_sent", mail_id=mail.pk, attempts=mail.attempts)
    return True


def _give_up(mail: Mail, why: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=MailState.GIVEN_UP, encrypted=b"", last_error=why[:500])
    log.warning("mail_given_up", mail_id=mail.pk)


def _put_back(mail: Mail, why: str, now: datetime) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, why)
        return
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    Mail.objects.filter(pk=mail.pk).update(state=MailState.WAITING, due_at=now + pause, last_error=why[:500])
    log.info("mail_put_back", mail_id=mail.pk, attempts=mail.attempts)
