"""How much of a list one answer holds."""

from django.http import HttpRequest

from bourse.kit.refusal import Refusal

USUAL, MOST = 50, 250


class LimitNotUnderstood(Refusal):
    """A limit is a number from 1 on; more than the most is the most."""

    status = 400


def limit_in(request: HttpRequest) -> int:
    """The ?limit= of the request: 50 unless told, 250 at most."""
    text = request.GET.get("limit", str(USUAL))
    if not text.isdecimal() or not 0 < len(text) < 10 or int(text) < 1:
        raise LimitNotUnderstood(f"limit is a whole number from 1 to {MOST}.")
    return min(int(text), MOST)
