"""What a trader keeps with the house of his stones: pictures, a certificate, films linked by hand."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import structlog
from django.db import transaction
from django.db.models import Sum

from bourse.kit import buckets, confined
from bourse.kit.confined import Confinement
from bourse.kit.outbox import announce
from bourse.kit.public_id import public_id
from bourse.kit.refusal import NotThere
from bourse.kit.web_address import read_address
from bourse.market.actions.asks import own_live_listing
from bourse.market.actions.links import watch_film
from bourse.market.certificate_files import MOST_BYTES as MOST_CERTIFICATE_BYTES
from bourse.market.certificate_files import CertificateNotTaken, look_through
from bourse.market.facts import MediaChanged
from bourse.market.models import LinkCheck, Listing, Media, MediaKind
from bourse.market.pictures import MOST_BYTES, Developed, PictureNotTaken, develop
from bourse.market.recording import record
from bourse.market.refusals import (
    MediaThere,
    MediaTooLarge,
    NoRoomForMedia,
    NothingSent,
    TooManyMedia,
    TooManySent,
)
from bourse.members.actor import Actor
from bourse.members.papers import plain_name

log = structlog.get_logger()

MIB = 1024 * 1024
MOST_OF = {MediaKind.PICTURE: 12, MediaKind.CERTIFICATE: 1, MediaKind.FILM: 4}
MOST_COMPANY_BYTES = 20 * 1024 * MIB
SENT_AN_HOUR = 600
CONFINEMENT = Confinement(memory_bytes=768 * MIB, cpu_seconds=20, wall_seconds=30, output_bytes=16 * MIB)
_BROKE = (
    confined.NeedsTooMuchMemory,
    confined.NeedsTooMuchTime,
    confined.AnswersTooMuch,
    confined.WorkStopped,
    confined.WorkFailed,
)


class MediaSent(msgspec.Struct, frozen=True):
    """A file as it was sent: a certificate if it is a PDF, else a picture."""

    name: str
    content: bytes


class MediaAdded(msgspec.Struct, frozen=True):
    """The public ids of what was added, and the fact by which search learns of it."""

    media: list[str]
    fact_id: int


def add_media(*, actor: Actor, listing_id: str, files: Sequence[MediaSent], now: datetime) -> MediaAdded:
    """Pictures and a certificate of the own stone, all of them or none."""
    with transaction.atomic():  # who may not is told so before anything is opened
        own_live_listing(actor, listing_id)
    _refuse_too_many_sent(actor, files)
    made = [_made(one) for one in files]
    return _keep(actor, listing_id, made, now)


@transaction.atomic
def add_film(*, actor: Actor, listing_id: str, address: str, now: datetime) -> MediaAdded:
    """A film of the own stone that lies elsewhere; it is linked and looked for, never copied."""
    found = own_live_listing(actor, listing_id)
    film = Media(kind=MediaKind.FILM, address=str(read_address(address)))
    _add(found, film, now)
    watch_film(found, film.address, now)
    return _told(actor, found, [film], now)


@transaction.atomic
def remove_media(*, actor: Actor, listing_id: str, media_id: str, now: datetime) -> MediaAdded:
    """The own stone without this picture, certificate or film."""
    found = own_live_listing(actor, listing_id)
    media = _of(found).filter(public_id=media_id).first()
    if media is None:
        raise NotThere("There is no such picture, certificate or film.")
    if media.kind == MediaKind.FILM and media.address not in found.video_urls:
        LinkCheck.objects.filter(listing=found, address=media.address).delete()
    media.delete()
    record("remove_media", actor, f"listing {listing_id}", now, before={"kind": media.kind})
    return MediaAdded([], announce(MediaChanged(listing_id=found.pk), now=now))


def _refuse_too_many_sent(actor: Actor, files: Sequence[MediaSent]) -> None:
    if not files:
        raise NothingSent("Choose a picture or a certificate to send.")
    key = f"media {actor.company_id}"
    taken = buckets.take(key, per_s=SENT_AN_HOUR / 3600, burst=SENT_AN_HOUR, cost=len(files))
    if not taken.ok:
        raise TooManySent(f"Your company sent {SENT_AN_HOUR} files within an hour. Send the rest later.")


def _made(sent: MediaSent) -> Media:
    """What is kept of a file, after a child of its own has looked at it."""
    name, is_pdf = plain_name(sent.name), sent.content.startswith(b"%PDF-")
    _refuse_size(name, len(sent.content), MOST_CERTIFICATE_BYTES if is_pdf else MOST_BYTES)
    sha256 = hashlib.sha256(sent.content).hexdigest()
    return _certificate(name, sent.content, sha256) if is_pdf else _picture(name, sent.content, sha256)


def _refuse_size(name: str, size: int, most: int) -> None:
    if not size:
        raise NothingSent(f"“{name}” is empty. Send the file itself.")
    if size > most:
        raise MediaTooLarge(f"“{name}” is larger than {most // MIB} MB. Send a smaller copy.")


def _picture(name: str, content: bytes, sha256: str) -> Media:
    try:
        made: Developed = confined.run(develop, name, content, limits=CONFINEMENT)
    except _BROKE as error:
        log.warning("picture_not_opened", why=error.code, exc_info=error)
        raise PictureNotTaken(
            f"“{name}” takes more memory or time to open than a picture may. Send a smaller copy."
        ) from error
    return Media(
        kind=MediaKind.PICTURE,
        content=made.picture,
        thumbnail=made.thumbnail,
        width=made.width,
        height=made.height,
        size_bytes=len(made.picture),
        sent_sha256=sha256,
    )


def _certificate(name: str, content: bytes, sha256: str) -> Media:
    try:
        confined.run(look_through, name, content, limits=CONFINEMENT)
    except _BROKE as error:
        log.warning("certificate_not_opened", why=error.code, exc_info=error)
        raise CertificateNotTaken(
            f"“{name}” takes more memory or time to open than a certificate may. Send a smaller copy."
        ) from error
    kind = MediaKind.CERTIFICATE
    return Media(kind=kind, content=content, size_bytes=len(content), sent_sha256=sha256)


@transaction.atomic
def _keep(actor: Actor, listing_id: str, made: Sequence[Media], now: datetime) -> MediaAdded:
    found = own_live_listing(actor, listing_id)
    used = Media.objects.filter(company_id=found.company_id).aggregate(used=Sum("size_bytes"))["used"] or 0
    if used + sum(one.size_bytes for one in made) > MOST_COMPANY_BYTES:
        raise NoRoomForMedia("Your company’s pictures and certificates take 20 GB. Remove some first.")
    for one in made:
        _add(found, one, now)
    return _told(actor, found, made, now)


def _add(found: Listing, media: Media, now: datetime) -> None:
    """Keep one, unless the stone has it or is full of its kind."""
    same = _of(found).filter(kind=media.kind, sent_sha256=media.sent_sha256, address=media.address)
    if same.exists():
        raise MediaThere(f"The stone has this {media.kind} already.")
    most = MOST_OF[MediaKind(media.kind)]
    if _of(found).filter(kind=media.kind).count() >= most:
        raise TooManyMedia(_full(MediaKind(media.kind), most))
    media.company_id, media.stone_id = found.company_id, found.stone_id
    media.public_id, media.added_at = public_id(), now
    media.save(force_insert=True)


def _full(kind: MediaKind, most: int) -> str:
    if kind is MediaKind.CERTIFICATE:
        return "The stone has a certificate already. Remove it, then send the other."
    return f"A stone has at most {most} {kind}s. Remove one first."


def _told(actor: Actor, found: Listing, made: Sequence[Media], now: datetime) -> MediaAdded:
    kinds: dict[str, Any] = {"kind": sorted({str(one.kind) for one in made}), "count": len(made)}
    record("add_media", actor, f"listing {found.public_id}", now, after=kinds)
    return MediaAdded([one.public_id for one in made], announce(MediaChanged(listing_id=found.pk), now=now))


def _of(found: Listing) -> Any:
    return Media.objects.filter(company_id=found.company_id, stone_id=found.stone_id)
