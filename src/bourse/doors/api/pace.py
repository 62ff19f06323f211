"""How fast a key or a session may call, in the headers of draft-ietf-httpapi-ratelimit."""

from math import ceil

from django.conf import settings

from bourse.kit import buckets
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor

WINDOW_S = 60
COMPANY_FACTOR = 4  # a company's keys and people together, as a multiple of one
FAILURES_A_MINUTE = 60  # of an address, with keys that are none
POLICY, LEFT = "RateLimit-Policy", "RateLimit"


class TooManyCalls(Refusal):
    """The caller is faster than he may be."""

    status = 429

    def __init__(self, sentence: str, wait_s: float, headers: dict[str, str]) -> None:
        super().__init__(sentence)
        self.headers = {"Retry-After": str(max(1, ceil(wait_s))), **headers}


def take(actor: Actor) -> dict[str, str]:
    """Count one call; the headers that say how many are left. Refused where none is."""
    one, all_ = settings.API_CALLS_A_MINUTE, settings.API_CALLS_A_MINUTE * COMPANY_FACTOR
    who = f"key {actor.key_id}" if actor.key_id else f"person {actor.person_id}"
    taken = buckets.take(f"api {who}", per_s=one / WINDOW_S, burst=one)
    headers = _headers("caller", one, taken)
    if not taken.ok:
        raise _too_many(f"One caller may make {one:,} calls a minute.", taken, headers)
    if actor.company_id is not None:
        together = buckets.take(f"api company {actor.company_id}", per_s=all_ / WINDOW_S, burst=all_)
        if not together.ok:
            headers = _headers("company", all_, together)
            raise _too_many(f"All callers of a company may make {all_:,} calls a minute.", together, headers)
    return headers


def left(actor: Actor) -> dict[str, str]:
    """The same headers without counting a call."""
    one = settings.API_CALLS_A_MINUTE
    who = f"key {actor.key_id}" if actor.key_id else f"person {actor.person_id}"
    return _headers("caller", one, buckets.take(f"api {who}", per_s=one / WINDOW_S, burst=one, cost=0))


def refuse_guessing(address: str) -> None:
    """Refuse an address from which too many keys came that are none."""
    looked = buckets.take(_failures(address), per_s=1, burst=FAILURES_A_MINUTE, cost=0)
    if looked.left < 1:
        raise TooManyCalls("Too many calls with keys that are none came from this address.", 1, {})


def note_failure(address: str) -> None:
    """Count a key that is none."""
    buckets.take(_failures(address), per_s=1, burst=FAILURES_A_MINUTE)


def _failures(address: str) -> str:
    return f"api failures {address}"


def _headers(policy: str, quota: int, taken: buckets.Taken) -> dict[str, str]:
    missing = max(0.0, quota - taken.left)
    full_in = ceil(missing * WINDOW_S / quota)
    return {
        POLICY: f'"{policy}";q={quota};w={WINDOW_S}',
        LEFT: f'"{policy}";r={max(0, int(taken.left))};t={full_in}',
    }


def _too_many(sentence: str, taken: buckets.Taken, headers: dict[str, str]) -> TooManyCalls:
    return TooManyCalls(f"{sentence} Wait {max(1, ceil(taken.wait_s))} s.", taken.wait_s, headers)
