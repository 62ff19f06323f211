"""The upload's page in finished strings: state, steps, and what to do now."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures
from bourse.doors.web.listings import changes, reading
from bourse.kit import clock
from bourse.market import queries
from bourse.market.queries import Difference, DifferenceRow, RefusedRowView, UploadView
from bourse.market.queries.uploads import UploadLine
from bourse.members.actor import Actor

MOST_UNREAD = 1_000  # cells that one page looks at


def shown(actor: Actor, view: UploadView, difference: Difference | None) -> dict[str, object]:
    """The upload's state in words, and every part of what was read."""
    said, meaning, tone = _said(view)
    refused = [*queries.refused_rows(actor, view.public_id), *_torn(difference)]
    unread = queries.unread_cells(actor, view.public_id, limit=MOST_UNREAD)
    is_all = not queries.unread_cells(actor, view.public_id, after=len(unread), limit=1)
    return {
        "title": gettext("Upload: %(file)s") % {"file": view.file_name},
        "line": _line(view),
        "said": said,
        "meaning": meaning,
        "tone": tone,
        "steps": steps(view),
        "is_live": view.state == "confirmed",
        "is_open": view.state in ("asking", "ready") and actor.may_trade,
        "is_asking": view.state == "asking" and actor.may_trade,
        "questions_text": _questions(len(view.questions)),
        "answer_text": gettext("Read the file with these answers"),
        "columns": reading.columns(view),
        "columns_text": reading.columns_text(view),
        "cures": reading.cures(refused),
        "refused_text": _refused(_refused_number(view, difference), len(refused)),
        "refused_means": _refused_means(view),
        "unread": reading.unread(unread, view),
        "unread_text": reading.unread_text(len(unread), is_all),
        "notes": view.notes,
        **{f"{act}_address": reverse(act, args=[view.public_id]) for act in ("answer", "confirm", "abandon")},
    }


def difference(view: UploadView, found: Difference | None) -> dict[str, object] | None:
    """What confirming changes, for an upload that can be confirmed."""
    return changes.shown(found, _refused_number(view, found), clock.now()) if found else None


def steps(view: UploadView | None) -> list[dict[str, object]]:
    """Where the file is on its way; nothing is live before the last step."""
    at = {"asking": 1, "ready": 2, "confirmed": 3}.get(view.state if view else "", 0)
    names = [gettext("File"), gettext("Questions"), gettext("Changes"), gettext("Live")]
    return [
        {"text": name, "is_done": place < at, "is_current": place == at} for place, name in enumerate(names)
    ]


def _said(view: UploadView) -> tuple[str, str, str]:
    """What happened, what it means, and the tone of the note."""
    counts = view.counts
    match view.state:
        case "confirmed":
            return _live(counts.new + counts.changed + counts.unchanged), _moved(view), "good"
        case "abandoned":
            return gettext("This file was given up."), gettext("It changed nothing."), ""
        case "waiting" | "reading":
            return gettext("The file is being read."), gettext("Load this page again in a moment."), ""
        case "refused":
            sentence = view.refusal.sentence if view.refusal else ""
            return gettext("The file was not taken."), sentence, "stop"
        case _:
            return (
                gettext("Nothing is live yet."),
                gettext("Your stock stays as it is until you confirm."),
                "own",
            )


def _live(number: int) -> str:
    said = ngettext(
        "%(count)s stone of this file is live.", "%(count)s stones of this file are live.", number
    )
    return said % {"count": figures.count(number)}


def _moved(view: UploadView) -> str:
    shown = {
        name: figures.count(getattr(view.counts, name)) for name in ("new", "changed", "removed", "unchanged")
    }
    said = gettext("%(new)s new, %(changed)s changed, %(removed)s removed, %(unchanged)s unchanged.")
    return said % shown


def _line(view: UploadView) -> str:
    modes = {"replace_all": gettext("whole stock"), "add_and_update": gettext("part of the stock")}
    totals = view.totals
    read = gettext("%(taken)s of %(rows)s taken") % {
        "taken": figures.count(totals.get("taken", 0)),
        "rows": figures.rows(totals.get("rows", 0)),
    }
    return " · ".join([view.format.upper(), read, modes.get(view.mode, ""), figures.minute(view.created_at)])


def _questions(number: int) -> str:
    said = ngettext("%(count)s question", "%(count)s questions", number)
    return said % {"count": figures.count(number)}


def _refused_number(view: UploadView, found: Difference | None) -> int:
    """The rows that the reader refused and, until the confirm, those that the difference refuses too."""
    by_reader = view.totals.get("refused", 0)
    return max(view.counts.refused, by_reader + (found.counts.refused if found else 0))


def _refused_means(view: UploadView) -> str:
    """What becomes of the stones of refused rows, which a file of the whole stock takes off."""
    if view.mode != "replace_all":
        return gettext("The other rows go in without them")
    if view.state == "confirmed":
        return gettext("The other rows went in; a live stone that only a refused row named has left")
    return gettext("The other rows go in; a live stone that only a refused row names leaves")


def _refused(number: int, listed: int) -> str:
    said = ngettext("%(count)s row refused, by cure", "%(count)s rows refused, by cure", number)
    text = said % {"count": figures.count(number)}
    return (
        text
        if listed >= number
        else gettext("%(text)s; the first %(some)s are listed")
        % {"text": text, "some": figures.count(listed)}
    )


def _torn(found: Difference | None) -> list[RefusedRowView]:
    """Rows whose numbers name two of one's listings: refused by the difference, not by the reader."""
    cure = gettext("Correct the stock number or the report number in the file, and upload it again.")
    return [_as_refused(row, cure) for row in found.refused] if found else []


def _as_refused(row: DifferenceRow, cure: str) -> RefusedRowView:
    number = row.supplier_stock_number
    return RefusedRowView(
        row.sheet, row.row, "", number, gettext("one listing for both numbers"), row.why, cure
    )


def waiting(actor: Actor) -> dict[str, str]:
    """The latest file that was left on its way, and how many there are; nothing where none was."""
    open_ones = [line for line in queries.uploads(actor) if line.state in ("asking", "ready")]
    if not open_ones or not actor.may_trade:
        return {}
    said = ngettext("%(count)s file waits for you.", "%(count)s files wait for you.", len(open_ones)) % {
        "count": figures.count(len(open_ones))
    }
    latest = open_ones[0]
    address = reverse("upload_detail", args=[latest.public_id])
    return {"said": said, "file_name": latest.file_name, "address": address}


def upload_line(line: UploadLine) -> dict[str, str]:
    """An upload in the history."""
    states = {
        "waiting": gettext("being read"),
        "reading": gettext("being read"),
        "refused": gettext("not taken"),
        "asking": gettext("has questions"),
        "ready": gettext("waits for your confirmation"),
        "confirmed": gettext("live"),
        "abandoned": gettext("given up"),
    }
    moved = ("new", "changed", "removed")
    # Before the confirm nothing has changed yet, and a zero would read as if nothing would.
    numbers = {
        name: figures.count(getattr(line.counts, name)) if line.state == "confirmed" else "\u2013"
        for name in moved
    }
    return {
        "refused": figures.count(line.counts.refused),
        "address": reverse("upload_detail", args=[line.public_id]),
        "file_name": line.file_name,
        "at": figures.minute(line.created_at),
        "machine": figures.machine(line.created_at),
        "person": line.person_name,
        "state": states.get(line.state, line.state),
        **numbers,
    }
