"""Pictures, the certificate and films of a listing by API: looked at, added, removed."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bourse.doors.api.operation import TRADERS, Answer, FileAnswer, MemberRequest, SentBytes, operation
from bourse.kit import clock, web_address
from bourse.kit.refusal import NotThere
from bourse.market import actions, queries, refusals
from bourse.market.actions import MediaAdded, MediaSent
from bourse.market.certificate_files import CertificateNotTaken
from bourse.market.pictures import PictureNotTaken
from bourse.market.queries import LinkView, MediaView
from bourse.market.queries.media import JPEG, PDF
from bourse.members.actor import Scope
from bourse.search import queries as search

_CHANGE = (NotThere, refusals.ViewersOnlyLook, refusals.ListingIsEnded)
_FULL = (refusals.MediaThere, refusals.TooManyMedia)


class FileNamed(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What refusals call the file."""

    name: Annotated[str, Meta(min_length=1, max_length=500, description="The file's name.")] = "file"


class Size(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Whether the thumbnail is meant."""

    small: bool = False


class Film(msgspec.Struct, forbid_unknown_fields=True):
    """A film that lies elsewhere."""

    address: Annotated[str, Meta(min_length=1, max_length=2_000, description="Begins with https://.")]


class ListingMedia(msgspec.Struct, frozen=True):
    """What the house keeps of the stone, and what was found at the links of an own listing."""

    media: list[MediaView]
    links: list[LinkView]


class ChangedMedia(msgspec.Struct, frozen=True):
    """What is kept after the order, the ids of what it added, and whether every search knows already."""

    media: list[MediaView]
    added: list[str]
    is_searchable: bool


@operation(scope=Scope.READ_SEARCH, refuses=(NotThere,))
def kept(request: MemberRequest, listing_id: str) -> ListingMedia:
    """Pictures, certificate and films of a listing, and what was found at the links of your own."""
    view = queries.listing(request.actor, listing_id)
    return ListingMedia(view.media, queries.links_of(request.actor, listing_id))


@operation(scope=Scope.READ_SEARCH, refuses=(NotThere,), media=(JPEG, PDF))
def show(request: MemberRequest, listing_id: str, media_id: str, query: Size) -> FileAnswer:
    """A picture as JPEG, or the certificate as PDF; with `small=true` the thumbnail of a picture."""
    found = queries.media_file(request.actor, listing_id, media_id, is_small=query.small)
    ending = "pdf" if found.media_type == PDF else "jpg"
    return FileAnswer(found.content, found.media_type, f"{media_id}.{ending}")


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    status=201,
    refuses=(
        *(*_CHANGE, *_FULL, PictureNotTaken, CertificateNotTaken),
        *(refusals.MediaTooLarge, refusals.NothingSent, refusals.NoRoomForMedia, refusals.TooManySent),
    ),
)
def add(request: MemberRequest, listing_id: str, query: FileNamed, body: SentBytes) -> Answer[ChangedMedia]:
    """A picture (JPEG, PNG, WebP) or the certificate (PDF) of your stone; which it is, its bytes say."""
    files = [MediaSent(query.name, body.content)]
    done = actions.add_media(actor=request.actor, listing_id=listing_id, files=files, now=clock.now())
    return _after(request, listing_id, done)


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    status=201,
    refuses=(
        *(*_CHANGE, *_FULL, web_address.AddressNotReadable, web_address.NotHttps),
        *(web_address.PortNotAllowed, web_address.AddressHoldsPassword, web_address.HostIsNumber),
    ),
)
def add_film(request: MemberRequest, listing_id: str, body: Film) -> Answer[ChangedMedia]:
    """A film of your stone by its address; it is looked for now and then, and never copied."""
    done = actions.add_film(actor=request.actor, listing_id=listing_id, address=body.address, now=clock.now())
    return _after(request, listing_id, done)


@operation(scope=Scope.MANAGE_STOCK, roles=TRADERS, refuses=_CHANGE)
def remove(request: MemberRequest, listing_id: str, media_id: str) -> Answer[ChangedMedia]:
    """Your stone without this picture, certificate or film."""
    done = actions.remove_media(
        actor=request.actor, listing_id=listing_id, media_id=media_id, now=clock.now()
    )
    return _after(request, listing_id, done)


def _after(request: MemberRequest, listing_id: str, done: MediaAdded) -> Answer[ChangedMedia]:
    kept_now = queries.listing(request.actor, listing_id).media

    def heard() -> Answer[ChangedMedia]:
        return Answer(ChangedMedia(kept_now, done.media, search.wait_for(done.fact_id)))

    return Answer(ChangedMedia(kept_now, done.media, is_searchable=False), then=heard)
