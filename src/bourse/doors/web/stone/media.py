"""Links to what a supplier shows of a stone. The house fetches none of it: whoever follows a link leaves."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext

from bourse.doors.web import words

Claims = dict[str, object]


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its name, and the host that it leads to."""

    text: str
    address: str
    host: str


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
