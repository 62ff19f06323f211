"""The API's description as a page shows it: groups of calls, their fields in words, and every code.

Like the description itself it speaks English: it names what programs write.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

Document = dict[str, Any]


class Field(NamedTuple):
    """A parameter or a field: its name, where it goes, what it holds."""

    name: str
    where: str
    kind: str
    about: str
    is_needed: bool


class Call(NamedTuple):
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    scope: str
    roles: str
    takes: list[Field]
    gives: list[Field]
    answer: str
    codes: list[tuple[str, str]]


class Group(NamedTuple):
    """The calls of one part of the exchange."""

    name: str
    calls: list[Call]


def groups(document: Document) -> list[Group]:
    """Every call, by what it belongs to."""
    calls = [
        (operation["tags"][0], _call(document, method, path, operation))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    names = dict.fromkeys(name for name, _ in calls)
    return [Group(name, [call for group, call in calls if group == name]) for name in names]


def codes(document: Document) -> list[dict[str, Any]]:
    """Every code with its status and its meaning."""
    found: list[dict[str, Any]] = document["x-problems"]
    return found


def _call(document: Document, method: str, path: str, operation: dict[str, Any]) -> Call:
    scope = operation["security"][0]["key"]
    status, answer = next(iter(operation["responses"].items()))
    return Call(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        scope=scope[0] if scope else "any key",
        roles=", ".join(operation["x-roles"]),
        takes=[*_parameters(document, operation), *_body(document, operation)],
        gives=list(_answer(document, answer)),
        answer=f"{status} · {', '.join(answer.get('content', {})) or 'no body'}",
        codes=[
            (status, ", ".join(_codes(told)))
            for status, told in operation["responses"].items()
            if status >= "400" and "content" in told
        ],
    )


def _codes(told: dict[str, Any]) -> list[str]:
    (content,) = told["content"].values()
    found: list[str] = content["schema"]["properties"]["code"]["enum"]
    return found


def _parameters(document: Document, operation: dict[str, Any]) -> Iterator[Field]:
    for one in operation["parameters"]:
        kind = _words(document, one["schema"])
        yield Field(
            one["name"], one["in"], kind, one.get("description", "").replace("`", ""), one["required"]
        )


def _body(document: Document, operation: dict[str, Any]) -> Iterator[Field]:
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(document, content["schema"])
        if "properties" not in schema:
            yield Field(media, "body", "the file itself", "", False)
        yield from _fields(document, schema, media)


def _answer(document: Document, answer: dict[str, Any]) -> Iterator[Field]:
    for media, content in answer.get("content", {}).items():
        yield from _fields(document, _resolved(document, content["schema"]), media)


def _fields(document: Document, schema: dict[str, Any], where: str) -> Iterator[Field]:
    needed = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield Field(
            name, where, _words(document, one), one.get("description", "").replace("`", ""), name in needed
        )


def _resolved(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _words(document: Document, schema: dict[str, Any]) -> str:
    """The schema in a few words: list of UploadLine, text or null."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        inner = _resolved(document, schema)
        return ", ".join(map(str, inner["enum"])) if "enum" in inner else str(name)
    if parts := schema.get("anyOf"):
        return " | ".join(_words(document, part) for part in parts)
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array" and schema.get("items"):
        return f"list of {_words(document, schema['items'])}"
    return f"{kind}{_bounds(schema)}"


def _bounds(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and high is None:
        return ""
    return f" {'' if low is None else low}–{'' if high is None else high}"
