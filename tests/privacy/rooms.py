"""A canary in every private text below the market: applicants, keys, mail, requests, the house."""

from typing import Any

from django.db.models import Model

from bourse.kit.models import Fact, OperationId
from bourse.members.actions import make_key
from bourse.members.actor import Actor, Role, Scope
from bourse.members.models import (
    ApiKey,
    ApiRequest,
    Application,
    Company,
    MailedLink,
    Person,
    ScreeningEntry,
    ScreeningHit,
    ScreeningList,
    SignIn,
)
from bourse.notices.models import Mail, Webhook
from cast import NOON, company, joins
from privacy.canary import NOBODY, OPERATORS, TRADERS, Canary

APPLICANT = OPERATORS | {"applicant"}
Planted = tuple[type[Model], dict[str, Any], frozenset[str], bool]


def _row(model: type[Model], fields: str, entitled: frozenset[str], *, is_shown: bool) -> Planted:
    columns = {name: model._meta.get_field(name) for name in fields.split()}
    values = {
        name: f"CNRYx{name}{model.__name__}"[: getattr(column, "max_length", None)]
        for name, column in columns.items()
    }
    return model, values, entitled, is_shown


def _mail(planted: Planted) -> Planted:
    """With addresses that are such; people's mail is kept in small letters."""
    model, values, entitled, is_shown = planted
    return model, {n: f"{v}@canary.example".lower() for n, v in values.items()}, entitled, is_shown


ROWS: list[Planted] = [
    _row(
        Application,
        "legal_name street city postcode registration_number trade_references person_name telephone",
        APPLICANT,
        is_shown=True,
    ),
    _mail(_row(Application, "email", APPLICANT, is_shown=True)),
    _row(ScreeningList, "name file_name", OPERATORS, is_shown=True),
    _row(ScreeningEntry, "programme reference", OPERATORS, is_shown=True),
    _row(ScreeningHit, "why", OPERATORS, is_shown=True),
    _row(ApiKey, "name last_used_from", TRADERS, is_shown=True),
    _row(ApiRequest, "path request_id", TRADERS, is_shown=True),
    _row(Person, "telephone", TRADERS, is_shown=True),
    _mail(_row(MailedLink, "email", NOBODY, is_shown=False)),
    _row(SignIn, "address session_key", NOBODY, is_shown=False),
    _row(Mail, "subject last_error", OPERATORS, is_shown=True),
    _mail(_row(Mail, "address", OPERATORS, is_shown=True)),
    _row(Webhook, "disabled_because", TRADERS, is_shown=True),
    _row(OperationId, "key headers", NOBODY, is_shown=False),
    _row(Fact, "name body", NOBODY, is_shown=False),
    _row(Company, "suspended_because", OPERATORS, is_shown=True),
]
CANARIES = [
    Canary(f"{model._meta.db_table}.{name}", value, entitled, is_shown)
    for model, values, entitled, is_shown in ROWS
    for name, value in values.items()
]


def plant(owner: Actor, tara: Actor) -> dict[str, list[str]]:
    """A canary in each of them; the ids of what was made for it, by the name that an address gives them."""
    key = make_key(actor=owner, name="x", scopes=[Scope.READ_SEARCH], expires_at=None, now=NOON)
    stopped = company("Stopped Stones")
    joins("Sid", stopped, Role.OWNER)
    Company.objects.filter(pk=stopped.pk).update(suspended_at=NOON, suspended_because="x")
    said: dict[str, Any] = {
        "at": NOON,
        "company_id": owner.company_id,
        "status": 404,
        "took_ms": 1,
        "method": "GET",
    }
    ApiRequest.objects.create(**said, person_id=owner.person_id, path="x", request_id="x")
    link: dict[str, Any] = {
        "public_id": "x",
        "secret_hash": "x",
        "purpose": "address",
        "email": "x@y.example",
    }
    MailedLink.objects.create(**link, person_id=tara.person_id, created_at=NOON, expires_at=NOON)
    given_up: dict[str, Any] = {"state": "given up", "attempts": 9, "encrypted": b"", "once": "canary"}
    Mail.objects.create(**given_up, written_at=NOON, due_at=NOON)
    disabled: dict[str, Any] = {"disabled_at": NOON, "disabled_because": "x", "encrypted_secret": b"x"}
    hook = Webhook.objects.create(
        company_id=owner.company_id,
        person_id=owner.person_id,
        address="https://other.example/",
        events=["key.made"],
        created_at=NOON,
        **disabled,
    )
    said = {"company_id": owner.company_id, "key": "x", "fingerprint": b"x", "status": 200, "is_final": True}
    OperationId.objects.create(**said, at=NOON)
    Fact.objects.create(name="x", body={}, announced_at=NOON, delivered_at=NOON)
    ScreeningHit.objects.update(decision="another", decided_at=NOON, why="x")
    only: dict[type[Model], dict[str, Any]] = {
        Person: {"pk": owner.person_id},
        Company: {"pk": stopped.pk},
        Webhook: {"pk": hook.pk},
    }
    only |= {Mail: {"once": "canary"}, Fact: {"name": "x"}}
    for model, values, _, _ in ROWS:
        row = model._default_manager.filter(**only.get(model, {})).latest("pk")
        model._default_manager.filter(pk=row.pk).update(**values)
        if model in (Mail, Fact):
            only[model] = {"pk": row.pk}
    return {"key_id": [key.public_id], "webhook_id": [hook.public_id], "company_id": [stopped.public_id]}
