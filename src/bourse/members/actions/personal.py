"""Orders about one's own person: what one is called, and the end of the account.

An erasure has two steps. The account is closed at once; then, in a job that may run again, the words by which
people knew the person are taken out of every room, and last of all out of this one.
"""

from datetime import datetime
from zoneinfo import available_timezones

import msgspec
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from bourse.kit.outbox import announce
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.colleagues import leave
from bourse.members.actions.owning import record
from bourse.members.actions.people import given_name
from bourse.members.actions.signing.sign_ins import end_sign_ins_of
from bourse.members.actor import Actor
from bourse.members.facts import PersonErased
from bourse.members.models import (
    Application,
    Branch,
    CodeApp,
    Company,
    Invitation,
    MailedLink,
    Membership,
    OneTimeLink,
    Passkey,
    Person,
    RecoveryCode,
)
from bourse.members.queries.personal import ERASED_DOMAIN, Own, own_words


class TimeZoneNotKnown(Refusal):
    """A time zone has a name like Asia/Kolkata."""


class OperatorStays(Refusal):
    """The house has an operator at any time."""

    status = 409


@transaction.atomic
def set_personal(*, actor: Actor, own: Own, now: datetime) -> None:
    """The actor's own name, telephone, language and time zone; the record says which of them changed."""
    _refuse_programs(actor)
    if own.time_zone not in available_timezones():
        raise TimeZoneNotKnown("Choose a time zone from the list, for example Asia/Kolkata.")
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    said = msgspec.structs.replace(own, name=given_name(own.name), telephone=own.telephone.strip()[:40])
    names = [name for name in said.__struct_fields__ if getattr(person, name) != getattr(said, name)]
    if not names:
        return
    for name in names:
        setattr(person, name, getattr(said, name))
    person.save(update_fields=names)
    record("set_personal", actor, actor.company_id, f"person:{person.pk}", now, changed=names)


@transaction.atomic
def take_along(*, actor: Actor, now: datetime) -> None:
    """The actor takes along what is kept of him; the record says that he did."""
    _refuse_programs(actor)
    record("take_along", actor, actor.company_id, f"person:{actor.person_id}", now)


@transaction.atomic
def erase_account(*, actor: Actor, now: datetime) -> None:
    """The actor's account closed for good: he leaves his companies, nothing lets him in any more.

    The last owner of a company hands it over first. What he did for his companies stays under his number.
    """
    _refuse_programs(actor)
    companies = Company.objects.filter(memberships__person_id=actor.person_id).order_by("pk")
    for company in list(companies.select_for_update(of=("self",))):
        _take_out_of_branches(actor.person_id, company)
        leave(actor, company, Membership.objects.get(company=company, person_id=actor.person_id), now)
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    if person.is_operator:
        _refuse_last_operator(person)
    person.is_active, person.is_operator, person.erased_at = False, False, now
    person.password = make_password(None)
    person.save(update_fields=["is_active", "is_operator", "erased_at", "password"])
    _let_in_no_more(person, now)
    announce(PersonErased(person_id=person.pk), now=now)
    record("erase_account", actor, None, f"person:{person.pk}", now)


@transaction.atomic
def finish_erasure(*, person_id: int) -> None:
    """The words by which people knew an erased person, replaced by his number in this room."""
    person = Person.objects.select_for_update().get(pk=person_id)
    if (former := own_words(person_id)) is None:
        return
    invited = Invitation.objects.filter(Q(email=person.email) | Q(used_by=person))
    addresses = {*former.addresses, *invited.values_list("email", flat=True)}
    email, name = f"{person.public_id.lower()}@{ERASED_DOMAIN}", f"Erased person {person.pk}"
    invited.update(email=email, name=name)
    applied = Application.objects.filter(email__in=addresses)
    applied.update(email=email, person_name=name, telephone="")
    Company.objects.filter(public_email__in=addresses).update(public_email="")
    person.email, person.name, person.telephone = email, name, ""
    person.language, person.time_zone, person.email_verified_at = "", "UTC", None
    person.save()
    MailedLink.objects.filter(person=person).delete()


def _refuse_programs(actor: Actor) -> None:
    if actor.key_id is not None:
        raise NotThere("There is nothing of a person for programs.")


def _refuse_last_operator(person: Person) -> None:
    others = Person.objects.select_for_update().filter(is_operator=True, is_active=True)
    if all(one.pk == person.pk for one in others):
        raise OperatorStays("You alone run this exchange. Make somebody else its operator first.")


def _take_out_of_branches(person_id: int, company: Company) -> None:
    """Where he is whom goods are sent to, the branch names nobody."""
    person = Person.objects.get(pk=person_id)
    Branch.objects.filter(company=company, contact__iexact=person.name).update(contact="")
    if person.telephone:
        Branch.objects.filter(company=company, telephone=person.telephone).update(telephone="")
        Company.objects.filter(pk=company.pk, public_telephone=person.telephone).update(public_telephone="")


def _let_in_no_more(person: Person, now: datetime) -> None:
    MailedLink.objects.filter(person=person).update(expires_at=now)  # where mail went
    for kind in (Passkey, CodeApp, RecoveryCode, OneTimeLink):
        kind.objects.filter(person=person).delete()
    Invitation.objects.filter(email=person.email, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    end_sign_ins_of(person.pk)
