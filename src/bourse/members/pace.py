"""How fast a company's programs and people may call the API, counted where all processes see it."""

from math import ceil

import msgspec
from django.conf import settings

from bourse.kit import buckets
from bourse.members.actor import Actor

WINDOW_S = 60
COMPANY_FACTOR = 4  # a company's keys and people together, as a multiple of one
GUESS_SHARE = 10  # an address may send keys that are none a tenth as often as one calls with a good key


class Pace(msgspec.Struct, frozen=True):
    """How many calls of whom are left of so many a minute, in how long all will be, how long to wait."""

    whose: str
    quota: int
    left: int
    full_in_s: int
    wait_s: int = 0


def count_call(actor: Actor) -> Pace:
    """Count one call of the actor; with a time to wait where he, or his company, has none left."""
    own = _of("caller", _name(actor), settings.API_CALLS_A_MINUTE)
    if own.wait_s or actor.company_id is None:
        return own
    together = _of("company", f"company {actor.company_id}", settings.API_CALLS_A_MINUTE * COMPANY_FACTOR)
    return together if together.wait_s else own


def pace_of(actor: Actor) -> list[Pace]:
    """What is left for the actor and for his company, without counting a call."""
    quota = settings.API_CALLS_A_MINUTE
    company = f"company {actor.company_id or 0}"
    return [
        _of("caller", _name(actor), quota, cost=0),
        _of("company", company, quota * COMPANY_FACTOR, cost=0),
    ]


def count_guess(address: str) -> bool:
    """Count a key that is none; whether the address may go on guessing."""
    guesses = max(1, settings.API_CALLS_A_MINUTE // GUESS_SHARE)
    return buckets.take(f"api failures {address}", per_s=guesses / WINDOW_S, burst=guesses).ok


def _name(actor: Actor) -> str:
    return f"key {actor.key_id}" if actor.key_id else f"person {actor.person_id}"


def _of(whose: str, name: str, quota: int, cost: float = 1.0) -> Pace:
    taken = buckets.take(f"api {name}", per_s=quota / WINDOW_S, burst=quota, cost=cost)
    full_in_s = ceil(max(0.0, quota - taken.left) * WINDOW_S / quota)
    return Pace(
        whose, quota, max(0, int(taken.left)), full_in_s, 0 if taken.ok else max(1, ceil(taken.wait_s))
    )
