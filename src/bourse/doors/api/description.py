"""The description of the API as OpenAPI 3.1, made of the operations that serve it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from msgspec import inspect

from bourse.doors.api import bodies, callers, endpoint, operation_ids, pace, problems, shapes
from bourse.doors.api.endpoint import Endpoint
from bourse.doors.api.operation import SAFE, Operation, SentBytes, SentFile
from bourse.kit import idempotency
from bourse.kit.refusal import NotThere, Refusal
from bourse.members import queries as members
from bourse.members.actor import Scope
from bourse.members.refusals import CompanyIsSuspended

VERSION = "1.0"
ROOT = "/api/v1/"
REF = "#/components/schemas/{name}"
_ID = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"}
_TEXT = {"schema": {"type": "string"}}
_PACE = {
    pace.POLICY: "How many calls a minute there are.",
    pace.LEFT: "How many calls are left, and in how many seconds all will be again.",
}
_ANY_CALL = (
    callers.NotSignedIn,
    members.KeyMistyped,
    members.KeyUnknown,
    members.KeyExpired,
    members.KeyIsRevoked,
    callers.ScopeMissing,
    pace.TooManyCalls,
    shapes.ParameterNotUnderstood,
)
_JSON_BODY = (
    shapes.TextNotTaken,
    shapes.BodyNotUnderstood,
    bodies.BodyTooLarge,
    bodies.LengthMissing,
    bodies.MediaTypeNotTaken,
)
_WRITE = (
    callers.TokenMissing,
    operation_ids.OperationIdNotUnderstood,
    idempotency.OperationInFlight,
    idempotency.OperationIdUsed,
    idempotency.TooManyOperationIds,
)
_ABOUT = (
    "The exchange's own API: the same questions and orders as its pages. Send a key in the header "
    "`Authorization: Bearer …`; money is whole US cents, weights are carats, times are RFC 3339 in UTC. "
    "Every refusal is a problem of RFC 9457 with a stable `code`. Every write takes an `Idempotency-Key`."
)


class Described(msgspec.Struct, frozen=True):
    """An operation with its address."""

    method: str
    path: str
    operation: Operation


def described(told: Callable[[], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponse]:
    """The view that gives the description to everybody."""

    @cache
    def content() -> bytes:
        return msgspec.json.encode(told())

    def openapi(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return problems.problem(request, endpoint.MethodNotAllowed("GET, HEAD"))
        headers = {"Cache-Control": "public, max-age=300"}
        return HttpResponse(content(), content_type="application/json", headers=headers)

    setattr(openapi, "csrf_exempt", True)  # noqa: B010  it takes no change
    return openapi


def operations(addresses: Iterable[URLPattern]) -> Iterator[Described]:
    """Every operation of the addresses, in their order."""
    for address in addresses:
        path = ROOT + re.sub(r"<\w+:(\w+)>", r"{\1}", str(address.pattern))
        view = address.callback
        assert isinstance(view, Endpoint)
        for method, operation in view.operations.items():
            yield Described(method, path, operation)


def refusals_of(one: Described) -> list[type[Refusal]]:
    """Every no that the operation may say."""
    found: list[type[Refusal]] = [*_ANY_CALL, *one.operation.refuses]
    if one.operation.body is not None:
        found += [*_JSON_BODY, *([bodies.FileMissing] if one.operation.body is SentFile else [])]
    if one.method not in SAFE:
        found += _WRITE
    if not one.operation.while_suspended:
        found.append(CompanyIsSuspended)
    if one.operation.query is not None:
        found.append(shapes.TextNotTaken)
    if "{" in one.path:
        found.append(NotThere)
    return sorted(set(found), key=lambda each: (each.status, each.code))


def document(addresses: list[URLPattern]) -> dict[str, Any]:
    """The whole description."""
    known = list(operations(addresses))
    schemas = _Schemas(known)
    paths: dict[str, dict[str, Any]] = {}
    for one in known:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bourse", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": group} for group in dict.fromkeys(one.operation.group for one in known)],
        "paths": paths,
        "x-problems": _every_problem(known),
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A key of your company. Scopes: {', '.join(Scope)}.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "session",
                    "description": "A signed-in session; a change sends X-CSRFToken too.",
                },
            },
        },
    }


class _Schemas:
    """The JSON Schema of every shape, those with a name once, under components."""

    def __init__(self, known: list[Described]) -> None:
        shapes = [shape for one in known for shape in _shapes(one.operation)]
        unique = [problems.Problem, *{str(shape): shape for shape in shapes}.values()]
        found, components = msgspec.json.schema_components(unique, ref_template=REF, schema_hook=_anything)
        self.components: dict[str, Any] = _as_sent(components)
        for shape in unique:
            self._name_keys(shape)
        self._found = {str(shape): _as_sent(schema) for shape, schema in zip(unique, found, strict=True)}

    def _name_keys(self, shape: Any) -> None:
        """Say which keys an object of known keys may have, which msgspec leaves out."""
        info = inspect.type_info(shape)
        if not isinstance(info, inspect.StructType):
            return
        for field in info.fields:
            if isinstance(field.type, inspect.DictType) and isinstance(field.type.key_type, inspect.EnumType):
                told = self.components[info.cls.__name__]["properties"][field.encode_name]
                told["propertyNames"] = {"enum": [one.value for one in field.type.key_type.cls]}

    def of(self, shape: Any) -> dict[str, Any]:
        """The schema of the shape, by reference where it has a name."""
        schema: dict[str, Any] = self._found[str(shape)]
        return schema

    def fields_of(self, shape: Any) -> dict[str, Any]:
        """The properties of a struct and which of them are needed."""
        name = self.of(shape)["$ref"].rpartition("/")[2]
        fields: dict[str, Any] = self.components[name]
        return fields


def _shapes(operation: Operation) -> Iterator[Any]:
    yield from operation.shapes
    if operation.query:
        yield operation.query
    if operation.body not in (None, SentFile, SentBytes):
        yield operation.body


def _anything(kind: type) -> dict[str, Any]:
    """The schema of a value that may be of any kind."""
    if kind is not object:
        raise NotImplementedError(kind)
    return {"description": "Whatever the field holds."}


def _as_sent(schema: Any) -> Any:
    """The schema of what goes over the wire: a decimal is a number there."""
    if isinstance(schema, list):
        return [_as_sent(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": "number"}
    return {name: _as_sent(value) for name, value in schema.items()}


def _operation(one: Described, schemas: _Schemas) -> dict[str, Any]:
    operation = one.operation
    summary, more = operation.about
    told: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": summary,
        "description": more or summary,
        "parameters": [*_path(one), *_query(operation, schemas), *_headers(one)],
        "responses": {
            str(operation.status): _answer(operation, schemas),
            **_problems(one),
            **_too_long(operation),
        },
        "security": [{"key": [operation.scope.value] if operation.scope else []}, {"session": []}],
        "x-roles": sorted(operation.roles),
    }
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": _body(operation, schemas)}
    return told


def _path(one: Described) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", one.path):
        yield {"name": name, "in": "path", "required": True, "schema": _ID}


def _query(operation: Operation, schemas: _Schemas) -> Iterator[dict[str, Any]]:
    if operation.query is None:
        return
    fields = schemas.fields_of(operation.query)
    for name, schema in fields["properties"].items():
        schema = _without_null(schema)
        about = schema.pop("description", "")
        yield {
            "name": name,
            "in": "query",
            "required": name in fields.get("required", ()),
            "schema": schema,
            **({"description": about} if about else {}),
        }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is absent is not sent as null."""
    kept = {name: value for name, value in schema.items() if name != "default" or value is not None}
    if parts := kept.pop("anyOf", None):
        (rest,) = [part for part in parts if part != {"type": "null"}]
        kept |= rest
    return kept


