"""The inbox and the page of choices, by the forms that work without a script."""

import re
from typing import Any

import pytest

from bourse.kit.models import AuditEntry
from bourse.members.models import Person
from bourse.members.secrets import derived_secret
from bourse.notices.actions import tell
from bourse.notices.models import Notice, Preference, Rhythm
from bourse.notices.topics import Reason, Topic
from cast import NOON, Cast
from web.conftest import Browse, text_of

CHOSEN = ("company", "uploads", "listings", "searches", "trading", "news")  # by everybody but the operators


def told(cast: Cast, count: int = 3, topic: Topic = Topic.UPLOADS, who: str = "asha") -> list[Notice]:
    actor = getattr(cast, who)
    for number in range(count):
        tell(
            topic=topic,
            people=[actor.person_id],
            once=f"{topic} {number}",
            subject=f"{topic.value} {number} is live",
            body="New: 2.",
            link="/listings/",
            why=Reason.OWN_ACT if topic is Topic.UPLOADS else Reason.TRADER,
            now=NOON,
            company_id=actor.company_id,
        )
    return list(Notice.objects.filter(person_id=actor.person_id, topic=topic.value).order_by("id"))


def subjects(client: Any, query: str = "") -> list[str]:
    page = text_of(client.get(f"/notices/{query}"))
    return re.findall(r"data-reads>(?:<span[^>]*>[^<]*</span>)?([^<]*)</a>", page)


def test_an_inbox_holds_ones_own_notices_newest_first(cast: Cast, browse: Browse) -> None:
    told(cast)
    told(cast, 1, who="ben")
    assert subjects(browse(cast.asha)) == ["uploads 2 is live", "uploads 1 is live", "uploads 0 is live"]
    page = text_of(browse(cast.asha).get("/"))
    assert '<span class="count">3<span class="vh"> unread</span></span>' in page
    assert 'class="count"' not in text_of(browse(cast.vera).get("/"))


def test_an_empty_inbox_says_what_will_stand_there(cast: Cast, browse: Browse) -> None:
    page = text_of(browse(cast.asha).get("/notices/"))
    assert "Nothing is open. </b>" in page or "Nothing is open.</b>" in page


@pytest.mark.parametrize(
    ("act", "box", "left"),
    [("done", "", [2, 0]), ("read", "?box=unread", [2, 0]), ("save", "?box=saved", [1])],
)
def test_a_chosen_notice_goes_where_the_button_says(
    cast: Cast, browse: Browse, act: str, box: str, left: list[int]
) -> None:
    notices = told(cast)
    client = browse(cast.asha)
    answer = client.post("/notices/triage/", {"act": act, "notice": notices[1].public_id}, follow=True)
    assert "1 notice changed." in text_of(answer)
    assert subjects(client, box) == [f"uploads {number} is live" for number in left]
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person_id, entry.company_id) == ("notices.triage", cast.asha.person_id, None)
    assert entry.after == {"act": act, "notices": 1}


def test_what_is_done_can_be_opened_again(cast: Cast, browse: Browse) -> None:
    notices = told(cast, 1)
    client = browse(cast.asha)
    client.post("/notices/triage/", {"act": "done", "notice": notices[0].public_id})
    assert (subjects(client), subjects(client, "?box=done")) == ([], ["uploads 0 is live"])
    client.post("/notices/triage/", {"act": "unread", "notice": notices[0].public_id, "box": "done"})
    assert (subjects(client), subjects(client, "?box=done")) == (["uploads 0 is live"], [])
    assert Notice.objects.get().read_at is None


def test_all_that_fit_the_filter_are_done_at_once(cast: Cast, browse: Browse) -> None:
    told(cast, 60)
    told(cast, 3, Topic.LISTINGS)
    client = browse(cast.asha)
    assert len(subjects(client)) == 50
    assert subjects(client, "?why=trader") == [f"listings {number} is live" for number in (2, 1, 0)]
    answer = client.post("/notices/triage/", {"act": "done", "all": "on", "topic": "uploads"}, follow=True)
    assert answer.redirect_chain == [("/notices/?topic=uploads", 302)]
    assert "60 notices changed." in text_of(answer)
    assert Notice.objects.filter(done_at=None).count() == 3


