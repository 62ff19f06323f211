"""What is told of uploads and feeds, when and to whom."""

from datetime import timedelta
from typing import Any

from bourse.kit import outbox
from bourse.market.models import Upload
from bourse.notices.models import Notice
from bourse.wiring import LISTENERS, telling
from cast import NOON, Cast
from kit.conftest import Serve, authority, certificate, serve  # noqa: F401
from kit.web import Request
from market.files import A1, A2, like, listed, stock_file
from market.test_feeds import added, row_of, run


def notices() -> list[tuple[str, str, str]]:
    """To whom, what, and where it leads."""
    outbox.deliver(LISTENERS, now=NOON)
    rows = Notice.objects.order_by("id").select_related("person")
    return [(row.person.name, row.subject, row.link) for row in rows]


def test_whoever_sent_a_file_hears_what_it_changed(cast: Cast) -> None:
    listed(cast.tara, A1, A2)
    upload = Upload.objects.get()
    assert notices() == [("Tara", "stock.csv is live", f"/listings/uploads/{upload.public_id}/")]
    assert Notice.objects.get().body == "New: 2. Changed: 0. Taken down: 0."


def test_a_feed_that_surprises_nobody_tells_nobody(
    cast: Cast,
    serve: Serve,  # noqa: F811
    run_jobs: Any,
) -> None:
    _, resolver = serve({"/stock.csv?key=sesame": lambda request: request.send(stock_file(A1, A2))})
    run(added(cast.tara), resolver, run_jobs)
    assert Upload.objects.get().state == "confirmed"
    assert notices() == []


def test_a_held_file_is_told_to_those_who_can_decide_it(
    cast: Cast,
    serve: Serve,  # noqa: F811
    run_jobs: Any,
) -> None:
    listed(cast.asha, A1, A2)
    notices()
    Notice.objects.all().delete()
    broken = like(A2, weight="x")
    _, resolver = serve({"/stock.csv?key=sesame": lambda request: request.send(stock_file(A1, broken))})
    run(added(cast.tara), resolver, run_jobs)
    upload = Upload.objects.latest("pk")
    subject = "A file of your feed Office waits for a person"
    link = f"/listings/uploads/{upload.public_id}/"
    assert notices() == [("Asha", subject, link), ("Tara", subject, link)]
    assert Notice.objects.all()[0].body == (
        "1 of its 2 rows are refused, more than one in ten. Look at them, then confirm the file or "
        "give it up. "
        "Nothing of stock.csv is live, and the feed rests until it is decided."
    )


def test_a_feed_that_fails_is_told_once_and_again_when_it_is_paused(
    cast: Cast,
    serve: Serve,  # noqa: F811
    run_jobs: Any,
) -> None:
    def away(request: Request) -> None:
        request.send(b"", status=503)

    _, resolver = serve({"/stock.csv?key=sesame": away})
    view = added(cast.tara)
    run(view, resolver, run_jobs)
    link = f"/listings/feeds/{view.public_id}/"
    failed = [(name, "Your feed Office failed", link) for name in ("Asha", "Tara")]
    assert notices() == failed
    for hours in range(1, 10):
        run(view, resolver, run_jobs, now=NOON + timedelta(hours=hours))
    assert row_of(view).is_paused
    assert notices() == [*failed, *((name, "Your feed Office is paused", link) for name in ("Asha", "Tara"))]


def test_what_cannot_be_told_holds_up_nothing(cast: Cast) -> None:
    heard: list[object] = []

    def broken(*_: object) -> None:
        raise ValueError("a bug")

    listed(cast.tara, A1)
    wiring = {
        fact: [telling.each(fact, broken), lambda facts, now: heard.extend(facts)] for fact in LISTENERS
    }
    assert outbox.deliver(wiring, now=NOON) == 1
    assert len(heard) == 1
    assert outbox.waiting(NOON)[0] == 0
