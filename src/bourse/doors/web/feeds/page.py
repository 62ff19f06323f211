"""A feed in finished strings: where it fetches, how it fares, and what waits for a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, sentences
from bourse.market.queries import FeedView

UNDECIDED = ("asking", "ready")
ORDERS = ("change", "pause", "resume", "run", "remove")


def line(view: FeedView) -> dict[str, object]:
    """A feed in the list."""
    return {
        "name": view.name,
        "address": reverse("feed", args=[view.public_id]),
        "source": _source(view),
        "pace": _pace(view),
        "last": _moment(view.last_at),
        "state": _state(view),
    }


def shown(view: FeedView, *, may_change: bool) -> dict[str, object]:
    """A feed on its own page."""
    said, meaning, tone = _said(view)
    upload = view.last_upload
    return {
        "name": view.name,
        "said": said,
        "meaning": meaning,
        "tone": tone,
        "upload_address": reverse("upload_detail", args=[upload.public_id]) if upload else "",
        "upload_text": gettext("The last file: %(file)s") % {"file": upload.file_name} if upload else "",
        "facts": _facts(view),
        "is_paused": view.is_paused,
        "may_run": may_change and not view.is_paused and not _waits(view),
        **{f"{act}_address": reverse(f"{act}_feed", args=[view.public_id]) for act in ORDERS},
    }


def _facts(view: FeedView) -> list[tuple[str, str]]:
    modes = {"replace_all": gettext("Whole stock"), "add_and_update": gettext("Part of the stock")}
    return [
        (gettext("From"), _source(view)),
        (gettext("What the file is"), modes.get(view.mode, "")),
        (gettext("Runs"), _pace(view)),
        (gettext("In the name of"), view.person_name),
        (gettext("Last run"), _moment(view.last_at)),
        (gettext("Next run"), gettext("none while paused") if view.is_paused else _moment(view.next_at)),
    ]


def _source(view: FeedView) -> str:
    if view.kind == "folder":
        return gettext("Folder %(folder)s") % {"folder": view.folder}
    return view.address


def _pace(view: FeedView) -> str:
    said = ngettext("every %(count)s minute", "every %(count)s minutes", view.every_minutes)
    return said % {"count": figures.count(view.every_minutes)}


def _moment(moment: datetime | None) -> str:
    return figures.minute(moment) if moment else gettext("no run yet")


def _waits(view: FeedView) -> bool:
    return view.last_upload is not None and view.last_upload.state in UNDECIDED


def _is_read(view: FeedView) -> bool:
    return view.last_upload is not None and view.last_upload.state in ("waiting", "reading")


def _state(view: FeedView) -> str:
    if _waits(view):
        return gettext("Waits for a person")
    if view.is_paused:
        return gettext("Paused")
    if view.failures:
        said = ngettext("%(count)s failure", "%(count)s failures in a row", view.failures)
        return said % {"count": figures.count(view.failures)}
    return gettext("Its file is being read") if _is_read(view) else gettext("Runs")


def _said(view: FeedView) -> tuple[str, str, str]:
    """How the feed fares, what that means, and the tone of the note."""
    upload = view.last_upload
    if upload and _waits(view):
        nothing = gettext("Nothing of its last file is live, and the feed rests until it is decided.")
        return (
            gettext("Waits for a person."),
            f"{sentences.said(upload.held_because)} {nothing}".strip(),
            "warn",
        )
    if view.is_paused:
        rests = gettext("Somebody of your company let it rest.")
        return gettext("Paused."), sentences.said(view.last_error) or rests, "warn"
    if view.failures:
        return f"{_state(view)}.", sentences.said(view.last_error), "bad"
    if _is_read(view):
        return gettext("Its file is being read."), gettext("Load this page again in a moment."), ""
    if upload is None:
        return gettext("It has brought no file yet."), _began(view), ""
    return gettext("It runs."), _brought(view), "good"


def _began(view: FeedView) -> str:
    if view.last_at is None:
        return gettext("It runs within a minute.")
    return gettext("At its last run there was none that stood still for half a minute.")


def _brought(view: FeedView) -> str:
    if view.last_upload is None or view.last_upload.state != "confirmed":
        return gettext("Its last file was given up; the next one that differs is read.")
    counts = view.last_upload.counts
    names = ("new", "changed", "removed", "unchanged", "refused")
    said = gettext(
        "Its last file: %(new)s new, %(changed)s changed, %(removed)s removed, %(unchanged)s unchanged, "
        "%(refused)s refused."
    )
    return said % {name: figures.count(getattr(counts, name)) for name in names}