def _headers(one: Described) -> Iterator[dict[str, Any]]:
    takes = dict(one.operation.takes)
    if one.method not in SAFE:
        takes[operation_ids.HEADER] = (
            "An id of your own for this operation: it is done once, however often sent."
        )
    for name, about in takes.items():
        limits = (
            {"maxLength": 255, "pattern": r"^[ -~\t]*[!-~][ -~\t]*$"} if name == operation_ids.HEADER else {}
        )
        yield {
            "name": name,
            "in": "header",
            "required": False,
            "description": about,
            "schema": {"type": "string", **limits},
        }


def _body(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    if operation.body is SentBytes:
        return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    if operation.body is not SentFile:
        return {"application/json": {"schema": schemas.of(operation.body)}}
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    form = {
        "type": "object",
        "properties": {"file": file, "mode": {"enum": ["add_and_update", "replace_all"]}},
        "required": ["file", "mode"],
        "additionalProperties": False,
    }
    return {
        "multipart/form-data": {"schema": form},
        "text/csv": {"schema": {"type": "string", "minLength": 1}},
    }


def _answer(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for shape in operation.shapes[:1]:
        content[operation.json_type] = {"schema": schemas.of(shape)}
    content |= {media.partition(";")[0]: {"schema": {"type": "string"}} for media in operation.media}
    return {
        "description": operation.about[0],
        "headers": {
            name: _TEXT | {"description": about} for name, about in (_PACE | dict(operation.headers)).items()
        },
        **({"content": content} if content else {}),
    }


def _too_long(operation: Operation) -> dict[str, Any]:
    """What the server says of an address that it does not even read."""
    told = {"description": "The address is too long to be read."}
    return {"414": told, "431": told} if operation.query is not None else {}


def _problems(one: Described) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for refusal in refusals_of(one):
        by_status.setdefault(refusal.status, []).append(refusal.code)
    return {str(status): _problem(status, codes) for status, codes in sorted(by_status.items())}


def _every_problem(known: list[Described]) -> list[dict[str, Any]]:
    """Each code once, with its status and what it means."""
    found = {refusal for one in known for refusal in refusals_of(one)} | {endpoint.MethodNotAllowed}
    ordered = sorted(found, key=lambda each: (each.status, each.code))
    return [
        {"status": each.status, "code": each.code, "about": (each.__doc__ or "").partition("\n")[0]}
        for each in ordered
    ]


def _problem(status: int, codes: list[str]) -> dict[str, Any]:
    schema = {
        "allOf": [{"$ref": REF.format(name="Problem")}],
        "properties": {"code": {"enum": codes}, "status": {"const": status}},
    }
    told: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {problems.MEDIA_TYPE: {"schema": schema}},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        told["headers"] = {"Retry-After": _TEXT | {"description": "In how many seconds to try again."}}
    return told
