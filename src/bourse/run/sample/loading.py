"""Puts the sample market into an empty database: people by the orders that every member gives, two years of
stock straight into the tables, and today's files of three firms as every member sends them.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from django.db import connection

from bourse.kit import clock
from bourse.kit.public_id import ALPHABET
from bourse.market.actions import set_showing
from bourse.market.audit import refuse_offences
from bourse.market.filling import fill, next_keys
from bourse.members.actions import OperatorExists, add_person, admit_company, first_operator_link, use_link
from bourse.members.actor import Actor, Role
from bourse.members.queries import actors_of
from bourse.run.sample.copying import People, Wanted, market
from bourse.run.sample.sends import horizon
from bourse.run.sample.suppliers import (
    BUYERS,
    HIDES_ASK,
    HIDES_CASH_ASK,
    HIDES_NAME,
    SUPPLIERS,
    Firm,
)
from bourse.run.sample.today import SENDERS, listed_today, send_today
from bourse.run.sample.uploads import uploads

SEED = 20261124
STONES, MONTHS = 20_000, 24
OPENED_BEFORE = timedelta(days=14)  # of the first listing
HOUSE = Actor(person_id=0, company_id=None, role=None, is_operator=True)
OWNERS = ("Noor", "Lev", "Ines", "Pavel", "Mei", "Tunde", "Rhea", "Joost", "Hana", "Emil")
GROUPS, LETTERS = 4, 4  # of a drawn password: 79 bits


class SignIn(msgspec.Struct, frozen=True):
    """Who may sign in to the sample, and as what."""

    email: str
    password: str
    role: str


DEMO = (
    ("Asha", Role.OWNER, SUPPLIERS[0]),
    ("Tara", Role.TRADER, SUPPLIERS[0]),
    ("Ben", Role.OWNER, BUYERS[0]),
)


def load(
    stones: int = STONES, seed: int = SEED, months: int = MONTHS, now: datetime | None = None
) -> list[SignIn]:
    """The sample's sign-ins, once its companies, people and stock are there. For an empty database only."""
    now = now or clock.now()
    with _without_waiting_for_the_disk():
        return _load(stones, seed, months, now)


def _load(stones: int, seed: int, months: int, now: datetime) -> list[SignIn]:
    opened = now - timedelta(days=horizon(months)) - OPENED_BEFORE
    companies = {firm: _admit(firm, opened) for firm in (*SUPPLIERS, *BUYERS)}
    sign_ins = [*_operator(opened), *(_join(*who, companies, opened) for who in DEMO)]
    sellers = {firm: _owner(place, firm, companies[firm], opened) for place, firm in enumerate(SUPPLIERS)}
    _stock(sellers, Wanted(stones, seed, months, now))
    for firm, seller in sellers.items():
        _hide(firm, seller, now)
    refuse_offences(clock.now())
    return sign_ins


def _stock(sellers: dict[Firm, Actor], wanted: Wanted) -> None:
    """The past straight into the tables, then what a few firms list today."""
    today = listed_today(wanted.stones)
    past = replace(wanted, stones=wanted.stones - today * len(SENDERS))
    keys = next_keys()
    people = People(
        companies=[seller.company_id or 0 for seller in sellers.values()],
        persons=[seller.person_id for seller in sellers.values()],
    )
    made = market(past, people, keys)
    fill(made.lines(), uploads(made), keys)
    send_today(sellers, today, wanted.seed, wanted.now)


def _hide(firm: Firm, seller: Actor, now: datetime) -> None:
    """What a few firms keep from the others on their whole stock."""
    hides = {
        "hides_name": firm.name in HIDES_NAME,
        "hides_ask": firm.name in HIDES_ASK,
        "hides_cash_ask": firm.name in HIDES_CASH_ASK,
    }
    if any(hides.values()):
        set_showing(actor=seller, **hides, now=now)


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Each order is a transaction of its own; after a crash the sample is marked as not whole anyway."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")


def _admit(firm: Firm, at: datetime) -> str:
    company = admit_company(actor=HOUSE, name=firm.name, country=firm.country, city=firm.city, now=at)
    return company.public_id


def _operator(at: datetime) -> list[SignIn]:
    """Omar, unless the house has its operator already."""
    try:
        secret = first_operator_link(now=at)
    except OperatorExists:
        return []
    return [_sign_in("Omar", secret, "operator", at)]


def _join(name: str, role: Role, firm: Firm, companies: dict[Firm, str], at: datetime) -> SignIn:
    secret = _added(name, role, companies[firm], at)
    assert secret is not None
    return _sign_in(name, secret, f"{role.value} of {firm.name}", at)


def _added(name: str, role: Role, company_id: str, at: datetime, host: str = "sample.example") -> str | None:
    email = f"{name.casefold()}@{host}"
    return add_person(actor=HOUSE, company_id=company_id, email=email, name=name, role=role, now=at)


def _sign_in(name: str, secret: str, role: str, at: datetime) -> SignIn:
    email, password = f"{name.casefold()}@sample.example", _password()
    use_link(secret=secret, email=email, name=name, password=password, now=at)
    return SignIn(email, password, role)


def _password() -> str:
    """A password that can be read out and typed, drawn for this installation."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _owner(place: int, firm: Firm, company_id: str, at: datetime) -> Actor:
    """Who sends the firm's files: its demo owner, or one who never signs in and so needs no password."""
    if firm not in {demo_firm for _, _, demo_firm in DEMO}:
        _added(OWNERS[place % len(OWNERS)], Role.OWNER, company_id, at, firm.mail_host)
    return actors_of(HOUSE, company_id)[0]
