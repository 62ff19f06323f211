"""What one method of one address is: the declaration that serves it and describes it, so neither can drift.

    @operation(scope=Scope.MANAGE_STOCK, refuses=(NotThere, ListingMoved))
    def change(request: MemberRequest, listing_id: str, body: Edit) -> Answer[ChangedListing]:
        '''The listing with another ask or availability.'''

The first line of the docstring is the summary. `query` and `body` are read in the shape of their annotation
(a msgspec.Struct; SentFile for a stock file, SentBytes for any other), every other argument is a part of the
path, and the annotation of what is given back is the answer's shape.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from django.http import HttpRequest

from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor, Role, Scope

Body = TypeVar("Body")
ANYBODY = frozenset(Role)
TRADERS = frozenset({Role.OWNER, Role.TRADER})
OWNERS = frozenset({Role.OWNER})
SAFE = ("GET", "HEAD")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in, or of a key."""

    actor: Actor


class Answer(msgspec.Struct, Generic[Body], frozen=True):
    """What a handler gives back, if it is more than a body.

    `then` is asked once the order is committed, for what may take a moment: it gives the answer that is sent.
    """

    body: Body
    headers: dict[str, str] = {}
    then: Callable[[], "Answer[Body]"] | None = None


class FileAnswer(NamedTuple):
    """A file that a handler gives back, whole or piece by piece."""

    content: bytes | Iterator[bytes]
    media_type: str
    name: str


class SentFile(NamedTuple):
    """A stock file as it was sent."""

    name: str
    content: bytes
    mode: str


class SentBytes(NamedTuple):
    """A file as it was sent, whose kind its own bytes say."""

    content: bytes


Handler = Callable[..., object]


@dataclass(frozen=True)
class Operation:
    """A method of an address: its handler with all that a caller may know of it."""

    handler: Handler
    scope: Scope | None
    roles: frozenset[Role]
    status: int
    refuses: tuple[type[Refusal], ...]
    headers: Mapping[str, str]
    takes: Mapping[str, str]
    media: tuple[str, ...]
    while_suspended: bool
    json_type: str

    @property
    def name(self) -> str:
        """The operationId: uploads_confirm."""
        return f"{self.handler.__module__.rpartition('.')[2]}_{self.handler.__name__}"

    @property
    def group(self) -> str:
        """What it belongs to: the module that holds it."""
        return self.handler.__module__.rpartition(".")[2]

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.handler, include_extras=True)

    @property
    def query(self) -> type[msgspec.Struct] | None:
        """The shape of the query string; None where the address takes no parameter."""
        return self._hints.get("query")

    @property
    def body(self) -> Any:
        """The shape of the body; None where there is none."""
        return self._hints.get("body")

    @property
    def shapes(self) -> list[Any]:
        """The shapes of a JSON answer: none for one that is empty, or always a file."""
        given = self._hints["return"]
        parts = get_args(given) if get_origin(given) not in (Answer, dict, list) else (given,)
        inner = [get_args(part)[0] if get_origin(part) is Answer else part for part in parts or (given,)]
        return [part for part in inner if part not in (FileAnswer, type(None))]

    @property
    def about(self) -> tuple[str, str]:
        """The summary, and what more there is to say."""
        first, _, rest = (inspect.getdoc(self.handler) or "").partition("\n")
        return first, rest.strip()


def operation(
    *,
    scope: Scope | None,
    roles: frozenset[Role] = ANYBODY,
    status: int = 200,
    refuses: tuple[type[Refusal], ...] = (),
    headers: Mapping[str, str] | None = None,
    takes: Mapping[str, str] | None = None,
    media: tuple[str, ...] = (),
    while_suspended: bool = False,
    json_type: str = "application/json",
) -> Callable[[Handler], Operation]:
    """Declare a handler an operation of the API.

    `scope` is what a key needs (None: any key may), `roles` who reaches it, `refuses` the noes of its order,
    `headers` what the answer says beside its body, `takes` the request's own headers, `media` the kinds of a
    file that it may answer with. Account pages, the inbox and one's own records stay open `while_suspended`.
    """

    def declared(handler: Handler) -> Operation:
        return Operation(
            handler,
            scope,
            roles,
            status,
            refuses,
            headers or {},
            takes or {},
            media,
            while_suspended,
            json_type,
        )

    return declared
