"""How fast somebody may call, in the headers of draft-ietf-httpapi-ratelimit."""

from bourse.kit.refusal import Refusal
from bourse.members import pace
from bourse.members.actor import Actor

POLICY, LEFT = "RateLimit-Policy", "RateLimit"


class TooManyCalls(Refusal):
    """The caller is faster than he may be; Retry-After says how long to wait."""

    status = 429

    def __init__(self, sentence: str, wait_s: int, headers: dict[str, str]) -> None:
        super().__init__(f"{sentence} Wait {wait_s} s.")
        self.headers = {"Retry-After": str(wait_s), **headers}


def take(actor: Actor) -> dict[str, str]:
    """Count one call; the headers that say how many are left. Refused where none is."""
    told = pace.count_call(actor)
    headers = {
        POLICY: f'"{told.whose}";q={told.quota};w={pace.WINDOW_S}',
        LEFT: f'"{told.whose}";r={told.left};t={told.full_in_s}',
    }
    if told.wait_s:
        who = "One caller" if told.whose == "caller" else "All callers of a company together"
        raise TooManyCalls(f"{who} may make {told.quota:,} calls a minute.", told.wait_s, headers)
    return headers


def count_guess(address: str) -> None:
    """Count a key that is none. Refused where too many came from the address."""
    if not pace.count_guess(address):
        raise TooManyCalls("Too many calls with keys that are none came from this address.", 1, {})
