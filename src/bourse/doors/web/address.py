"""From where a request came, and how orders and the audit learn of it."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bourse.kit.audit import Origin, origin

Answer = Callable[[HttpRequest], HttpResponse]
HOUSEHOLD_BITS = 64  # what one IPv6 customer has at least: he is one address to a limit


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks: the first that is not one of our proxies, seen from here outwards."""
    found = _read(request.META.get("REMOTE_ADDR", ""))
    named = request.headers.get("X-Forwarded-For", "").split(",")
    while found and named and any(found in network for network in settings.TRUSTED_PROXIES):
        before = _read(named.pop())
        if before is None:  # a proxy of ours writes no such thing: believe nothing beyond it
            break
        found = before
    return str(found or "")


def household(address: str) -> str:
    """The address as limits count it: an IPv6 customer is one, whichever of his addresses he uses."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, HOUSEHOLD_BITS), strict=False))
    return str(found or "")


def with_origin(answer: Answer) -> Answer:
    """Every order of a request is recorded with the address and the request it came from."""

    def answered(request: HttpRequest) -> HttpResponse:
        request_id = request.META.get("bourse.request_id", "")
        token = origin.set(Origin(address=client_address(request), request_id=request_id))
        try:
            return answer(request)
        finally:
            origin.reset(token)

    return answered


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """The address in the text, without its port; an IPv4 address that IPv6 wraps is itself."""
    bare = text.strip().partition("%")[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