def test_what_came_after_the_page_is_not_among_all(cast: Cast, browse: Browse) -> None:
    told(cast, 2)
    browse(cast.asha).post("/notices/triage/", {"act": "done", "all": "on", "until": "2026-11-24T11:59:59Z"})
    assert Notice.objects.filter(done_at=None).count() == 2


def test_pages_follow_each_other(cast: Cast, browse: Browse) -> None:
    told(cast, 60)
    client = browse(cast.asha)
    after = re.search(r"\?after=([a-z0-9]+)", text_of(client.get("/notices/")))
    assert after is not None
    assert subjects(client, after[0]) == [f"uploads {number} is live" for number in range(9, -1, -1)]
    assert client.get("/notices/?after=nothing").status_code == 404


def test_nothing_chosen_says_so(cast: Cast, browse: Browse) -> None:
    answer = browse(cast.asha).post("/notices/triage/", {"act": "done"}, follow=True)
    assert "Choose notices first" in text_of(answer)
    assert browse(cast.asha).post("/notices/triage/", {"act": "burn"}).status_code == 404


def test_nobody_reaches_into_anothers_inbox(cast: Cast, browse: Browse) -> None:
    notices = told(cast, 1)
    for actor in (cast.tara, cast.ben, cast.omar):
        for act in ("done", "read", "save"):
            browse(actor).post("/notices/triage/", {"act": act, "notice": notices[0].public_id})
        browse(actor).post("/notices/triage/", {"act": "done", "all": "on"})
    row = Notice.objects.get()
    assert (row.read_at, row.done_at, row.saved_at) == (None, None, None)
    assert browse(None).get("/notices/").status_code == 302


@pytest.mark.parametrize("count", [1, 40])
def test_an_inbox_asks_the_same_questions_however_full_it_is(
    cast: Cast, browse: Browse, count: int, django_assert_num_queries: Any
) -> None:
    told(cast, count)
    client = browse(cast.asha)
    client.get("/notices/")
    with django_assert_num_queries(12):
        client.get("/notices/")


def test_a_person_chooses_how_he_is_told(cast: Cast, browse: Browse) -> None:
    client = browse(cast.asha)
    page = text_of(client.get("/account/notices/"))
    assert "Firms that want to join" not in page  # only operators hear of them
    ways = {f"{topic}_mail": "off" for topic in CHOSEN}
    form = {**ways, "uploads_in_app": "on", "quiet_from": "22", "quiet_until": "7", "digest_hour": "9"}
    answer = client.post("/account/notices/", {**form, "digest_weekday": "0"})
    assert answer.status_code == 302
    rows = dict(Preference.objects.values_list("topic", "in_app"))
    assert rows == {topic: topic == "uploads" for topic in CHOSEN}
    rhythm = Rhythm.objects.get()
    assert (str(rhythm.quiet_from), str(rhythm.quiet_until)) == ("22:00:00", "07:00:00")
    assert (rhythm.digest_hour, rhythm.digest_weekday) == (9, 0)
    assert AuditEntry.objects.get().after == {
        "topics": list(CHOSEN),
        "hours": True,
    }


def test_quiet_hours_with_one_end_are_refused_beside_their_box(cast: Cast, browse: Browse) -> None:
    ways = {f"{topic}_mail": "off" for topic in CHOSEN}
    answer = browse(cast.asha).post("/account/notices/", {**ways, "quiet_from": "22", "digest_hour": "7"})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer) and 'href="#id_quiet_from"' in text_of(answer)
    assert not Preference.objects.exists()


def test_a_digest_ends_by_one_click_and_never_by_looking(cast: Cast, browse: Browse) -> None:
    person = Person.objects.get(pk=cast.asha.person_id)
    link = (
        f"/notices/unsubscribe/{person.public_id}.{derived_secret('digest unsubscribe', person.public_id)}/"
    )
    client = browse(None)
    client.handler.enforce_csrf_checks = True
    assert client.get(link).status_code == 200
    assert not Preference.objects.exists()
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "You get no more digests." in text_of(answer)
    assert Preference.objects.get().mail == "off"
    assert client.post("/notices/unsubscribe/nothing/").status_code == 404
