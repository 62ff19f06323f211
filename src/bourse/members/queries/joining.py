"""Questions about applications: the operator's, and the applicant's own through the secret of his link."""

from datetime import datetime

import msgspec
from django.db.models import Count, Q, QuerySet

from bourse.kit.refusal import NotThere
from bourse.members.actor import Actor
from bourse.members.models import Application, ApplicationDocument, ApplicationNote, Company, secret_hash
from bourse.members.policy import may_admit
from bourse.members.queries.screening import HitView, hits_of_application, lists_in_force
from bourse.members.secrets import derived_secret

ON_A_PAGE = 50
WAITING = ("new", "answered")
OPEN = (*WAITING, "more wanted")
SHOWN = {  # a choice of the queue → the states that it shows
    "waiting": WAITING,
    "asked": ("more wanted",),
    "accepted": ("accepted",),
    "declined": ("declined", "withdrawn"),
}
SAID = (
    "company_name",
    "legal_name",
    "street",
    "postcode",
    "city",
    "country",
    "nature",
    "size",
    "trades",
    "buys",
    "sells",
    "registration_number",
    "website",
    "bank_reference",
    "trade_references",
    "associations",
    "person_name",
    "email",
    "telephone",
)


class QueueLine(msgspec.Struct, frozen=True):
    """An application in the queue, its hits in force, and whether all lists were asked."""

    public_id: str
    company_name: str
    city: str
    country: str
    nature: str
    state: str
    created_at: datetime
    changed_at: datetime
    documents: int
    open_hits: int
    same_hits: int
    is_compared: bool


class Queue(msgspec.Struct, frozen=True):
    """A page of applications, how many each choice would show, and the number of the page that follows."""

    lines: list[QueueLine]
    counts: dict[str, int]
    next_page: int | None


class DocumentView(msgspec.Struct, frozen=True):
    """A document without its content."""

    public_id: str
    name: str
    media_type: str
    size_bytes: int
    added_at: datetime


class NoteView(msgspec.Struct, frozen=True):
    """A line of the record; `by` is empty for the applicant himself."""

    kind: str
    text: str
    by: str
    at: datetime


class ApplicationView(msgspec.Struct, frozen=True):
    """An application as the operator sees it: everything."""

    public_id: str
    state: str
    version: int
    said: dict[str, object]
    created_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    decided_by: str
    company_id: str
    documents: list[DocumentView]
    notes: list[NoteView]
    hits: list[HitView]
    is_compared: bool
    lists: list[str]


class OwnApplication(msgspec.Struct, frozen=True):
    """An application as its applicant sees it: never a note, never a hit.

    Nor the invitation of who was accepted: it goes by mail alone, which proves that the address is his.
    """

    public_id: str
    state: str
    said: dict[str, object]
    created_at: datetime
    documents: list[DocumentView]
    notes: list[NoteView]


class Letter(msgspec.Struct, frozen=True):
    """What a mail to an applicant needs: address, names, the secret of his link, the words of a note."""

    application_id: str
    version: int
    email: str
    person_name: str
    company_name: str
    secret: str
    text: str


class DocumentFile(msgspec.Struct, frozen=True):
    """A document with its content."""

    name: str
    media_type: str
    content: bytes


def queue(actor: Actor, *, show: str = "waiting", text: str = "", page: int = 1) -> Queue:
    """A page of the applications in these states, those that wait longest first; the decided newest first."""
    if not may_admit(actor):
        raise NotThere
    fitting = _named(text)
    counted = dict(fitting.order_by().values_list("state").annotate(Count("id")))
    counts = {name: sum(counted.get(state, 0) for state in states) for name, states in SHOWN.items()}
    shown = fitting.filter(state__in=SHOWN.get(show, WAITING))
    shown = (
        shown.order_by("changed_at", "id") if show in ("waiting", "asked") else shown.order_by("-changed_at")
    )
    first = (max(page, 1) - 1) * ON_A_PAGE
    found = list(_with_counts(shown)[first : first + ON_A_PAGE + 1])
    compared = _in_force()
    lines = [_line(one, compared) for one in found[:ON_A_PAGE]]
    return Queue(lines, counts, max(page, 1) + 1 if len(found) > ON_A_PAGE else None)


def waiting_applications() -> int:
    """How many applications wait for the operator."""
    return Application.objects.filter(state__in=WAITING).count()


