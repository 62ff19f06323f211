"""Applications and hits in finished strings."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures, words
from bourse.doors.web.joining import page as joining
from bourse.doors.web.joining import papers
from bourse.doors.web.joining.names import NATURES, STATES
from bourse.members.queries.joining import ApplicationView, Queue, QueueLine
from bourse.members.queries.screening import HitView, ListView

MANY_DAYS = 3  # an applicant waits for a person that long without a mark


def tabs(queue: Queue, show: str, text: str) -> list[dict[str, object]]:
    """The parts of the queue with how many are in each."""
    named = {
        "waiting": gettext("Wait for you"),
        "asked": gettext("Asked for more"),
        "accepted": gettext("Accepted"),
        "declined": gettext("Declined or withdrawn"),
    }
    return [
        {
            "text": name,
            "count": figures.count(queue.counts[part]),
            "address": address(part, text),
            "is_current": part == show,
        }
        for part, name in named.items()
    ]


def address(show: str, text: str, page: int = 1) -> str:
    """A part of the queue."""
    said = {"show": show if show != "waiting" else "", "q": text, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("vetting") + (f"?{query}" if query else "")


def nothing(show: str, text: str) -> tuple[str, str]:
    """Why a part is empty, and what would fill it."""
    if text:
        return gettext("No application fits."), gettext(
            "Names of firms and people and their addresses are searched."
        )
    told = {
        "waiting": (
            gettext("Nobody waits for you."),
            gettext("Firms apply at the address below; give it to those you want to have here."),
        ),
        "asked": (
            gettext("Nobody was asked for more."),
            gettext("Who was asked and has not answered stands here."),
        ),
        "accepted": (gettext("Nobody was accepted yet."), ""),
        "declined": (gettext("Nobody was declined, and nobody withdrew."), ""),
    }
    return told[show]


def line(view: QueueLine, now: datetime) -> dict[str, object]:
    """An application in the queue."""
    is_late = view.state in ("new", "answered") and (now - view.changed_at).days >= MANY_DAYS
    text, tone = screening(view)
    return {
        "name": view.company_name,
        "address": reverse("application", args=[view.public_id]),
        "place": words.place(view.city, view.country),
        "nature": str(NATURES.get(view.nature, view.nature)),
        "state": str(STATES[view.state]),
        "age": figures.age(view.changed_at, now),
        "since": figures.minute_utc(view.changed_at),
        "machine": figures.machine(view.changed_at),
        "is_late": is_late,
        "documents": figures.count(view.documents),
        "screening": text,
        "tone": tone,
    }


def screening(view: QueueLine) -> tuple[str, str]:
    """What the comparison with the lists came to, and its tone."""
    if view.same_hits:
        return gettext("On a list"), "bad"
    if view.open_hits:
        said = ngettext("%(count)s hit to decide", "%(count)s hits to decide", view.open_hits)
        return said % {"count": figures.count(view.open_hits)}, "warn"
    if not view.is_compared:
        return gettext("Being compared"), ""
    return gettext("Nothing open"), "good"


def application(view: ApplicationView) -> dict[str, object]:
    """One application with everything."""
    return {
        "name": view.said["company_name"],
        "state": str(STATES[view.state]),
        "received": figures.minute_utc(view.created_at),
        "decided": _decided(view),
        "member": reverse("member", args=[view.company_id]) if view.company_id else "",
        "said": joining.said(view.said),
        "record": joining.record(view.notes, own=False),
        "documents": [
            papers.line(one)
            | {"address": reverse("application_document", args=[view.public_id, one.public_id])}
            for one in view.documents
        ],
        "hits": [hit(one) for one in view.hits],
        "compared": _compared(view),
        "is_open": view.state in ("new", "more wanted", "answered"),
        "hinders": _hinders(view),
    }


def _decided(view: ApplicationView) -> str:
    if view.decided_at is None:
        return ""
    told = {"name": view.decided_by, "when": figures.minute_utc(view.decided_at)}
    return gettext("Decided by %(name)s on %(when)s") % told


def _compared(view: ApplicationView) -> str:
    if not view.lists:
        return gettext("No list is loaded, so no name was compared.")
    if not view.is_compared:
        return gettext("The names are being compared with the lists. Load this page again in a moment.")
    return gettext("Compared with: %(lists)s.") % {"lists": ", ".join(view.lists)}


def _hinders(view: ApplicationView) -> str:
    """Why it cannot be accepted now; empty where nothing hinders."""
    in_force = [one for one in view.hits if one.is_in_force]
    if any(one.decision == "the same" for one in in_force):
        return gettext("A name is on a list: this application can be declined, not accepted.")
    if any(not one.decision for one in in_force):
        return gettext("It can be accepted once each name that is like a listed one is decided.")
    return "" if view.is_compared else gettext("It can be accepted once its names are compared.")


def hit(view: HitView) -> dict[str, object]:
    """A hit with both names, its score, and what was decided."""
    said = {
        "": gettext("Open"),
        "another": gettext("Another"),
        "the same": gettext("The same"),
    }
    decided = ""
    if view.decided_at:
        told = {"name": view.decided_by, "when": figures.minute_utc(view.decided_at)}
        decided = gettext("%(name)s on %(when)s") % told
    return {
        "address": reverse("hit", args=[view.public_id]),
        "about": view.about,
        "about_address": reverse("suspension" if view.is_member else "application", args=[view.about_id]),
        "who": gettext("Member") if view.is_member else gettext("Applicant"),
        "name": view.name,
        "listed_name": view.listed_name,
        "listed_as": view.listed_as if view.listed_as != view.listed_name else "",
        "score": figures.decimal(view.score, 3),
        "list": view.list_name,
        "facts": [
            (gettext("List"), view.list_name),
            (gettext("Number there"), view.reference or gettext("none")),
            (gettext("Kind"), view.kind or gettext("not given")),
            (gettext("Country"), view.country or gettext("not given")),
            (gettext("Programme"), view.programme or gettext("not given")),
            (gettext("Found on"), figures.minute_utc(view.found_at)),
        ],
        "decision": said[view.decision],
        "tone": {"": "warn", "another": "good", "the same": "bad"}[view.decision] if view.is_in_force else "",
        "why": view.why,
        "decided": decided,
        "is_open": not view.decision and view.is_in_force,
        "is_in_force": view.is_in_force,
    }


def loaded(view: ListView) -> dict[str, str]:
    """A list in force."""
    told = {"name": view.loaded_by, "when": figures.minute_utc(view.loaded_at)}
    return {
        "name": view.name,
        "file": view.file_name,
        "sum": view.sha256[:12].upper(),
        "entries": figures.count(view.entry_count),
        "loaded": gettext("%(name)s on %(when)s") % told,
        "compared": figures.minute_utc(view.compared_at) if view.compared_at else gettext("being compared"),
        "retire_said": gettext("Take out of force: %(name)s") % {"name": view.name},
        "retire": reverse("retire_list", args=[view.public_id]),
    }
