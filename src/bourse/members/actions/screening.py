"""Orders of screening: load a list, compare names with it, decide what is like.

A list is compared with every applicant and member by a job, in short transactions; an applicant and a member
whose name changed are compared with every list in force. Nobody decides but a person; what he decided holds
as long as both names and the entry's number stay, over each new edition of the list.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

import msgspec
from django.db import transaction
from django.db.models import Q

from bourse.kit import audit, confined, jobs
from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.joining import OPEN, SCREEN
from bourse.members.actions.people import OnlyTheOperator
from bourse.members.actor import Actor
from bourse.members.facts import ScreeningHitsFound
from bourse.members.likeness import Listed, Match
from bourse.members.models import Application, Company, ScreeningEntry, ScreeningHit, ScreeningList
from bourse.members.name_lists import ListedEntry, read_list
from bourse.members.policy import may_admit
from bourse.members.queries.screening import lists_in_force

COMPARE = "members.compare_list"
AT_ONCE = 5_000
SUBJECTS_AT_ONCE = 50
DECISIONS = ("another", "the same")


class ListNameMissing(Refusal):
    """A list has a name, under which its next edition takes its place."""


class HitDecisionMissing(Refusal):
    """A name is the same or another, and the decision has its reason."""


class HitMoved(Refusal):
    """Another operator decided the hit after it was shown."""

    status = 409


class Subject(msgspec.Struct, frozen=True):
    """Who is compared: an applicant or a member, and every name by which he might be listed."""

    application_id: int | None
    company_id: int | None
    names: list[str]


def load_list(
    *, actor: Actor, name: str, file_name: str, content: bytes, other_names: bytes, now: datetime
) -> ScreeningList:
    """The list in force from now on, in place of the one of the same name; all are compared with it soon."""
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator loads a list of names.")
    if not name.strip():
        raise ListNameMissing("Give the list a name, for example EU consolidated list.")
    return _in_force(
        actor, name.strip()[:200], file_name[:200], _read(content, other_names), _sum(content), now
    )


def _read(content: bytes, other_names: bytes) -> list[ListedEntry]:
    """A stranger wrote the file: it is read where it can harm nothing."""
    return confined.run(read_list, content, other_names)


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


@transaction.atomic
def _in_force(
    actor: Actor, name: str, file_name: str, entries: Sequence[ListedEntry], digest: str, now: datetime
) -> ScreeningList:
    before = lists_in_force().select_for_update().filter(name__iexact=name).first()
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    made = ScreeningList.objects.create(
        name=name,
        file_name=file_name,
        sha256=digest,
        loaded_at=now,
        loaded_by_id=actor.person_id,
        entry_count=len(entries),
    )
    ScreeningEntry.objects.bulk_create(_rows(made, entries), batch_size=AT_ONCE)
    jobs.defer(COMPARE, one_at_a_time=COMPARE, list_id=made.pk, before_id=before.pk if before else None)
    _record("members.load_list", actor, f"list {made.public_id}", {"entries": len(entries)}, now)
    return made


def _rows(made: ScreeningList, entries: Iterable[ListedEntry]) -> Iterator[ScreeningEntry]:
    for entry in entries:
        yield ScreeningEntry(listed_in=made, **msgspec.structs.asdict(entry))


@transaction.atomic
def retire_list(*, actor: Actor, list_id: str, now: datetime) -> None:
    """The list out of force: nobody is compared with it any more, its open hits wait for nobody."""
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator takes a list out of force.")
    found = lists_in_force().select_for_update().filter(public_id=list_id).first()
    if found is None:
        raise NotThere("There is no such list in force.")
    found.replaced_at = now
    found.save(update_fields=["replaced_at"])
    _record("members.retire_list", actor, f"list {found.public_id}", {}, now)


@transaction.atomic
def decide_hit(*, actor: Actor, hit_id: str, seen: str, decision: str, why: str, now: datetime) -> None:
    """The operator's word on a hit; `seen` is the decision that he was shown."""
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator decides whether a name is the one on a list.")
    found = ScreeningHit.objects.select_for_update().filter(public_id=hit_id).first()
    if found is None:
        raise NotThere("There is no such hit.")
    if found.decision != seen:
        raise HitMoved("Another operator decided this after you saw it. Look at it again.")
    if decision not in DECISIONS or not why.strip():
        raise HitDecisionMissing("Say whether it is the same or another, and why.")
    before, found.decision, found.why = found.decision, decision, why.strip()[:1_000]
    found.decided_at, found.decided_by_id = now, actor.person_id
    found.save(update_fields=["decision", "why", "decided_at", "decided_by"])
    after: dict[str, object] = {"decision": decision, "score": str(found.score)}
    _record("members.decide_hit", actor, f"hit {found.public_id}", after, now, {"decision": before})


def screen_company(*, company_id: int) -> None:
    """Have a member's names compared with the lists in force: after a change of name, in its transaction."""
    jobs.defer(SCREEN, application_id=None, company_id=company_id)


def compare(*, application_id: int | None, company_id: int | None, now: datetime) -> None:
    """Compare one applicant or member with every list in force. May run twice without harm."""
    subject = next(_subjects([application_id or 0], [company_id or 0]), None)
    if subject is None:
        return
    compared = list(lists_in_force().values_list("pk", flat=True))
    found = [(list_id, match, name) for list_id in compared for match, name in _likes(list_id, subject)]
    _keep([(subject, found)], compared, now)