def application(actor: Actor, application_id: str) -> ApplicationView:
    """One application with everything, for the operator."""
    its = Application.objects.select_related("decided_by", "company").filter(public_id=application_id)
    found = its.first() if may_admit(actor) else None
    if found is None:
        raise NotThere("There is no such application.")
    return ApplicationView(
        public_id=found.public_id,
        state=found.state,
        version=found.version,
        said=_said(found),
        created_at=found.created_at,
        changed_at=found.changed_at,
        decided_at=found.decided_at,
        decided_by=found.decided_by.name if found.decided_by else "",
        company_id=found.company.public_id if found.company else "",
        documents=_documents(found.documents.all()),
        notes=_notes(found.notes.all()),
        hits=hits_of_application(found.pk),
        is_compared=_is_compared(found, _in_force()),
        lists=list(lists_in_force().order_by("name").values_list("name", flat=True)),
    )


def document(actor: Actor, application_id: str, document_id: str) -> DocumentFile:
    """A document of an application, for the operator."""
    found = ApplicationDocument.objects.filter(public_id=document_id, application__public_id=application_id)
    one = found.first() if may_admit(actor) else None
    if one is None:
        raise NotThere("There is no such document.")
    return DocumentFile(one.name, one.media_type, bytes(one.content))


def own_application(secret: str) -> OwnApplication:
    """The application behind an applicant's link."""
    found = Application.objects.filter(secret_hash=secret_hash(secret)).first()
    if found is None:
        raise NotThere("There is no such application.")
    return OwnApplication(
        public_id=found.public_id,
        state=found.state,
        said=_said(found),
        created_at=found.created_at,
        documents=_documents(found.documents.all()),
        notes=_notes(found.notes.exclude(kind="note")),
    )


class Standing(msgspec.Struct, frozen=True):
    """Whether a company is off the market, and why."""

    name: str
    suspended_at: datetime | None
    suspended_because: str


def standing(company_id: int) -> Standing:
    """How a company stands, for what is told of it."""
    found = Company.objects.get(pk=company_id)
    return Standing(found.name, found.suspended_at, found.suspended_because)


def kept_papers(draft: str) -> list[DocumentView]:
    """The documents that wait for a form to be right."""
    if not draft:
        return []
    waiting = ApplicationDocument.objects.filter(application=None, draft_hash=secret_hash(draft))
    return _documents(waiting)


def letter(application_id: int, note_id: int | None = None) -> Letter:
    """What a mail about this application says; with the words of one of its notes."""
    found = Application.objects.get(pk=application_id)
    note = ApplicationNote.objects.filter(application=found, pk=note_id).first() if note_id else None
    return Letter(
        found.public_id,
        found.version,
        found.email,
        found.person_name,
        found.company_name,
        derived_secret("application", found.public_id),
        note.text if note else "",
    )


def _named(text: str) -> QuerySet[Application]:
    words = text.split()[:5]
    fits = Q()
    for word in words:
        fits &= Q(company_name__icontains=word) | Q(person_name__icontains=word) | Q(email__icontains=word)
    return Application.objects.filter(fits)


def _with_counts(shown: QuerySet[Application]) -> QuerySet[Application]:
    in_force = Q(hits__entry__listed_in__replaced_at=None)
    return shown.annotate(
        papers=Count("documents", distinct=True),
        open_hits=Count("hits", filter=in_force & Q(hits__decision=""), distinct=True),
        same_hits=Count("hits", filter=in_force & Q(hits__decision="the same"), distinct=True),
    )


def _line(found: Application, in_force: set[int]) -> QueueLine:
    told = vars(found)
    return QueueLine(
        public_id=found.public_id,
        company_name=found.company_name,
        city=found.city,
        country=found.country,
        nature=found.nature,
        state=found.state,
        created_at=found.created_at,
        changed_at=found.changed_at,
        documents=told["papers"],
        open_hits=told["open_hits"],
        same_hits=told["same_hits"],
        is_compared=_is_compared(found, in_force),
    )


def _in_force() -> set[int]:
    return set(lists_in_force().values_list("pk", flat=True))


def _is_compared(found: Application, in_force: set[int]) -> bool:
    return found.screened_against is not None and in_force <= set(found.screened_against)


def _said(found: Application) -> dict[str, object]:
    return {name: getattr(found, name) for name in SAID}


def _documents(documents: QuerySet[ApplicationDocument]) -> list[DocumentView]:
    names = DocumentView.__struct_fields__
    return [DocumentView(*row) for row in documents.order_by("added_at", "id").values_list(*names)]


def _notes(notes: QuerySet[ApplicationNote]) -> list[NoteView]:
    joined = notes.select_related("person").order_by("at", "id")
    return [NoteView(one.kind, one.text, one.person.name if one.person else "", one.at) for one in joined]
