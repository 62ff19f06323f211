"""What a caller sends: JSON of a known shape, or a file."""

from typing import NamedTuple, TypeVar

import msgspec
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from bourse.dialects.tables import DEFAULT_LIMITS
from bourse.kit.refusal import Refusal

MOST_JSON_BYTES = 256 * 1024
MOST_FILE_BYTES = DEFAULT_LIMITS.file_bytes
ENVELOPE_BYTES = 64 * 1024  # what multipart/form-data wraps around a file
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


class BodyNotUnderstood(Refusal):
    """The body is not what the documentation says."""

    status = 400


class FileMissing(Refusal):
    """An upload without a file, or without its name or mode."""

    status = 400


class SentFile(NamedTuple):
    """A stock file as it was sent."""

    name: str
    content: bytes
    mode: str


def refuse_any_larger(request: HttpRequest) -> None:
    """Refuse a body that no address takes before anything reads it."""
    length = request.headers.get("Content-Length", "0")
    _refuse_length(int(length) if length.isdecimal() else 0, MOST_FILE_BYTES + ENVELOPE_BYTES)


def json_body(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The JSON body in its shape; a field that the shape does not know is refused."""
    if request.content_type != "application/json":
        raise MediaTypeNotTaken("Send application/json.")
    _refuse_more_than(request, MOST_JSON_BYTES)
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.DecodeError as error:
        raise BodyNotUnderstood(f"{error}.") from error


def sent_file(request: HttpRequest) -> SentFile:
    """The file of a form (fields `file` and `mode`), or the body itself with ?name= and ?mode=."""
    if request.content_type == "application/x-www-form-urlencoded":
        raise MediaTypeNotTaken("Send multipart/form-data, or the file itself with its own content type.")
    if request.content_type == "multipart/form-data":
        _refuse_more_than(request, MOST_FILE_BYTES + ENVELOPE_BYTES)
        return _from_form(request)
    _refuse_more_than(request, MOST_FILE_BYTES)
    return _whole(request.GET.get("name"), request.body, request.GET.get("mode"))


def _from_form(request: HttpRequest) -> SentFile:
    try:
        file = request.FILES.get("file")
    except MultiPartParserError as error:
        raise BodyNotUnderstood(f"{error}") from error
    mode = request.POST.get("mode") or request.GET.get("mode")
    return _whole(file.name if file else None, file.read() if file else b"", mode)


def _whole(name: str | None, content: bytes, mode: str | None) -> SentFile:
    if not name or not mode:
        raise FileMissing("An upload needs a file with its name, and a mode: add_and_update or replace_all.")
    return SentFile(name, content, mode)


def _refuse_more_than(request: HttpRequest, most: int) -> None:
    # Without a length Django would read nothing of the body and an empty file would be refused instead.
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise LengthMissing("Say the body's length in Content-Length.")
    _refuse_length(int(length), most)


def _refuse_length(length: int, most: int) -> None:
    if length > most:
        raise BodyTooLarge(f"The body has {length:,} bytes; this address takes at most {most:,}.")
