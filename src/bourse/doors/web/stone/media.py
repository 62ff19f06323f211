"""What a supplier shows of a stone: what the house keeps of it, and links, by which one leaves the house."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web import words
from bourse.market.pictures import THUMBNAIL_SIDE
from bourse.market.queries import ListingView, MediaView

Claims = dict[str, object]


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture, certificate or film of a stone; `small` and a size in points where it has a thumbnail."""

    kind: str
    text: str
    detail: str
    address: str
    small: str
    width: int
    height: int
    remove: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its name, and the host that it leads to."""

    text: str
    address: str
    host: str


def kept(view: ListingView) -> list[Kept]:
    """What the house keeps of the stone, pictures numbered where there are several."""
    pictures = [one for one in view.media if one.kind == "picture"]
    return [_kept(view, one, _named(one, pictures)) for one in view.media]


def kind(word: str) -> str:
    """What a kind is called."""
    return {
        "picture": gettext("Picture"),
        "certificate": gettext("Certificate"),
        "film": gettext("Film"),
    }[word]


def _named(one: MediaView, pictures: list[MediaView]) -> str:
    if one.kind != "picture" or len(pictures) == 1:
        return kind(one.kind)
    return f"{kind(one.kind)} {pictures.index(one) + 1}"


def _kept(view: ListingView, one: MediaView, text: str) -> Kept:
    address = one.address or reverse("media_file", args=[view.public_id, one.public_id])
    is_picture = one.kind == "picture"
    shrunk = min(THUMBNAIL_SIDE / max(one.width, one.height, 1), 1)
    host = urlsplit(one.address).hostname or ""
    return Kept(
        kind=one.kind,
        text=text,
        detail=host or filesizeformat(one.size_bytes),
        address=address,
        small=f"{address}?size=small" if is_picture else "",
        width=max(round(one.width * shrunk), 1),
        height=max(round(one.height * shrunk), 1),
        remove=reverse("remove_media", args=[view.public_id, one.public_id]),
    )


def report_link(claimed: Claims) -> Link | None:
    """The report as its supplier shows it."""
    return _link(gettext("Open the report"), claimed.get("certificate_url"))


def links(claimed: Claims) -> list[Link]:
    """Pictures, films and further views, numbered where there are several."""
    return [
        *_numbered(gettext("Picture"), claimed.get("image_urls")),
        *_numbered(gettext("Film"), claimed.get("video_urls")),
        *_further(claimed),
    ]


def _further(claimed: Claims) -> list[Link]:
    said = claimed.get("particulars")
    found = said.items() if isinstance(said, dict) else []
    return [link for name, value in found if (link := _link(words.field(name), value))]


def _numbered(text: str, addresses: object) -> list[Link]:
    given = addresses if isinstance(addresses, list) else []
    names = [f"{text} {number}" for number in range(1, len(given) + 1)] if len(given) > 1 else [text]
    return [link for name, address in zip(names, given, strict=False) if (link := _link(name, address))]


def _link(text: str, address: object) -> Link | None:
    """Only what a browser may follow without harm: an address of the web."""
    if not isinstance(address, str):
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    is_web = parts.scheme.lower() in ("http", "https") and parts.hostname
    return Link(text, address.strip(), str(parts.hostname)) if is_web else None
