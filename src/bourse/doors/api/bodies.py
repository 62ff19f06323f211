"""What a caller sends: JSON of a known shape, or a file."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict

from bourse.dialects.tables import DEFAULT_LIMITS
from bourse.doors.api.operation import SentBytes, SentFile
from bourse.doors.api.shapes import BodyNotUnderstood, FieldError, TextNotTaken, from_body
from bourse.kit.refusal import Refusal

MOST_JSON_BYTES = 256 * 1024
MOST_FILE_BYTES = DEFAULT_LIMITS.file_bytes
ENVELOPE_BYTES = 64 * 1024  # what multipart/form-data wraps around a file
DEEPEST = 32
EXACT = 2**53  # a larger float stands for several whole numbers
Shape = TypeVar("Shape", bound=msgspec.Struct)


class BodyTooLarge(Refusal):
    """More bytes than this address takes."""

    status = 413


class LengthMissing(Refusal):
    """The body does not say how long it is."""

    status = 411


class MediaTypeNotTaken(Refusal):
    """The body is of another kind than this address takes."""

    status = 415


class FileMissing(Refusal):
    """An upload without a file, or without its name or mode."""


def refuse_any_larger(request: HttpRequest) -> None:
    """Refuse a body that no address takes before anything reads it."""
    length = request.headers.get("Content-Length", "0")
    _refuse_length(int(length) if length.isdecimal() else 0, MOST_FILE_BYTES + ENVELOPE_BYTES)


def json_body(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The JSON body in its shape; a field that the shape does not know is refused."""
    if request.content_type != "application/json":
        raise MediaTypeNotTaken("Send application/json.")
    _refuse_more_than(request, MOST_JSON_BYTES)
    return from_body(strictly(request.body), shape)


def strictly(content: bytes) -> object:
    """What the JSON says; refused where two readers may read two things: a name twice, NaN, endless depth."""
    try:
        text = content.decode()
        _refuse_depth(text)
        values = json.loads(
            text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant, parse_float=_number
        )
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _no_json(f"{error}") from error
    _refuse_what_is_no_text(values)
    return values


def sent_file(request: HttpRequest) -> SentFile:
    """The file of a form (fields `file` and `mode`), or the body itself with ?name= and ?mode=."""
    if request.content_type == "application/x-www-form-urlencoded":
        raise MediaTypeNotTaken("Send multipart/form-data, or the file itself with its own content type.")
    if request.content_type == "multipart/form-data":
        _refuse_more_than(request, MOST_FILE_BYTES + ENVELOPE_BYTES)
        return _from_form(request)
    _refuse_more_than(request, MOST_FILE_BYTES)
    return _whole(request.GET.get("name"), request.body, request.GET.get("mode"))


def sent_bytes(request: HttpRequest) -> SentBytes:
    """The body as it is: a picture or a PDF, or octets that may be one."""
    kind = request.content_type or ""
    if kind not in ("application/octet-stream", "application/pdf") and not kind.startswith("image/"):
        raise MediaTypeNotTaken(
            "Send the file itself as application/octet-stream, image/… or application/pdf."
        )
    _refuse_more_than(request, MOST_FILE_BYTES)
    return SentBytes(request.body)


def _from_form(request: HttpRequest) -> SentFile:
    try:
        file = request.FILES.get("file")
    except MultiPartParserError as error:
        raise BodyNotUnderstood(f"{error}") from error
    _refuse_unknown_parts(request.POST, request.FILES)
    mode = request.POST.get("mode") or request.GET.get("mode")
    return _whole(file.name if file else None, file.read() if file else b"", mode)


def _refuse_unknown_parts(fields: MultiValueDict[str, Any], files: MultiValueDict[str, Any]) -> None:
    unknown = sorted({*fields, *files} - {"file", "mode", "name"})
    errors = [
        FieldError("body", f"/{name[:60]}", f"The field “{name[:60]}” is not known.", "Leave it out.")
        for name in unknown
    ]
    if errors:
        raise BodyNotUnderstood(f"{errors[0].detail} Known here: file, mode.", errors)


def _whole(name: str | None, content: bytes, mode: str | None) -> SentFile:
    if not name or not mode:
        raise FileMissing("An upload needs a file with its name, and a mode: add_and_update or replace_all.")
    if "\0" in name:
        raise FileMissing("The file's name holds a null character. Give it another name.")
    return SentFile(name, content, mode)


def _refuse_depth(text: str) -> None:
    """Count brackets outside texts: a reader that recurses must never see more of them."""
    depth, in_text, is_escaped = 0, False, False
    for letter in text:
        if in_text:
            in_text, is_escaped = is_escaped or letter != '"', letter == "\\" and not is_escaped
        elif letter == '"':
            in_text = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise _no_json(f"It is nested deeper than {DEEPEST} levels")
        elif letter in "]}":
            depth -= 1


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            detail = f"The name “{name[:60]}” stands twice in one object."
            error = FieldError("body", f"/{name[:60]}", detail, "Send it once.")
            raise BodyNotUnderstood(f"{detail} Send it once.", [error])
        found[name] = value
    return found


def _number(text: str) -> int | float:
    """As JSON Schema counts: 1.0 and 1e2 are whole numbers."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _refuse_constant(word: str) -> None:
    raise _no_json(f"{word} is no number of JSON")


def _refuse_what_is_no_text(values: object) -> None:
    """No text of the database holds a null character or half of a pair of surrogates."""
    for text in _texts(values):
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise TextNotTaken("A text holds a character that no text may hold: null, or half of a pair.")


def _texts(values: object) -> Iterable[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, list):
        for one in values:
            yield from _texts(one)
    elif isinstance(values, dict):
        for name, value in values.items():
            yield name
            yield from _texts(value)


def _no_json(why: str) -> BodyNotUnderstood:
    told = FieldError(
        "body", "", f"The body is no JSON that we read: {why}.", "Send one JSON object in UTF-8."
    )
    return BodyNotUnderstood(f"{told.detail} {told.cure}", [told])


def _refuse_more_than(request: HttpRequest, most: int) -> None:
    # Without a length Django would read nothing of the body and an empty file would be refused instead.
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise LengthMissing("Say the body's length in Content-Length.")
    _refuse_length(int(length), most)


def _refuse_length(length: int, most: int) -> None:
    if length > most:
        raise BodyTooLarge(f"The body has {length:,} bytes; this address takes at most {most:,}.")
