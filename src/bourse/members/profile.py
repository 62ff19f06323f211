"""What a company says of itself and of its places, as values: read by pages, given to orders, compared."""

import hashlib

import msgspec


class Profile(msgspec.Struct, frozen=True):
    """What other members see of a company."""

    name: str
    country: str = ""  # two letters
    city: str = ""
    nature: str = ""
    trades: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()
    about: str = ""
    website: str = ""
    public_email: str = ""
    public_telephone: str = ""
    founded: int | None = None


class Particulars(msgspec.Struct, frozen=True):
    """What a company tells the house and nobody else."""

    legal_name: str = ""
    street: str = ""
    postcode: str = ""
    registration_number: str = ""
    tax_number: str = ""
    size: str = ""
    buys: bool = True
    sells: bool = True
    bank_reference: str = ""
    trade_references: str = ""


class Place(msgspec.Struct, frozen=True):
    """A branch as its company says it; `stock_words` is how its stock files call it."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    contact: str = ""
    telephone: str = ""
    takes_deliveries: bool = True
    holds_stock: bool = True
    stock_words: tuple[str, ...] = ()


def seal_of(said: Profile | Particulars | Place) -> str:
    """A word for exactly these values: a form carries it, so that nobody overwrites what he has not seen."""
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


def changed(before: msgspec.Struct, after: msgspec.Struct) -> list[str]:
    """The names of what differs, in their order; no value, since some are people's."""
    return [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]
