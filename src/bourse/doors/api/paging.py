"""How much of a list one answer holds."""

from django.http import HttpRequest

from bourse.kit.refusal import Refusal

USUAL, MOST = 50, 250


class LimitNotUnderstood(Refusal):
    """A limit is a number from 1 to the most that one answer holds."""

    status = 400


def limit_in(request: HttpRequest) -> int:
    """The ?limit= of the request: 50 unless told, 250 at most."""
    text = request.GET.get("limit", str(USUAL))
    # More than the most is refused: cut short without a word it would look like the end of the list.
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MOST:
        raise LimitNotUnderstood(f"limit is a whole number from 1 to {MOST}.")
    return int(text)
