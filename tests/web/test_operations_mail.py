"""The operator sees how the mail fares; nobody else does. He hears of jobs that fail."""

from typing import Any

import pytest
from procrastinate.contrib.django import app

from bourse.kit import jobs, outbox
from bourse.notices.actions import mail_to
from bourse.notices.models import Mail, Notice
from bourse.wiring import LISTENERS
from cast import NOON, Cast
from web.conftest import Browse, text_of


def letter(number: int) -> None:
    mail_to(
        address=f"ana{number}@firm.example",
        subject="Your application",
        body="We read it.",
        link="/apply/sesame/",
        once=f"letter {number}",
        now=NOON,
    )


def test_mail_that_no_server_takes_is_told(cast: Cast, browse: Browse, settings: Any) -> None:
    settings.SMTP = ""
    letter(1)
    letter(2)
    gone = Mail.objects.filter(address="ana2@firm.example")
    gone.update(state="given up", attempts=1, last_error="550 no such person")
    page = text_of(browse(cast.omar).get("/operations/"))
    assert "Not sent: no mail server is set." in page
    assert "ana2@firm.example" in page and "550 no such person" in page
    assert "ana1@firm.example" not in page and "sesame" not in page
    settings.SMTP = "smtp://127.0.0.1:25"
    assert "Not sent: no mail server is set." not in text_of(browse(cast.omar).get("/operations/"))


@app.task(name="tests.breaks", task_middleware=[jobs._seen])
def breaks() -> None:
    """A job with a bug."""
    raise ValueError("a bug")


def test_operators_hear_once_an_hour_of_a_kind_of_job_that_fails(cast: Cast, run_jobs: Any) -> None:
    for _ in range(2):
        jobs.defer("tests.breaks")
        with pytest.raises(AssertionError):
            run_jobs()
    outbox.deliver(LISTENERS, now=NOON)
    assert list(Notice.objects.values_list("person_id", "subject")) == [
        (cast.omar.person_id, "A job failed: tests.breaks")
    ]
