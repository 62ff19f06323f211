"""A caller who prefers to wait until his file is read."""

from collections.abc import Callable

import pytest
from django.test import Client

import working
from api.calls import API, post, send
from bourse.doors.api import waiting
from bourse.kit import jobs
from bourse.market.actions import READ_UPLOAD, uploads
from bourse.market.models import Upload
from bourse.members.actor import Actor
from cast import Cast
from market.files import A1, like, stock_file

SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def behind(alone: None, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The worker reads while a call sleeps, and at no other time; how long each sleep would have been."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        working.do_waiting_jobs()

    def defer(found: Upload) -> None:
        jobs.defer(READ_UPLOAD, one_at_a_time=f"upload {found.pk}", upload_id=found.pk)

    monkeypatch.setattr(uploads, "defer_reading", defer)
    monkeypatch.setattr(waiting, "sleep", sleep)
    return slept


def test_without_a_preference_the_file_waits(cast: Cast, signed_in: SignIn, behind: list[float]) -> None:
    client = signed_in(cast.asha)
    sent = send(client, stock_file(A1))
    assert (sent.status_code, sent.json()["state"], sent.json()["totals"]) == (201, "waiting", {})
    assert client.get(sent["Location"]).json()["state"] == "waiting"
    assert ("Preference-Applied" in sent, behind) == (False, [])


@pytest.mark.parametrize(
    ("prefer", "applied"),
    [
        ("wait=10", "wait=10"),
        ("respond-async, wait=5", "wait=5"),
        ('Wait="7"; x=1', "wait=7"),
        ("wait=9999", "wait=30"),
    ],
)
def test_who_prefers_to_wait_is_answered_when_the_file_is_read(
    cast: Cast, signed_in: SignIn, behind: list[float], prefer: str, applied: str
) -> None:
    client = signed_in(cast.asha)
    sent = send(client, stock_file(A1, like(A1, stock="a-1", report="7000000009")), prefer=prefer)
    assert (sent.status_code, sent.json()["state"], sent["Preference-Applied"]) == (201, "asking", applied)
    assert behind == [waiting.LOOK_S]
    given = {"answers": {one["key"]: one["options"][0]["value"] for one in sent.json()["questions"]}}
    path = f"/uploads/{sent.json()['public_id']}"
    assert post(client, f"{path}/answers", given, prefer=prefer).json()["state"] == "ready"
    shape = {"corrections": [{"sheet": "", "row": 2, "index": 1, "text": "Oval"}]}
    assert post(client, f"{path}/corrections", shape).json()["state"] == "waiting"
    looked = client.get(f"{API}{path}", headers={"prefer": prefer})
    assert (looked.json()["state"], looked["Preference-Applied"]) == ("ready", applied)


@pytest.mark.parametrize("prefer", ["wait=0", "wait", "wait=-1", "wait=x", "await=5", "wait=1.5"])
def test_a_preference_that_says_nothing_is_passed_over(
    cast: Cast, signed_in: SignIn, behind: list[float], prefer: str
) -> None:
    sent = send(signed_in(cast.asha), stock_file(A1), prefer=prefer)
    assert (sent.json()["state"], behind, "Preference-Applied" in sent) == ("waiting", [], False)


def test_time_runs_out_before_the_file_is_read(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 1.9, 2.1])
    monkeypatch.setattr(waiting, "monotonic", lambda: next(clock))
    monkeypatch.setattr(waiting, "sleep", lambda seconds: None)
    sent = send(signed_in(cast.asha), stock_file(A1), prefer="wait=2")
    assert (sent.json()["state"], sent["Preference-Applied"]) == ("waiting", "wait=2")


def test_no_more_wait_than_leave_threads_to_the_pages(
    cast: Cast, signed_in: SignIn, behind: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(waiting.MOST_WAITING):
        assert waiting._places.acquire(blocking=False)
    try:
        sent = send(signed_in(cast.asha), stock_file(A1), prefer="wait=10")
    finally:
        waiting._places.release(waiting.MOST_WAITING)
    assert (sent.json()["state"], behind) == ("waiting", [])


def test_a_stranger_waits_for_nothing(cast: Cast, signed_in: SignIn, behind: list[float]) -> None:
    upload = send(signed_in(cast.asha), stock_file(A1)).json()["public_id"]
    looked = signed_in(cast.carl).get(f"{API}/uploads/{upload}", headers={"prefer": "wait=10"})
    assert (looked.status_code, behind) == (404, [])