def compare_list(*, list_id: int, before_id: int | None, now: datetime) -> None:
    """Compare every open application and every member with one list. May run twice without harm."""
    if not lists_in_force().filter(pk=list_id).exists():
        return  # a newer edition took its place meanwhile
    applications = Application.objects.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True)
    companies = Company.objects.order_by("pk").values_list("pk", flat=True)
    whom = [(key, None) for key in applications] + [(None, key) for key in companies]
    for first in range(0, len(whom), SUBJECTS_AT_ONCE):
        part = whom[first : first + SUBJECTS_AT_ONCE]
        subjects = _subjects([one for one, _ in part if one], [other for _, other in part if other])
        _keep(
            [(one, [(list_id, *like) for like in _likes(list_id, one)]) for one in subjects], [list_id], now
        )
    _end(list_id, before_id, now)


@transaction.atomic
def _end(list_id: int, before_id: int | None, now: datetime) -> None:
    """The list is compared with all; of the edition before, only what hits speak of is kept."""
    ScreeningList.objects.filter(pk=list_id).update(compared_at=now)
    if before_id is not None:
        told = ScreeningHit.objects.filter(entry__listed_in_id=before_id).values("entry")
        ScreeningEntry.objects.filter(listed_in_id=before_id).exclude(pk__in=told).delete()


def _subjects(applications: Sequence[int], companies: Sequence[int]) -> Iterator[Subject]:
    for one in Application.objects.filter(pk__in=applications).order_by("pk"):
        yield Subject(one.pk, None, _different([one.company_name, one.legal_name, one.person_name]))
    members = Company.objects.filter(pk__in=companies).select_related("private").prefetch_related("people")
    for member in members.order_by("pk"):
        legal = member.private.legal_name if hasattr(member, "private") else ""
        people = [person.name for person in member.people.all() if person.erased_at is None]
        yield Subject(None, member.pk, _different([member.name, legal, *people]))


def _different(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name.strip()))


def _likes(list_id: int, subject: Subject) -> Iterator[tuple[Match, str]]:
    """The entries like one of the subject's names, each with that of his names which is likest."""
    best: dict[int, tuple[Match, str]] = {}
    for name in subject.names:
        for match in _listed(list_id).like(name):
            if match.key not in best or match.score > best[match.key][0].score:
                best[match.key] = match, name
    yield from best.values()


@lru_cache(maxsize=4)
def _listed(list_id: int) -> Listed:
    """A list as it is compared with: an edition never changes, so the worker keeps the last few."""
    rows = ScreeningEntry.objects.filter(listed_in_id=list_id).values_list("pk", "name", "also")
    return Listed((key, name) for key, first, also in rows.iterator(AT_ONCE) for name in (first, *also))


Found = tuple[int, Match, str]


@transaction.atomic
def _keep(found: Sequence[tuple[Subject, Sequence[Found]]], compared: Sequence[int], now: datetime) -> None:
    """Write down what is like, and with which lists was compared; the operator is told how much is new."""
    new = sum(_keep_one(subject, match, name, now) for subject, hits in found for _, match, name in hits)
    for subject, _ in found:
        if subject.application_id is not None:
            one = Application.objects.select_for_update().get(pk=subject.application_id)
            one.screened_against = sorted({*(one.screened_against or ()), *compared})
            one.save(update_fields=["screened_against"])
    if new:
        announce(ScreeningHitsFound(count=new), now=now)


def _keep_one(subject: Subject, match: Match, name: str, now: datetime) -> bool:
    """Whether the hit is new to the operator: an earlier one of the same names goes on as it was."""
    entry = ScreeningEntry.objects.get(pk=match.key)
    its = {"application_id": subject.application_id, "company_id": subject.company_id}
    if ScreeningHit.objects.filter(**its, entry=entry, name=name).exists():
        return False
    earlier = _earlier(subject, entry, match, name)
    if earlier is not None and (earlier.application_id, earlier.company_id) == tuple(its.values()):
        earlier.entry, earlier.score = entry, Decimal(str(match.score))
        earlier.save(update_fields=["entry", "score"])
        return False
    made = ScreeningHit(
        **its,
        entry=entry,
        name=name,
        listed_name=match.listed_name,
        score=Decimal(str(match.score)),
        found_at=now,
    )
    if earlier is not None:  # decided while the firm was an applicant
        made.decision, made.why = earlier.decision, earlier.why
        made.decided_at, made.decided_by_id = earlier.decided_at, earlier.decided_by_id
    made.save()
    return not made.decision


def _earlier(subject: Subject, entry: ScreeningEntry, match: Match, name: str) -> ScreeningHit | None:
    """What was found before between the same two names: in another edition, or of the firm as applicant."""
    own = Q(company_id=subject.company_id) | Q(application__company_id=subject.company_id)
    its = Q(application_id=subject.application_id) if subject.company_id is None else own
    same = ScreeningHit.objects.select_for_update(of=("self",)).filter(
        its, name=name, listed_name=match.listed_name, entry__reference=entry.reference
    )
    return same.order_by("company_id", "-pk").first()


def _record(
    act: str,
    actor: Actor,
    about: str,
    after: dict[str, object],
    now: datetime,
    before: dict[str, object] | None = None,
) -> None:
    audit.record(
        act, person_id=actor.person_id, company_id=None, about=about, before=before, after=after, now=now
    )
