"""Orders about what a company says of itself, to other members and to the house."""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import Refusal
from bourse.members.actions.owning import own_company_locked, record, refuse_stale
from bourse.members.actions.people import CompanyNameTaken, EmailNotValid, NameMissing, given_email
from bourse.members.actions.screening import screen_company
from bourse.members.actor import Actor
from bourse.members.facts import CompanyRenamed
from bourse.members.models import Company, CompanyPrivate
from bourse.members.models.companies import NATURES, SIZES, TRADES
from bourse.members.profile import Particulars, Profile, changed, seal_of
from bourse.members.queries.firms import particulars_of, profile_of

FIRST_YEAR = 1500
MOST_ASSOCIATIONS = 20
TOLD = ("name", "country", "city", "nature", "trades", "founded")  # of a firm, never of a person
ONLY_OWNERS = "What your company says of itself is changed by its owners."


class WordNotKnown(Refusal):
    """A choice that is not among those offered."""


class WebsiteNotAnAddress(Refusal):
    """A website has an address that a browser opens."""


class FoundedNotAYear(Refusal):
    """A firm was founded in a year that has been."""


class TooManyAssociations(Refusal):
    """A company names so many trade associations at most."""


@transaction.atomic
def set_profile(*, actor: Actor, profile: Profile, seen: str, now: datetime) -> None:
    """What other members see of the actor's company; another name is told to the operator and screened."""
    company = own_company_locked(actor, ONLY_OWNERS)
    before, profile = profile_of(company), _checked(profile, now)
    refuse_stale(seen, seal_of(before))
    if not (names := changed(before, profile)):
        return
    _keep(company, profile, names)
    if "name" in names:
        announce(CompanyRenamed(company_id=company.pk, person_id=actor.person_id), now=now)
        screen_company(company_id=company.pk)
    told = [name for name in names if name in TOLD]
    record(
        "set_profile",
        actor,
        company.pk,
        f"company {company.public_id}",
        now,
        before={name: getattr(before, name) for name in told},
        changed=names,
        **{name: getattr(profile, name) for name in told},
    )


@transaction.atomic
def set_particulars(*, actor: Actor, particulars: Particulars, seen: str, now: datetime) -> None:
    """What the actor's company tells the house and nobody else; the record says which of it changed."""
    company = own_company_locked(actor, ONLY_OWNERS)
    before = particulars_of(company.pk)
    refuse_stale(seen, seal_of(before))
    if particulars.size and particulars.size not in SIZES:
        raise WordNotKnown("Choose the size from the list.")
    if not (names := changed(before, particulars)):
        return
    values = {name: getattr(particulars, name) for name in particulars.__struct_fields__}
    CompanyPrivate.objects.update_or_create(company=company, defaults=values)
    record("set_particulars", actor, company.pk, f"company {company.public_id}", now, changed=names)


def _keep(company: Company, profile: Profile, names: list[str]) -> None:
    for name in names:
        value = getattr(profile, name)
        setattr(company, name, list(value) if isinstance(value, tuple) else value)
    try:
        with transaction.atomic():
            company.save(update_fields=names)
    except IntegrityError as error:
        raise CompanyNameTaken(f"A company called {profile.name} is a member already.") from error


def _checked(said: Profile, now: datetime) -> Profile:
    """The profile as it is kept: names without stray spaces, the website with its scheme."""
    name = " ".join(said.name.split())
    if not name:
        raise NameMissing("Enter the company’s name.")
    if (said.nature and said.nature not in NATURES) or not set(said.trades) <= set(TRADES):
        raise WordNotKnown("Choose what the company is and trades from the lists.")
    if len(said.associations) > MOST_ASSOCIATIONS:
        raise TooManyAssociations(f"Name at most {MOST_ASSOCIATIONS} trade associations.")
    if said.founded is not None and not FIRST_YEAR <= said.founded <= now.year:
        raise FoundedNotAYear(f"Enter the year of the foundation, from {FIRST_YEAR} to {now.year}.")
    return Profile(
        name=name[:200],
        country=said.country,
        city=said.city.strip(),
        nature=said.nature,
        trades=tuple(word for word in TRADES if word in said.trades),
        associations=said.associations,
        about=said.about.strip(),
        website=_website(said.website.strip()),
        public_email=_public_email(said.public_email.strip()),
        public_telephone=said.public_telephone.strip(),
        founded=said.founded,
    )


def _website(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise WebsiteNotAnAddress("Enter the website’s address, for example www.example.com.") from error
    if urlsplit(address).username is not None or len(address) > 200:
        raise WebsiteNotAnAddress(
            "Enter the website’s address without a name or password, 200 signs at most."
        )
    return address


def _public_email(text: str) -> str:
    try:
        return given_email(text) if text else ""
    except EmailNotValid as error:
        raise EmailNotValid("Enter the public e-mail address, for example office@example.com.") from error
