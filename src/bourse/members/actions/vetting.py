"""Orders of the operator about applicants: note, ask, accept, decline; each on record with who and when."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bourse.kit import audit
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.colleagues import invite
from bourse.members.actions.joining import OPEN, ApplicationIsClosed
from bourse.members.actions.people import CompanyNameTaken, OnlyTheOperator
from bourse.members.actor import Actor, Role
from bourse.members.facts import ApplicationAsked, ApplicationDecided, CompanyAdmitted
from bourse.members.models import Application, ApplicationNote, Branch, Company, CompanyPrivate
from bourse.members.policy import may_admit
from bourse.members.queries.screening import hits_in_force, lists_in_force


class TextMissing(Refusal):
    """A note, a request or a decision needs its words."""


class ReasonMissing(Refusal):
    """A decision needs its reason, which stays with the operator."""


class ApplicationMoved(Refusal):
    """The applicant or another operator changed the application after it was shown."""

    status = 409


class ScreeningNotDone(Refusal):
    """The applicant's names were not yet compared with every list in force."""

    status = 409


class HitsUndecided(Refusal):
    """A name of the applicant is like a name on a list, and nobody has decided whether it is the same."""

    status = 409


class ApplicantIsListed(Refusal):
    """The operator decided that the applicant is on a list."""

    status = 409


@transaction.atomic
def note_application(*, actor: Actor, application_id: str, text: str, now: datetime) -> None:
    """A note for the operators alone."""
    found = _locked(actor, application_id)
    _noted(found, "note", _words(text, TextMissing("Write the note.")), actor, now)
    _record("members.note_application", found, actor, now)


@transaction.atomic
def ask_applicant(*, actor: Actor, application_id: str, version: int, text: str, now: datetime) -> None:
    """A request for more, which goes to the applicant."""
    found = _open(_locked(actor, application_id), version)
    note = _noted(found, "request", _words(text, TextMissing("Write what you want to know.")), actor, now)
    _move(found, "more wanted", actor, now)
    announce(ApplicationAsked(application_id=found.pk, note_id=note.pk), now=now)


@transaction.atomic
def decline_application(
    *, actor: Actor, application_id: str, version: int, reason: str, sentence: str, now: datetime
) -> None:
    """The application declined: the reason stays here, the sentence is for the applicant."""
    found = _open(_locked(actor, application_id), version)
    told = _words(sentence, TextMissing("Write the sentence that the applicant is told."))
    _decide(found, "declined", reason, told, actor, now)


@transaction.atomic
def accept_application(
    *,
    actor: Actor,
    application_id: str,
    version: int,
    name: str,
    reason: str,
    sentence: str,
    now: datetime,
) -> Company:
    """The applicant's firm as a member, with its first branch and an invitation for its owner."""
    found = _open(_locked(actor, application_id), version)
    _refuse_unless_screened(found)
    company = _admitted(found, " ".join(name.split()) or found.company_name, now)
    found.company = company
    _decide(found, "accepted", reason, sentence.strip(), actor, now)
    announce(CompanyAdmitted(company_id=company.pk), now=now)
    invite(
        actor=actor,
        company_id=company.public_id,
        email=found.email,
        name=found.person_name,
        role=Role.OWNER,
        now=now,
    )
    return company


def _locked(actor: Actor, application_id: str) -> Application:
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator decides who is admitted.")
    found = Application.objects.select_for_update().filter(public_id=application_id).first()
    if found is None:
        raise NotThere("There is no such application.")
    return found


def _open(found: Application, version: int) -> Application:
    if found.state not in OPEN:
        raise ApplicationIsClosed("This application is closed: it was decided or withdrawn.")
    if found.version != version:
        raise ApplicationMoved(
            "This application changed after you saw it: the applicant added something, or another operator "
            "acted. Look at it again, then go on."
        )
    return found


def _refuse_unless_screened(found: Application) -> None:
    compared = set(found.screened_against or ())
    if found.screened_against is None or not compared >= set(lists_in_force().values_list("pk", flat=True)):
        raise ScreeningNotDone(
            "The applicant’s names are still being compared with the lists. Wait a moment, then accept."
        )
    hits = hits_in_force().filter(application=found)
    if hits.filter(decision="the same").exists():
        raise ApplicantIsListed(
            "It was decided that a name of this applicant is the one on a list. Decline it, or decide anew."
        )
    if hits.filter(decision="").exists():
        raise HitsUndecided("A name of this applicant is like one on a list. Decide each, then accept.")


def _admitted(found: Application, name: str, now: datetime) -> Company:
    """The company as it said that it is: profile, private part, and its address as the first branch."""
    try:
        with transaction.atomic():
            company = Company.objects.create(
                name=name[:200],
                country=found.country,
                city=found.city,
                created_at=now,
                nature=found.nature,
                trades=found.trades,
                associations=found.associations,
                website=found.website,
            )
    except IntegrityError as error:
        raise CompanyNameTaken(f"A company called {name} is a member already.") from error
    same = ("legal_name", "street", "postcode", "registration_number", "size", "buys", "sells")
    references = ("bank_reference", "trade_references")
    said = {field: getattr(found, field) for field in (*same, *references)}
    CompanyPrivate.objects.create(company=company, **said)
    _first_branch(found, company, now)
    return company


def _first_branch(found: Application, company: Company, now: datetime) -> None:
    Branch.objects.create(
        company=company,
        name=found.city[:100],
        street=found.street,
        city=found.city,
        postcode=found.postcode,
        country=found.country,
        contact=found.person_name,
        telephone=found.telephone,
        created_at=now,
    )


def _decide(found: Application, state: str, reason: str, sentence: str, actor: Actor, now: datetime) -> None:
    words = _words(reason, ReasonMissing("Write why. The reason stays with whoever runs this exchange."))
    found.decided_at, found.decided_by_id = now, actor.person_id
    _noted(found, "note", words, actor, now)
    note = _noted(found, "decision", sentence, actor, now)
    _move(found, state, actor, now)
    announce(
        ApplicationDecided(application_id=found.pk, note_id=note.pk, is_accepted=state == "accepted"), now=now
    )


def _words(text: str, missing: Refusal) -> str:
    if not text.strip():
        raise missing
    return text.strip()[:4_000]


def _noted(found: Application, kind: str, text: str, actor: Actor, now: datetime) -> ApplicationNote:
    return ApplicationNote.objects.create(
        application=found, kind=kind, text=text, person_id=actor.person_id, at=now
    )


def _move(found: Application, state: str, actor: Actor, now: datetime) -> None:
    before, found.state, found.changed_at = found.state, state, now
    found.version += 1
    found.save()
    _record(f"members.{_ACTS[state]}", found, actor, now, {"state": before}, {"state": state})


_ACTS = {
    "more wanted": "ask_applicant",
    "accepted": "accept_application",
    "declined": "decline_application",
}


def _record(
    act: str,
    found: Application,
    actor: Actor,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        act,
        person_id=actor.person_id,
        company_id=None,
        about=f"application {found.public_id}",
        before=before,
        after=after,
        now=now,
    )
