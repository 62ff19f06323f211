"""What the house keeps of a stone: pictures, a certificate, films; seen by whom the supplier's links are."""

from datetime import datetime

import msgspec
from django.db.models import QuerySet

from bourse.kit.refusal import NotThere
from bourse.market.models import Listing, Media, MediaKind
from bourse.market.queries.seen import Visible

CLAIM_OF = {"picture": "image_urls", "certificate": "certificate_url", "film": "video_urls"}
"""Each kind by the claim whose visibility it shares: a hidden name takes it along."""

JPEG, PDF = "image/jpeg", "application/pdf"
_SHOWN = ("public_id", "kind", "width", "height", "size_bytes", "address", "added_at")


class MediaView(msgspec.Struct, frozen=True):
    """A picture, a certificate or a film of a stone; a film has an address, the others a size."""

    public_id: str
    kind: str
    width: int
    height: int
    size_bytes: int
    address: str
    added_at: datetime


class MediaFile(msgspec.Struct, frozen=True):
    """The bytes of a picture or a certificate, and what they are."""

    content: bytes
    media_type: str


def media_of(found: Listing, seen: Visible) -> list[MediaView]:
    """What the asker sees of the stone, pictures first, the oldest first."""
    kinds = [kind for kind in MediaKind.values if seen.may(CLAIM_OF[kind])]
    if not kinds:
        return []
    kept = _kept(found).filter(kind__in=kinds)
    views = [MediaView(*row) for row in kept.order_by("pk").values_list(*_SHOWN)]
    return sorted(views, key=lambda view: kinds.index(view.kind))


def file_of(found: Listing, seen: Visible, media_id: str, *, is_small: bool) -> MediaFile:
    """A file of the stone as the asker may see it; small, as its thumbnail."""
    column = "thumbnail" if is_small else "content"
    row = _kept(found).filter(public_id=media_id).values_list("kind", column).first()
    if row is None or not seen.may(CLAIM_OF[row[0]]) or not row[1]:
        raise NotThere("There is no such file.")
    return MediaFile(bytes(row[1]), PDF if row[0] == MediaKind.CERTIFICATE else JPEG)


def _kept(found: Listing) -> QuerySet[Media]:
    return Media.objects.filter(company_id=found.company_id, stone_id=found.stone_id)
