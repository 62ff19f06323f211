"""The jobs that look for what is due run outside of any transaction, as the worker runs them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from bourse.notices import jobs
from bourse.notices.actions import DELIVER, SEND_MAIL, add_webhook, emit, mail_to
from bourse.notices.models import Delivery, Mail
from cast import NOON, Cast, assemble

EVENT = "upload.finished"


@pytest.fixture
def asha(transactional_db: None) -> Cast:
    """The cast, committed; no job of another test waits."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    return assemble()


def waiting() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", flat=True))


@pytest.mark.parametrize("look", [lambda: jobs.look_for_deliveries(0), lambda: jobs.wake(_webhook())])
def test_what_waits_for_an_address_is_found(asha: Cast, look: Callable[[], object]) -> None:
    add_webhook(actor=asha.asha, address="https://hooks.example/", events=[EVENT], now=NOON)
    emit(company_id=asha.asha.company_id or 0, event=EVENT, data={}, once="x", now=NOON)
    before = waiting()
    look()
    assert waiting() == before == [DELIVER]  # the one that waits will find it
    Delivery.objects.all().delete()


def test_mail_that_is_due_is_found(asha: Cast, settings: Any) -> None:
    settings.SMTP = "smtp://127.0.0.1:1"
    mail_to(address="ana@firm.example", subject="x", body="x", link="/", once="x", now=NOON)
    jobs.look_for_mail(0)
    assert waiting() == [SEND_MAIL]
    Mail.objects.all().delete()


def _webhook() -> int:
    return int(Delivery.objects.values_list("webhook_id", flat=True).get())
