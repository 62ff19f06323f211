"""A firm applies, is asked, answers, is declined or becomes a member; each step is on record."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import joining, vetting
from bourse.members.actions.people import CompanyNameTaken, EmailNotValid, OnlyTheOperator
from bourse.members.actor import Actor
from bourse.members.models import (
    Application,
    ApplicationDocument,
    Branch,
    Company,
    CompanyPrivate,
    Invitation,
)
from bourse.members.queries import joining as questions
from cast import NOON, Cast
from members.applying import DRAFT, applied, letter, picture, said

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def facts() -> list[str]:
    return list(Fact.objects.order_by("pk").values_list("name", flat=True))


def accepted(omar: Actor, found: Application, **differing: object) -> Company:
    given = {"version": found.version, "name": "", "reason": "Known for years.", "sentence": ""}
    return vetting.accept_application(
        actor=omar,
        application_id=found.public_id,
        now=LATER,
        **{**given, **differing},  # type: ignore[arg-type]
    )


def test_a_firm_applies_and_finds_its_application_by_its_link() -> None:
    secret, found = applied()
    own = questions.own_application(secret)
    assert (own.state, own.said["email"], [one.name for one in own.documents]) == (
        "new",
        "dora@dora.example",
        ["letter.pdf"],
    )
    assert (found.screened_against, facts(), acts()) == (
        [],
        ["members.ApplicationReceived"],
        ["members.apply"],
    )
    assert not ApplicationDocument.objects.filter(application=None).exists()
    assert secret not in str(vars(found)) and questions.letter(found.pk).secret == secret


def test_a_link_that_is_none_leads_nowhere() -> None:
    applied()
    with pytest.raises(NotThere):
        questions.own_application("nothing")
    with pytest.raises(NotThere):
        joining.withdraw_application(secret="nothing", now=NOON)


@pytest.mark.parametrize(
    ("differing", "refusal"),
    [
        ({"email": "nobody"}, EmailNotValid),
        ({"trades": []}, joining.ApplicationIncomplete),
        ({"nature": "pirate"}, joining.ApplicationIncomplete),
        ({"buys": False, "sells": False}, joining.ApplicationIncomplete),
        ({"bank_reference": " "}, joining.ApplicationIncomplete),
    ],
)
def test_an_application_is_whole_or_none(differing: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        joining.apply(said=said(**differing), draft="", now=NOON)
    assert not Application.objects.exists() and not facts() and not acts()


def test_documents_wait_for_a_form_for_a_day_and_count_once() -> None:
    joining.keep_papers(draft=DRAFT, papers=[letter(), letter("again.pdf"), picture()], now=NOON)
    assert [one.name for one in questions.kept_papers(DRAFT)] == ["again.pdf", "licence.png"]
    assert questions.kept_papers("another") == questions.kept_papers("") == []
    joining.drop_papers(draft="another", documents=[questions.kept_papers(DRAFT)[0].public_id])
    joining.drop_papers(draft=DRAFT, documents=[questions.kept_papers(DRAFT)[0].public_id])
    assert [one.name for one in questions.kept_papers(DRAFT)] == ["licence.png"]
    joining.keep_papers(draft="another", papers=[], now=NOON + timedelta(days=1, seconds=1))
    assert questions.kept_papers(DRAFT) == []


def test_there_is_an_end_to_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_PAPERS", 1)
    with pytest.raises(joining.TooManyPapers):
        joining.keep_papers(draft=DRAFT, papers=[letter(), picture()], now=NOON)
    monkeypatch.setattr(joining, "MOST_DRAFT_BYTES", 10)
    with pytest.raises(joining.NoRoomForPapers):
        joining.keep_papers(draft=DRAFT, papers=[letter()], now=NOON)
    assert questions.kept_papers(DRAFT) == []


def test_the_operator_asks_and_the_applicant_answers(cast: Cast) -> None:
    secret, found = applied()
    vetting.ask_applicant(
        actor=cast.omar, application_id=found.public_id, version=1, text="Who owns it?", now=NOON
    )
    joining.keep_papers(draft="second", papers=[picture()], now=NOON)
    joining.answer_application(secret=secret, text="I do.", draft="second", now=LATER)
    own = questions.own_application(secret)
    assert (own.state, [(note.kind, note.text) for note in own.notes], len(own.documents)) == (
        "answered",
        [("request", "Who owns it?"), ("answer", "I do.")],
        2,
    )
    assert acts() == ["members.apply", "members.ask_applicant", "members.answer_application"]
    assert facts()[1:] == ["members.ApplicationAsked", "members.ApplicationAnswered"]
    with pytest.raises(joining.AnswerMissing):
        joining.answer_application(secret=secret, text=" ", draft="second", now=LATER)


def test_a_note_is_for_operators_alone(cast: Cast) -> None:
    secret, found = applied()
    vetting.note_application(actor=cast.omar, application_id=found.public_id, text="I know her.", now=NOON)
    assert questions.own_application(secret).notes == []
    assert [note.text for note in questions.application(cast.omar, found.public_id).notes] == ["I know her."]
    assert facts() == ["members.ApplicationReceived"]


def test_accepting_makes_the_company_its_branch_and_its_owners_invitation(cast: Cast) -> None:
    secret, found = applied()
    company = accepted(cast.omar, found, sentence="Welcome.")
    assert (company.name, company.nature, company.trades) == ("Dora Stones", "dealer", ["natural polished"])
    private = CompanyPrivate.objects.get(company=company)
    assert (private.legal_name, private.street, private.sells) == (
        "Dora Stones BVBA",
        "Hoveniersstraat 2",
        False,
    )
    branch = Branch.objects.get(company=company)
    assert (branch.name, branch.postcode, branch.contact) == ("Antwerp", "2018", "Dora Dorn")
    invitation = Invitation.objects.get(company=company)
    assert (invitation.email, invitation.role) == ("dora@dora.example", "owner")
    own = questions.own_application(secret)
    assert (own.state, own.notes[-1].text) == ("accepted", "Welcome.")
    assert facts()[1:] == [
        "members.ApplicationDecided",
        "members.CompanyAdmitted",
        "members.ColleagueInvited",
    ]
    assert acts()[1:] == ["members.accept_application", "members.invite"]


def test_two_firms_of_one_name_are_told_apart_by_the_operator(cast: Cast) -> None:
    _, found = applied(company_name="asha gems")
    with pytest.raises(CompanyNameTaken):
        accepted(cast.omar, found)
    found.refresh_from_db()
    assert (found.state, found.version) == ("new", 1)
    assert accepted(cast.omar, found, name="Asha Gems of Antwerp").name == "Asha Gems of Antwerp"


def test_declining_tells_the_sentence_and_keeps_the_reason(cast: Cast) -> None:
    secret, found = applied()
    given = {"actor": cast.omar, "application_id": found.public_id, "version": 1, "now": LATER}
    with pytest.raises(vetting.TextMissing):
        vetting.decline_application(reason="A shell.", sentence=" ", **given)  # type: ignore[arg-type]
    with pytest.raises(vetting.ReasonMissing):
        vetting.decline_application(reason="", sentence="We cannot admit you.", **given)  # type: ignore[arg-type]
    vetting.decline_application(reason="A shell.", sentence="We cannot admit you.", **given)  # type: ignore[arg-type]
    own = questions.own_application(secret)
    assert (own.state, [note.text for note in own.notes]) == ("declined", ["We cannot admit you."])
    assert "A shell." in [note.text for note in questions.application(cast.omar, found.public_id).notes]
    assert not Company.objects.filter(name="Dora Stones").exists()


@pytest.mark.parametrize(
    "order", [vetting.ask_applicant, vetting.accept_application, vetting.decline_application]
)
def test_a_stale_form_is_refused_with_its_own_sentence(cast: Cast, order: Callable[..., object]) -> None:
    secret, found = applied()
    joining.answer_application(secret=secret, text="One thing more.", draft="", now=NOON)
    texts = {
        vetting.ask_applicant: {"text": "Who?"},
        vetting.accept_application: {"name": "", "reason": "x", "sentence": ""},
        vetting.decline_application: {"reason": "x", "sentence": "No."},
    }
    before = acts()
    with pytest.raises(vetting.ApplicationMoved) as refused:
        order(actor=cast.omar, application_id=found.public_id, version=1, now=LATER, **texts[order])
    assert str(refused.value).startswith("This application changed after you saw it")
    found.refresh_from_db()
    assert (found.state, acts()) == ("new", before)


def test_what_is_closed_stays_closed(cast: Cast) -> None:
    secret, found = applied()
    joining.withdraw_application(secret=secret, now=NOON)
    found.refresh_from_db()
    assert found.state == "withdrawn"
    with pytest.raises(joining.ApplicationIsClosed):
        joining.answer_application(secret=secret, text="Wait.", draft="", now=LATER)
    with pytest.raises(joining.ApplicationIsClosed):
        accepted(cast.omar, found)


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
def test_members_vet_nobody(cast: Cast, who: str) -> None:
    _, found = applied()
    actor: Actor = getattr(cast, who)
    with pytest.raises(OnlyTheOperator):
        vetting.note_application(actor=actor, application_id=found.public_id, text="x", now=NOON)
    with pytest.raises(OnlyTheOperator):
        accepted(actor, found)
    for question in (questions.application, lambda asker, _: questions.queue(asker)):
        with pytest.raises(NotThere):
            question(actor, found.public_id)
    with pytest.raises(NotThere):
        questions.document(actor, found.public_id, found.documents.get().public_id)
    assert Company.objects.count() == 3


def test_the_queue_shows_who_waits_longest_first_and_counts(cast: Cast) -> None:
    _, first = applied(now=NOON)
    secret, second = applied(now=LATER, company_name="Emil & Sons")
    assert [line.company_name for line in questions.queue(cast.omar).lines] == ["Dora Stones", "Emil & Sons"]
    joining.withdraw_application(secret=secret, now=LATER)
    vetting.ask_applicant(actor=cast.omar, application_id=first.public_id, version=1, text="Who?", now=LATER)
    told = questions.queue(cast.omar, show="asked")
    assert told.counts == {"waiting": 0, "asked": 1, "accepted": 0, "declined": 1}
    assert [(line.company_name, line.documents, line.is_compared) for line in told.lines] == [
        ("Dora Stones", 1, True)
    ]
    assert [line.state for line in questions.queue(cast.omar, show="declined", text="emil").lines] == [
        "withdrawn"
    ]
    assert questions.queue(cast.omar, show="declined", text="stones emil").lines == []
    assert questions.waiting_applications() == 0
    assert second.pk > first.pk
