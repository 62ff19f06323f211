"""Orders of an applicant: apply, answer, withdraw. He has no account: the secret of his link is who he is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.db.models import Sum

from bourse.kit import audit, jobs
from bourse.kit.outbox import announce
from bourse.kit.public_id import public_id
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.people import given_email, given_name
from bourse.members.facts import ApplicationAnswered, ApplicationReceived
from bourse.members.models import Application, ApplicationDocument, ApplicationNote, secret_hash
from bourse.members.models.companies import NATURES, SIZES, TRADES
from bourse.members.papers import MIB, MOST_PAPERS, Paper
from bourse.members.secrets import derived_secret

APPLICATION = "application"  # the purpose under which the secret of an applicant's link is derived
SCREEN = "members.screen"
OPEN = ("new", "more wanted", "answered")
LONGEST_TEXT = 4_000
DRAFT_LIVES = timedelta(days=1)
MOST_DRAFT_BYTES = 1024 * MIB  # of all forms that were not right yet, together


class ApplicationIncomplete(Refusal):
    """An application says what the firm is and trades; the door's form asks for each."""


class TooManyPapers(Refusal):
    """An application has at most ten documents."""


class NoRoomForPapers(Refusal):
    """Very many forms are being filled at this moment."""

    status = 503


class ApplicationIsClosed(Refusal):
    """The application was decided or withdrawn."""

    status = 409


class AnswerMissing(Refusal):
    """An answer has a text, a document, or both."""


class Said(msgspec.Struct, frozen=True):
    """What a firm says of itself in order to be admitted."""

    company_name: str
    legal_name: str
    street: str
    city: str
    postcode: str
    country: str
    nature: str
    size: str
    trades: list[str]
    buys: bool
    sells: bool
    registration_number: str
    website: str
    bank_reference: str
    trade_references: str
    associations: list[str]
    person_name: str
    email: str
    telephone: str


@transaction.atomic
def keep_papers(*, draft: str, papers: Sequence[Paper], now: datetime) -> None:
    """Keep documents for a day under the word of a form that is not right yet."""
    waiting = ApplicationDocument.objects.filter(application=None)
    waiting.filter(added_at__lt=now - DRAFT_LIVES).delete()
    kept = waiting.aggregate(bytes=Sum("size_bytes"))["bytes"] or 0
    if kept + sum(len(paper.content) for paper in papers) > MOST_DRAFT_BYTES:
        raise NoRoomForPapers("Many people are applying at this moment. Send the documents in an hour.")
    _add(papers, list(waiting.filter(draft_hash=secret_hash(draft))), now, draft_hash=secret_hash(draft))


@transaction.atomic
def drop_papers(*, draft: str, documents: Sequence[str]) -> None:
    """Take documents out of a form that was not sent yet."""
    ApplicationDocument.objects.filter(
        application=None, draft_hash=secret_hash(draft), public_id__in=documents
    ).delete()


@transaction.atomic
def apply(*, said: Said, draft: str, now: datetime) -> str:
    """The secret of the link under which the applicant finds his application from now on."""
    _refuse_unless_whole(said)
    number = public_id()
    secret = derived_secret(APPLICATION, number)
    values = msgspec.structs.asdict(said) | {
        "email": given_email(said.email),
        "person_name": given_name(said.person_name),
    }
    made = Application.objects.create(
        **values, public_id=number, secret_hash=secret_hash(secret), created_at=now, changed_at=now
    )
    papers = _take_over(draft, made, now)
    jobs.defer(SCREEN, application_id=made.pk, company_id=None)
    announce(ApplicationReceived(application_id=made.pk), now=now)
    _record("members.apply", made, {"state": made.state, "documents": papers}, now)
    return secret


@transaction.atomic
def answer_application(*, secret: str, text: str, draft: str, now: datetime) -> None:
    """What the applicant adds: an answer, documents, or both; the operator is told."""
    found = _own_open(secret)
    papers = _take_over(draft, found, now)
    if not text.strip() and not papers:
        raise AnswerMissing("Write an answer, or add a document.")
    if text.strip():
        ApplicationNote.objects.create(
            application=found, kind="answer", text=text.strip(), person=None, at=now
        )
    before = found.state
    _move(found, "answered" if before == "more wanted" else before, now)
    announce(ApplicationAnswered(application_id=found.pk), now=now)
    _record("members.answer_application", found, {"state": found.state, "documents": papers}, now, before)


@transaction.atomic
def withdraw_application(*, secret: str, now: datetime) -> None:
    """The application ended by the applicant himself."""
    found = _own_open(secret)
    before = found.state
    _move(found, "withdrawn", now)
    _record("members.withdraw_application", found, {"state": found.state}, now, before)


def _refuse_unless_whole(said: Said) -> None:
    is_known = said.nature in NATURES and said.size in SIZES and set(said.trades) <= set(TRADES)
    if not is_known or not said.trades or not (said.buys or said.sells):
        raise ApplicationIncomplete("Say what kind of firm it is, its size, what it trades, and which way.")
    wanted = (said.company_name, said.street, said.city, said.country, said.registration_number)
    if not all(
        text.strip() for text in (*wanted, said.bank_reference, said.trade_references, said.telephone)
    ):
        raise ApplicationIncomplete("The name, address, registration, references and telephone are needed.")


def _own_open(secret: str) -> Application:
    """The application behind the link, locked; refused once it was decided or withdrawn."""
    found = Application.objects.select_for_update().filter(secret_hash=secret_hash(secret)).first()
    if found is None:
        raise NotThere("There is no such application.")
    if found.state not in OPEN:
        raise ApplicationIsClosed("This application is closed: it was decided or withdrawn.")
    return found


def _take_over(draft: str, found: Application, now: datetime) -> int:
    """The documents of the form become the application's; how many they are."""
    if not draft:
        return 0
    waiting = ApplicationDocument.objects.filter(application=None, draft_hash=secret_hash(draft))
    count = waiting.count()
    if found.documents.count() + count > MOST_PAPERS:
        raise TooManyPapers(f"An application has at most {MOST_PAPERS} documents. Leave some out.")
    waiting.update(application=found, draft_hash="", added_at=now)
    return count


def _add(
    papers: Sequence[Paper], there: Sequence[ApplicationDocument], now: datetime, *, draft_hash: str
) -> None:
    """Those documents that are not there yet."""
    known = {document.sha256 for document in there}
    new = {paper.sha256: paper for paper in papers if paper.sha256 not in known}
    if len(known) + len(new) > MOST_PAPERS:
        raise TooManyPapers(f"An application has at most {MOST_PAPERS} documents. Leave some out.")
    ApplicationDocument.objects.bulk_create(
        ApplicationDocument(
            draft_hash=draft_hash,
            name=paper.name,
            media_type=paper.media_type,
            content=paper.content,
            sha256=paper.sha256,
            size_bytes=len(paper.content),
            added_at=now,
        )
        for paper in new.values()
    )


def _move(found: Application, state: str, now: datetime) -> None:
    found.state, found.changed_at = state, now
    found.version += 1
    found.save(update_fields=["state", "changed_at", "version"])


def _record(
    act: str, found: Application, after: dict[str, object], now: datetime, before: str | None = None
) -> None:
    audit.record(
        act,
        person_id=None,
        company_id=None,
        about=f"application {found.public_id}",
        before={"state": before} if before else None,
        after=after,
        now=now,
    )
