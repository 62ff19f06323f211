"""A caller who would rather wait a moment than ask again: RFC 7240's `Prefer: wait=10`."""

import re
from threading import BoundedSemaphore
from time import monotonic, sleep

from bourse.doors.api.operation import Answer, MemberRequest
from bourse.market import queries
from bourse.market.queries import UploadView

LONGEST_S = 30
LOOK_S = 0.05
MOST_WAITING = 3  # of a process: each holds a thread, and the pages need theirs
PREFER = {"Prefer": "`wait=10`: answer once the file is read, after 10 seconds (30 at most) in any case."}
APPLIED = {"Preference-Applied": "That the answer waited, and how long it might have."}
_WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])', re.IGNORECASE | re.ASCII)
_places = BoundedSemaphore(MOST_WAITING)


def when_read(request: MemberRequest, view: UploadView, **headers: str) -> Answer[UploadView]:
    """The upload, once its file is read if the caller prefers to wait for that; he may be answered sooner."""
    seconds = preferred(request)
    if not seconds:
        return Answer(view, headers)

    def read() -> Answer[UploadView]:
        if not _places.acquire(blocking=False):
            return Answer(view, headers)
        try:
            _wait(request, view.public_id, seconds)
        finally:
            _places.release()
        found = queries.upload(request.actor, view.public_id)
        return Answer(found, {**headers, "Preference-Applied": f"wait={seconds}"})

    return Answer(view, headers, read)


def preferred(request: MemberRequest) -> int:
    """How many seconds the caller would wait: 0 unless he says so, 30 at most."""
    said = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(said[1]), LONGEST_S) if said else 0


def _wait(request: MemberRequest, upload_id: str, seconds: int) -> None:
    until = monotonic() + seconds
    while queries.is_being_read(request.actor, upload_id) and monotonic() < until:
        sleep(LOOK_S)
