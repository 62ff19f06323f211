"""What was sent, read in its shape field by field: each that is wrong is named with its cure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import inspect

from bourse.kit.refusal import Refusal

Shape = TypeVar("Shape", bound=msgspec.Struct)
Where = Literal["body", "query", "header"]
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})", re.ASCII)
_PLACE = re.compile(r" - at `\$\.?(.*)`$")
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|([^.\[\]]+)")
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
MOST_NAMED = 20


class FieldError(msgspec.Struct, frozen=True):
    """One thing that was not understood: in what part of the request, where there, and what cures it."""

    where: str
    pointer: str
    detail: str
    cure: str


class FieldsNotUnderstood(Refusal):
    """What was sent is not what the description says; `errors` name each field."""

    status = 400

    def __init__(self, sentence: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(sentence)
        self.errors = list(errors[:MOST_NAMED])


class BodyNotUnderstood(FieldsNotUnderstood):
    """The body is not what the description says."""


class ParameterNotUnderstood(FieldsNotUnderstood):
    """A parameter of the address is not what the description says."""


class TextNotTaken(FieldsNotUnderstood):
    """A text holds what no text of the house may: a null character, or half of a pair of surrogates."""

    status = 422


def from_body(values: object, shape: type[Shape]) -> Shape:
    """The decoded body in its shape."""
    try:
        return msgspec.convert(values, shape)
    except msgspec.ValidationError as whole:
        errors = list(_wrong_in(values, shape)) or [_told(whole, "body", "")]
        raise BodyNotUnderstood(_sentence(errors), errors) from whole


def from_query(lists: Mapping[str, list[str]], shape: type[Shape]) -> Shape:
    """The parameters of an address in their shape."""
    if any("\0" in text for texts in lists.values() for text in texts):
        raise TextNotTaken("A parameter holds a null character. Send it without.")
    fields = {field.encode_name: field for field in _fields(shape)}
    values: dict[str, object] = {}
    errors = [_unknown(name, "query", fields) for name in lists if name not in fields]
    for name, texts in lists.items():
        if field := fields.get(name):
            try:
                values[name] = _read(texts, field.type)
                msgspec.convert(values[name], _annotation(shape, field))
            except (msgspec.ValidationError, ValueError) as error:
                errors.append(_told(error, "query", name))
    errors += [_missing(name, "query") for name, field in fields.items() if _lacks(field, lists)]
    if errors:
        raise ParameterNotUnderstood(_sentence(errors), errors)
    return msgspec.convert(values, shape)


def _read(texts: list[str], kind: inspect.Type) -> object:
    """The texts of one parameter as its type writes them."""
    kinds = [_bare(one) for one in (kind.types if isinstance(kind, inspect.UnionType) else (kind,))]
    if any(isinstance(one, inspect.ListType) for one in kinds):
        return texts
    if len(texts) > 1:
        raise ValueError("It is given more than once. - Give it once.")
    if any(isinstance(one, inspect.IntType) for one in kinds):
        if not _WHOLE.fullmatch(texts[0]):
            raise ValueError("It is no whole number. - Write it in figures: 50.")
        return int(texts[0])
    if any(isinstance(one, inspect.BoolType) for one in kinds):
        if texts[0] not in ("true", "false"):
            raise ValueError("It is neither true nor false. - Write true or false.")
        return texts[0] == "true"
    return texts[0]


def _bare(kind: inspect.Type) -> inspect.Type:
    return _bare(kind.type) if isinstance(kind, inspect.Metadata) else kind


class Nothing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The parameters of an address that takes none."""


def _wrong_in(values: object, shape: type[msgspec.Struct]) -> Iterator[FieldError]:
    if not isinstance(values, dict):
        return
    fields = {field.encode_name: field for field in _fields(shape)}
    for name, value in values.items():
        if (field := fields.get(name)) is None:
            yield _unknown(name, "body", fields)
            continue
        try:
            msgspec.convert(value, _annotation(shape, field))
        except msgspec.ValidationError as error:
            yield _told(error, "body", name)
    yield from (_missing(name, "body") for name, field in fields.items() if _lacks(field, values))


def _fields(shape: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(shape)
    assert isinstance(info, inspect.StructType)
    return info.fields


def _annotation(shape: type[msgspec.Struct], field: inspect.Field) -> Any:
    return next(one.type for one in msgspec.structs.fields(shape) if one.encode_name == field.encode_name)


def _lacks(field: inspect.Field, values: Mapping[str, object]) -> bool:
    return field.required and field.encode_name not in values


def _unknown(name: str, where: Where, fields: Mapping[str, object]) -> FieldError:
    known = ", ".join(list(fields)[:20])
    cure = f"Leave it out. Known here: {known}." if known else "Leave it out: none is taken here."
    return FieldError(where, f"/{_escaped(name)}", f"{_kind(where)} “{name[:60]}” is not known.", cure)


def _missing(name: str, where: Where) -> FieldError:
    return FieldError(where, f"/{_escaped(name)}", f"{_kind(where)} “{name}” is missing.", "Send it.")


def _kind(where: Where) -> str:
    return "The field" if where == "body" else "The parameter"


def _told(error: Exception, where: Where, name: str) -> FieldError:
    """What a reader's error says, in our words: “Expected `int`, got `str` - at `$.x[0]`”."""
    text = str(error)
    place = _PLACE.search(text)
    steps = [first or second for first, second in _STEP.findall(place[1])] if place else []
    pointer = "".join(f"/{_escaped(step)}" for step in [name, *steps] if step)
    about = f"{_kind(where)} “{pointer.removeprefix('/')[:60]}”" if pointer else "The body"
    detail, cure = _in_words(_PLACE.sub("", text))
    return FieldError(where, pointer, f"{about} is not understood. {detail}", cure)


def _in_words(text: str) -> tuple[str, str]:
    if " - " in text:
        detail, _, cure = text.partition(" - ")
        return detail, cure
    plain = re.sub(r"`([^`]*)`", lambda found: _named(found[1]), text)
    wanted, _, got = plain.removeprefix("Expected ").partition(", got ")
    if got:
        return f"It is {got}.", f"Send {wanted}."
    return f"{plain}.", f"Send {wanted}." if text.startswith("Expected ") else "See the description."


def _named(word: str) -> str:
    return " or ".join(_KINDS.get(part.strip(), part.strip()) for part in word.split("|"))


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")[:80]


def _sentence(errors: list[FieldError]) -> str:
    more = f" There are {len(errors) - 1} more." if len(errors) > 1 else ""
    return f"{errors[0].detail} {errors[0].cure}{more}" if errors else "The request is not understood."
