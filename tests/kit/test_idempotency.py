"""Operation ids: one effect, one answer, whatever is sent again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from bourse.kit import idempotency
from bourse.kit.idempotency import Done, Kept, OperationIdUsed, OperationInFlight, once, settle
from bourse.kit.models import Mark, OperationId
from cast import NOON

ANSWER = Kept(201, {"ETag": '"1"'}, b"done")


def done(number: int = 1, *, key: str = "k", body: bytes = b"x", answer: Kept = ANSWER, now=NOON) -> Done:  # type: ignore[no-untyped-def]
    def order() -> Kept:
        Mark.objects.create(name=f"effect {Mark.objects.count()}", word="", made_at=NOON)
        return answer

    return once(
        order, company_id=number, key=key, fingerprint=body, now=now, is_kept=lambda kept: kept.status < 300
    )


def effects() -> int:
    return Mark.objects.count()


@pytest.mark.django_db
def test_a_call_sent_again_is_not_done_again() -> None:
    assert [done(), done(), done()] == [Done(ANSWER, False), Done(ANSWER, True), Done(ANSWER, True)]
    assert (effects(), OperationId.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_another_body_is_refused_and_another_company_is_another_id() -> None:
    done()
    with pytest.raises(OperationIdUsed):
        done(body=b"y")
    assert not done(number=2, body=b"y").is_replayed
    assert not done(key="l", body=b"y").is_replayed
    assert effects() == 3


@pytest.mark.django_db
def test_what_was_refused_before_the_order_is_not_kept() -> None:
    refused = Kept(400, {}, b"no")
    assert not done(answer=refused).is_replayed
    assert not done(body=b"mended").is_replayed
    assert OperationId.objects.count() == 1


@pytest.mark.django_db
def test_an_order_that_breaks_leaves_neither_effect_nor_answer() -> None:
    def breaks() -> Kept:
        Mark.objects.create(name="half", word="", made_at=NOON)
        raise ValueError

    with pytest.raises(ValueError):
        once(breaks, company_id=1, key="k", fingerprint=b"x", now=NOON, is_kept=lambda _: True)
    assert (effects(), OperationId.objects.count()) == (0, 0)
    assert not done().is_replayed


@pytest.mark.django_db
def test_what_is_added_after_the_order_is_what_is_given_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE_S", 0.05)
    open_answer = Kept(200, {}, b"first", is_final=False)
    done(answer=open_answer)
    with pytest.raises(OperationInFlight):
        done()
    late = done(now=NOON + timedelta(seconds=41))  # whoever should have added to it is dead
    assert (late.is_replayed, late.answer.body) == (True, b"first")
    settle(Kept(200, {}, b"whole"), company_id=1, key="k")
    assert done().answer.body == b"whole"


@pytest.mark.django_db
def test_ids_are_forgotten_after_thirty_days_and_are_not_more_than_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done(now=NOON - timedelta(days=31))
    done(key="new")
    monkeypatch.setattr(idempotency, "MOST_OF_A_COMPANY", 2)
    with pytest.raises(idempotency.TooManyOperationIds):
        done(key="one more")
    assert idempotency.forget_old(NOON) == 1
    assert not done(key="one more").is_replayed


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_once_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = Event(), Event()

    def slow() -> Kept:
        begun.set()
        assert may_end.wait(10)
        Mark.objects.create(name="effect", word="", made_at=NOON)
        return ANSWER

    def first() -> Done:
        try:
            return once(slow, company_id=1, key="k", fingerprint=b"x", now=NOON, is_kept=lambda _: True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        assert begun.wait(10)
        monkeypatch.setattr(idempotency, "PATIENCE_S", 0.05)
        with pytest.raises(OperationInFlight), transaction.atomic():
            done()
        monkeypatch.setattr(idempotency, "PATIENCE_S", 10.0)
        may_end.set()
        assert done() == Done(ANSWER, True)
        assert running.result() == Done(ANSWER, False)
    assert effects() == 1
