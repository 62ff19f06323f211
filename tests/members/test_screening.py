"""Names are compared with lists at an application, a load, a change of name; a person decides."""

import hashlib
from decimal import Decimal

import pytest

from bourse.kit import jobs
from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere
from bourse.members.actions import screening, vetting
from bourse.members.actions.people import OnlyTheOperator
from bourse.members.models import Company, ScreeningEntry, ScreeningHit, ScreeningList
from bourse.members.name_lists import ListNotRead
from bourse.members.queries import screening as questions
from cast import NOON, Cast
from members.applying import applied, loaded

pytestmark = pytest.mark.django_db
LISTED = "name,aliases,id\nDorn Dora,,1\nGhost House,,2\nASHA GEMS LTD,,3\n"


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each tiny list."""
    monkeypatch.setattr(screening.confined, "run", lambda function, *given: function(*given))


def accept(cast: Cast, application_id: str, version: int) -> Company:
    return vetting.accept_application(
        actor=cast.omar,
        application_id=application_id,
        version=version,
        name="",
        reason="Known.",
        sentence="",
        now=NOON,
    )


def decide(cast: Cast, decision: str, seen: str = "", hit: ScreeningHit | None = None) -> None:
    found = hit or ScreeningHit.objects.get(application__isnull=False)
    screening.decide_hit(
        actor=cast.omar, hit_id=found.public_id, seen=seen, decision=decision, why="Born elsewhere.", now=NOON
    )


def test_a_list_is_compared_with_all_applicants_and_members(cast: Cast) -> None:
    applied()
    made = loaded(cast.omar, LISTED)
    assert (made.entry_count, made.compared_at, made.sha256) == (
        3,
        NOON,
        hashlib.sha256(LISTED.encode()).hexdigest(),
    )
    found = [
        (hit.about, hit.name, hit.listed_name, hit.score, hit.reference)
        for hit in questions.open_hits(cast.omar)
    ]
    assert found == [
        ("Dora Stones", "Dora Dorn", "Dorn Dora", Decimal("1.000"), "1"),
        ("Asha Gems", "Asha Gems", "ASHA GEMS LTD", Decimal("1.000"), "3"),
    ]
    told = Fact.objects.filter(name="members.ScreeningHitsFound").values_list("body", flat=True)
    assert sum(body["count"] for body in told) == 2
    assert "members.load_list" in AuditEntry.objects.values_list("act", flat=True)


def test_an_applicant_is_compared_as_he_applies_and_may_not_be_accepted_before(cast: Cast) -> None:
    made = loaded(cast.omar, LISTED)
    _, found = applied()
    assert found.screened_against == [made.pk]
    assert found.hits.count() == 1
    found.screened_against = None
    found.save()
    with pytest.raises(vetting.ScreeningNotDone):
        accept(cast, found.public_id, 1)
    screening.compare(application_id=found.pk, company_id=None, now=NOON)
    assert found.hits.count() == 1  # told twice, found once


def test_an_open_hit_and_one_that_is_the_same_stand_in_the_way(cast: Cast) -> None:
    loaded(cast.omar, LISTED)
    _, found = applied()
    with pytest.raises(vetting.HitsUndecided):
        accept(cast, found.public_id, 1)
    decide(cast, "the same")
    with pytest.raises(vetting.ApplicantIsListed):
        accept(cast, found.public_id, 1)
    found.refresh_from_db()
    assert (found.state, Company.objects.filter(name="Dora Stones").exists()) == ("new", False)
    decide(cast, "another", seen="the same")
    company = accept(cast, found.public_id, 1)
    hit = questions.hits_of_company(cast.omar, company.public_id)[0]
    assert (hit.decision, hit.why, hit.decided_by) == ("another", "Born elsewhere.", "Omar")


def test_two_operators_do_not_decide_over_each_other(cast: Cast) -> None:
    loaded(cast.omar, LISTED)
    applied()
    decide(cast, "the same")
    with pytest.raises(screening.HitMoved):
        decide(cast, "another")
    assert ScreeningHit.objects.get(application__isnull=False).decision == "the same"
    with pytest.raises(screening.HitDecisionMissing):
        decide(cast, "perhaps", seen="the same")


def test_what_was_decided_holds_over_the_next_edition(cast: Cast) -> None:
    loaded(cast.omar, LISTED)
    applied()
    decide(cast, "another")
    newer = loaded(cast.omar, LISTED.replace("Ghost House,,2", "Ghost House,Geist,2"), name="eu")
    hit = ScreeningHit.objects.get(application__isnull=False)
    assert (hit.decision, hit.entry.listed_in_id) == ("another", newer.pk)
    assert [one.about for one in questions.open_hits(cast.omar)] == ["Asha Gems"]
    older = ScreeningList.objects.exclude(pk=newer.pk).get()
    assert older.replaced_at == NOON and not ScreeningEntry.objects.filter(listed_in=older).exists()


def test_who_leaves_the_list_waits_for_nobody(cast: Cast) -> None:
    loaded(cast.omar, LISTED)
    applied()
    newer = loaded(cast.omar, "name,id\nGhost House,2\n")
    assert questions.open_hits(cast.omar) == []
    assert ScreeningHit.objects.filter(decision="").count() == 2  # on record, out of force
    screening.retire_list(actor=cast.omar, list_id=newer.public_id, now=NOON)
    assert questions.lists(cast.omar) == []


def test_a_decision_about_an_applicant_holds_for_the_member_that_he_becomes(cast: Cast) -> None:
    loaded(cast.omar, LISTED.replace("Dorn Dora", "Stones of Dora BV"))
    _, found = applied(legal_name="")
    decide(cast, "another")
    company = accept(cast, found.public_id, 1)
    screening.compare(application_id=None, company_id=company.pk, now=NOON)
    hit = ScreeningHit.objects.get(company=company)
    assert (hit.name, hit.decision) == ("Dora Stones", "another")
    assert [one.about for one in questions.open_hits(cast.omar)] == ["Asha Gems"]


def test_a_member_is_compared_again_after_a_change_of_name(cast: Cast) -> None:
    loaded(cast.omar, LISTED)
    carl = Company.objects.get(pk=cast.carl.company_id)
    carl.name = "The Ghost House DMCC"
    carl.save()
    waiting = jobs.by_state()["waiting"]
    screening.screen_company(company_id=carl.pk)
    assert jobs.by_state()["waiting"] == waiting + 1
    screening.compare(application_id=None, company_id=carl.pk, now=NOON)
    assert [hit.listed_name for hit in questions.hits_of_company(cast.omar, carl.public_id)] == [
        "Ghost House"
    ]


def test_a_list_with_a_fault_leaves_the_one_in_force(cast: Cast) -> None:
    made = loaded(cast.omar, LISTED)
    with pytest.raises(ListNotRead):
        loaded(cast.omar, LISTED + ",,4\n")
    with pytest.raises(screening.ListNameMissing):
        loaded(cast.omar, LISTED, name=" ")
    assert [one.public_id for one in questions.lists(cast.omar)] == [made.public_id]


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
def test_lists_and_hits_are_the_operators_alone(cast: Cast, who: str) -> None:
    loaded(cast.omar, LISTED)
    actor, hit = getattr(cast, who), ScreeningHit.objects.get()
    with pytest.raises(OnlyTheOperator):
        loaded(actor, LISTED)
    with pytest.raises(OnlyTheOperator):
        screening.decide_hit(
            actor=actor, hit_id=hit.public_id, seen="", decision="another", why="x", now=NOON
        )
    for ask in (questions.lists, questions.open_hits, lambda asker: questions.hit(asker, hit.public_id)):
        with pytest.raises(NotThere):
            ask(actor)
    assert ScreeningList.objects.count() == 1
