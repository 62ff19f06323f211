"""When whoever is signed in was last here, and how long he may stay."""

import time

from django.conf import settings
from django.http import HttpRequest

from bourse.doors.web.account.entering import ENDS_AT, SIGN_IN
from bourse.doors.web.account.tries import once
from bourse.members.actions.signing.sign_ins import hand_over_seen

NOTED_EACH_S = 600


def is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted as long as one may last that was not told to stay."""
    ends_at = request.session.get(ENDS_AT)
    return isinstance(ends_at, int) and time.time() >= ends_at


def note(request: HttpRequest) -> None:
    """Leave word, each ten minutes at most, that the sign-in is in use."""
    sign_in_id = request.session.get(SIGN_IN)
    if isinstance(sign_in_id, str) and once(f"seen {sign_in_id}", NOTED_EACH_S):
        hand_over_seen(settings.HOME, sign_in_id, time.time())
