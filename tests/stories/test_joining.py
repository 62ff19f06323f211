"""Dora applies, is asked, answers, is compared with a list and becomes a member; mails carry her along."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from bourse.kit import confined, outbox
from bourse.members.actor import Actor
from bourse.members.models import Application, Company, Invitation, ScreeningHit
from bourse.notices.models import Mail
from bourse.wiring import LISTENERS
from cast import NOON, Cast
from members.applying import loaded, said


@pytest.fixture(autouse=True)
def plain(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Static files under their own names, lists read in this process."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}  # type: ignore[attr-defined]
    monkeypatch.setattr(confined, "run", lambda function, *given: function(*given))


def told(run_jobs: Callable[[], int]) -> list[str]:
    """What was mailed to Dora so far, once facts and jobs are done."""
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    run_jobs()
    return list(
        Mail.objects.filter(address="dora@dora.example").order_by("pk").values_list("subject", flat=True)
    )


def test_from_application_to_invitation(
    cast: Cast, signed_in: Callable[[Actor], Client], run_jobs: Callable[[], int]
) -> None:
    omar, dora = signed_in(cast.omar), Client()
    loaded(cast.omar, "name,id\nDORN Dora,7\n")
    firm = said()
    form = {
        name: getattr(firm, name)
        for name in firm.__struct_fields__
        if name not in ("buys", "sells", "associations")
    }
    own = dora.post("/join/", {**form, "sides": ["buys"]})["Location"]
    assert told(run_jobs) == ["Your application for Dora Stones"]
    found = Application.objects.get()
    assert [match.score for match in found.hits.all()] == [1]

    page = f"/vetting/{found.public_id}/"
    omar.post(f"{page}ask/", {"version": "1", "text": "Who owns it?"})
    assert told(run_jobs)[-1] == "We want to know more of Dora Stones"
    dora.post(f"{own}answer/", {"text": "I do."})
    found.refresh_from_db()
    decision = {"version": str(found.version), "decision": "accept", "reason": "Known."}
    assert "Decide each, then accept." in omar.post(f"{page}decide/", decision).content.decode()

    hit = ScreeningHit.objects.get(application=found).public_id
    omar.post(f"/vetting/hits/{hit}/", {"seen": "", "decision": "another", "why": "Another birth."})
    assert omar.post(f"{page}decide/", decision).status_code == 302
    assert Company.objects.get(name="Dora Stones").branches.get().city == "Antwerp"
    assert Invitation.objects.get().email == "dora@dora.example"
    assert set(told(run_jobs)[2:]) == {"Dora Stones is a member", "Your invitation to act for Dora Stones"}
    last = dora.get(own).content.decode()
    assert "You are a member." in last and not re.search(r"/invitation/[\w-]{43}", last)
