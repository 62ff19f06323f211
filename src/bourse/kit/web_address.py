"""An address of the web that a member typed: read strictly, so that all readers agree where it leads."""

import string
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, unquote, urlsplit

import msgspec

from bourse.kit.refusal import Refusal

LONGEST_ADDRESS = 2_000
LONGEST_HOST = 253
_LABEL = frozenset(string.ascii_lowercase + string.digits + "-")
_KEPT_IN_PATH = string.punctuation.replace("\\", "")
_DOTS = ".。．｡"
_READ_DIFFERENTLY = frozenset("ßς\u200c\u200d")  # two standards turn these into two different names

# Of IPv6 only what is given out to the world; in it and in IPv4 nothing that leads elsewhere than it says.
_WORLD = ip_network("2000::/3")
_THROUGH_NAT64 = ip_network("64:ff9b::/96")
_NOT_THE_WORLD = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # one cloud's agent of its own machines
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


class AddressNotReadable(Refusal):
    """It is no web address, or one that two readers could take for two places."""


class NotHttps(Refusal):
    """Only https is spoken."""


class PortNotAllowed(Refusal):
    """Only https's own port is knocked at."""


class AddressHoldsPassword(Refusal):
    """A name or a password stands before the host."""


class HostIsNumber(Refusal):
    """The host is a number instead of a name."""


class WebAddress(msgspec.Struct, frozen=True):
    """An address read: the host as the name system knows it, and what is asked of it."""

    host: str
    target: str

    def __str__(self) -> str:
        return f"https://{self.host}{self.target}"

    @property
    def last_name(self) -> str:
        """The last part of the path, which is often the name of a file."""
        return unquote(self.target.partition("?")[0].rpartition("/")[2])


def read_address(text: str) -> WebAddress:
    """The address, or a refusal that says what about it is not taken."""
    text = text.strip(" ")
    if len(text) > LONGEST_ADDRESS:
        raise _unreadable(f"It has {len(text):,} characters; expected at most {LONGEST_ADDRESS:,}.")
    if not text.isprintable() or "\\" in text:
        raise _unreadable("It holds a line break, a backslash or a sign that cannot be seen.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _unreadable("Its server cannot be told from the rest.") from error
    if parts.scheme != "https":
        raise NotHttps("Only addresses that begin with https:// are fetched. Use the https form of this one.")
    if "@" in parts.netloc:
        raise AddressHoldsPassword(
            "The address holds a name or password before the server. Use one that needs none, "
            "for example with a key at its end."
        )
    if port not in (None, 443) or parts.netloc.endswith(":"):
        raise PortNotAllowed("The address names a port; only https's own, 443, is fetched. Leave it away.")
    return WebAddress(_host(_netloc_host(parts.netloc)), _target(parts.path, parts.query))


def is_public(text: str) -> bool:
    """Whether this numeric address is a place of the open internet, and no other place in disguise."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        if address in _THROUGH_NAT64:
            return _is_world(IPv4Address(address.packed[-4:]))
        return address in _WORLD and _is_world(address)
    return _is_world(address)


def _is_world(address: IPv4Address | IPv6Address) -> bool:
    if any(address in network for network in _NOT_THE_WORLD):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _netloc_host(netloc: str) -> str:
    return netloc if netloc.startswith("[") else netloc.partition(":")[0]


def _host(written: str) -> str:
    """The name in the letters of the name system."""
    if written.startswith("["):
        raise _number()
    if _READ_DIFFERENTLY & set(written) or len(written) > LONGEST_HOST:
        raise _unreadable("Its server's name is not one that everybody reads alike.")
    try:
        host = written.encode("idna").decode().lower()
    except UnicodeError as error:
        raise _unreadable("Its server's name is not a name.") from error
    if host.count(".") != sum(map(written.count, _DOTS)):
        raise _unreadable("Its server's name holds a sign that some take for a dot.")
    labels = host.split(".")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        raise _number()
    if len(labels) < 2 or len(host) > LONGEST_HOST or not all(map(_is_label, labels)):
        raise _unreadable("Its server's name is not a whole name, such as stock.example.com.")
    return host


def _is_label(label: str) -> bool:
    return 0 < len(label) < 64 and set(label) <= _LABEL and label[0] != "-" != label[-1]


def _target(path: str, query: str) -> str:
    """Path and query in letters that a request can carry."""
    asked = quote(path or "/", safe=_KEPT_IN_PATH)
    return f"{asked}?{quote(query, safe=_KEPT_IN_PATH)}" if query else asked


def _unreadable(why: str) -> AddressNotReadable:
    return AddressNotReadable(
        f"This is not a web address that can be fetched. {why} "
        "Copy it anew from where the file is downloaded: https://, a name, a path."
    )


def _number() -> HostIsNumber:
    return HostIsNumber("The address names its server by a number. Use the server's name.")
