"""Orders about who is who: the first operator, companies, people, and links by which a password is set."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from bourse.kit import audit
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actor import Actor, Role
from bourse.members.models import Company, Membership, OneTimeLink, Person, email_key, secret_hash
from bourse.members.policy import may_add_people_to, may_admit, may_see_company

LINK_LIVES = timedelta(days=7)


class OperatorExists(Refusal):
    """The house has its operator already."""

    status = 409


class LinkNotValid(Refusal):
    """The link is unknown, used or too old: nobody can tell which."""

    status = 404


class PasswordTooWeak(Refusal):
    """The password fails one of the rules, which the sentence names."""


class EmailNotValid(Refusal):
    """What was given is no e-mail address."""


class NameMissing(Refusal):
    """A person or a company needs a name."""


class OnlyTheOperator(Refusal):
    """The order is the operator's alone."""

    status = 403


class OnlyOwners(Refusal):
    """The order is for the company's owners."""

    status = 403


class CompanyNameTaken(Refusal):
    """Another company has this name."""

    status = 409


class AlreadyAMember(Refusal):
    """The person acts for the company already."""

    status = 409


class EmailTaken(Refusal):
    """Somebody signs in with this address already."""

    status = 409


@transaction.atomic
def first_operator_link(*, now: datetime) -> str:
    """The secret of a link that makes the first operator; an earlier one stops working."""
    _lock("first operator")
    if Person.objects.filter(is_operator=True).exists():
        raise OperatorExists("This bourse has an operator.")
    OneTimeLink.objects.filter(makes_operator=True, used_at=None).delete()
    return _new_link(person=None, now=now)


@transaction.atomic
def use_link(*, secret: str, email: str, name: str, password: str, now: datetime) -> Person:
    """The person whose link this was, with the password set; the link is spent."""
    link = _spend(secret, now)
    if link.person is None:
        first = _first_operator(email, name, password, now)
        _record("use_link", first.pk, None, f"person {first.public_id}", now, {"makes_operator": True})
        return first
    person = link.person
    if email_key(email) != person.email:
        raise LinkNotValid("This link is not for that e-mail address.")
    person.name = given_name(name or person.name)
    set_password(person, password)
    person.save(update_fields=["name", "password"])
    _record("use_link", person.pk, None, f"person {person.public_id}", now, {})
    return person


@transaction.atomic
def admit_company(*, actor: Actor, name: str, country: str, city: str, now: datetime) -> Company:
    """A new member company without people."""
    if not may_admit(actor):
        raise OnlyTheOperator("Only the operator admits a company.")
    name = given_name(name)
    try:
        with transaction.atomic():
            company = Company.objects.create(
                name=name, country=country.strip().upper(), city=city.strip(), created_at=now
            )
    except IntegrityError as error:
        raise CompanyNameTaken(f"A company called {name} is a member already.") from error
    after = {"country": company.country}
    _record("admit_company", actor.person_id, company.pk, f"company {company.public_id}", now, after)
    return company


@transaction.atomic
def add_person(
    *, actor: Actor, company_id: str, email: str, name: str, role: Role, now: datetime
) -> str | None:
    """The person acts for the company; the secret of the link that sets the first password.

    None for somebody who signs in already, or waits for another company's link: whoever adds a person must
    never be able to set a password that opens more than his own company.
    """
    company = Company.objects.filter(public_id=company_id).first()
    if company is None or not may_see_company(actor, company.pk):
        raise NotThere("There is no such company.")
    if not may_add_people_to(actor, company.pk):
        raise OnlyOwners("Only an owner of the company adds people to it.")
    person = _person_called(email, name, now)
    _join(person, company, role, now)
    after = {"role": role.value}
    _record("add_person", actor.person_id, company.pk, f"person {person.public_id}", now, after)
    if _belongs_only_to(company, person):
        OneTimeLink.objects.filter(person=person, used_at=None).delete()
        return _new_link(person=person, now=now)
    return None


def _record(
    act: str, person_id: int, company_id: int | None, about: str, now: datetime, after: Mapping[str, object]
) -> None:
    audit.record(
        f"members.{act}", person_id=person_id, company_id=company_id, about=about, after=after, now=now
    )


def _lock(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def _new_link(*, person: Person | None, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        secret_hash=secret_hash(secret),
        person=person,
        makes_operator=person is None,
        created_at=now,
        expires_at=now + LINK_LIVES,
    )
    return secret


def _spend(secret: str, now: datetime) -> OneTimeLink:
    """The link, marked as used in the statement that found it good: of two users only one can pass."""
    fresh = Q(secret_hash=secret_hash(secret), used_at=None, expires_at__gt=now)
    if not OneTimeLink.objects.filter(fresh).update(used_at=now):
        raise LinkNotValid("This link is not valid, or was used, or is older than seven days.")
    return OneTimeLink.objects.select_related("person").get(secret_hash=secret_hash(secret))


def _first_operator(email: str, name: str, password: str, now: datetime) -> Person:
    _lock("first operator")
    if Person.objects.filter(is_operator=True).exists():
        raise OperatorExists("This bourse has an operator.")
    if Person.objects.filter(email=given_email(email)).exists():
        raise EmailTaken("Somebody signs in with this address already.")
    person = Person(email=given_email(email), name=given_name(name), is_operator=True, created_at=now)
    set_password(person, password)
    person.save()
    return person


def given_email(email: str) -> str:
    """The address as it is kept; refused where it is none."""
    try:
        validate_email(email_key(email))
    except ValidationError as error:
        raise EmailNotValid(f"{email} is not an e-mail address.") from error
    return email_key(email)


def given_name(name: str) -> str:
    """The name without spaces around it; refused where there is none."""
    if not name.strip():
        raise NameMissing("A name is missing.")
    return name.strip()[:200]


def set_password(person: Person, password: str) -> None:
    """Put the password on the person, unsaved; refused where it is weak."""
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise PasswordTooWeak(" ".join(error.messages)) from error
    person.password = make_password(password)


def _person_called(email: str, name: str, now: datetime) -> Person:
    person, _ = Person.objects.get_or_create(
        email=given_email(email),
        defaults={"name": given_name(name), "created_at": now, "password": make_password(None)},
    )
    return Person.objects.select_for_update().get(pk=person.pk)


def _join(person: Person, company: Company, role: Role, now: datetime) -> None:
    _, is_new = Membership.objects.get_or_create(
        person=person, company=company, defaults={"role": role.value, "created_at": now}
    )
    if not is_new and person.has_usable_password():
        raise AlreadyAMember(f"{person.email} acts for {company.name} already.")


def _belongs_only_to(company: Company, person: Person) -> bool:
    elsewhere = Membership.objects.filter(person=person).exclude(company=company).exists()
    return not person.has_usable_password() and not person.is_operator and not elsewhere
