"""Puts the sample market into an empty database, by the orders that every member gives."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec
from django.db import connection

from bourse.dialects import read_file
from bourse.kit import clock
from bourse.kit.public_id import ALPHABET
from bourse.market.actions import accept_upload, stage_reading
from bourse.market.queries import difference
from bourse.members.actions import OperatorExists, add_person, admit_company, first_operator_link, use_link
from bourse.members.actor import Actor, Role
from bourse.members.queries import actors_of
from bourse.run.sample.files import Delivery, deliveries
from bourse.run.sample.suppliers import BUYERS, SUPPLIERS, Firm

SEED = 20261124
OPENED = timedelta(days=90)  # before today
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


class UnexpectedFile(Exception):
    """A file of the sample was not read whole: a fault of the generator or of the reader."""


def load(stones: int = 20_000, seed: int = SEED, now: datetime | None = None) -> list[SignIn]:
    """The sample's sign-ins, once its companies, people and stock are there. For an empty database only."""
    now = now or clock.now()
    with _without_waiting_for_the_disk():
        return _load(stones, seed, now)


def _load(stones: int, seed: int, now: datetime) -> list[SignIn]:
    companies = {firm: _admit(firm, now - OPENED) for firm in (*SUPPLIERS, *BUYERS)}
    sign_ins = [*_operator(now - OPENED), *(_join(*who, companies, now - OPENED) for who in DEMO)]
    sellers = {
        firm: _owner(place, firm, companies[firm], now - OPENED) for place, firm in enumerate(SUPPLIERS)
    }
    for delivery in deliveries(stones=stones, seed=seed, now=now):
        _deliver(sellers[delivery.firm], delivery)
    return sign_ins


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Each file is several transactions; after a crash the sample is marked as not whole anyway."""
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


def _deliver(actor: Actor, delivery: Delivery) -> None:
    """One file, read, staged and confirmed like any other."""
    reading = read_file(delivery.content, delivery.file_name)
    if reading.questions or any(True for _ in reading.refused()):
        raise UnexpectedFile(delivery.file_name)
    upload = stage_reading(
        actor=actor,
        file_name=delivery.file_name,
        content=delivery.content,
        reading=reading,
        mode="add_and_update",
        now=delivery.sent_at,
    )
    told = difference(actor, upload.public_id, limit=1)
    accept_upload(
        actor=actor,
        upload_id=upload.public_id,
        fingerprint=told.fingerprint,
        removing=None,
        now=delivery.sent_at,
    )
