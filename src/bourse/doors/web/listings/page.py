"""The upload's page in finished strings: state, steps, and what to do now."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bourse.dialects import FieldName, field_names
from bourse.doors.web import figures, sentences
from bourse.doors.web.listings import changes, reading
from bourse.kit import clock
from bourse.market import queries
from bourse.market.queries import Difference, DifferenceRow, RefusedRowView, UploadView
from bourse.market.queries.uploads import UploadLine
from bourse.members.actor import Actor

MOST_UNREAD = 1_000  # cells that one page looks at
ACTS = (
    "answer",
    "confirm",
    "abandon",
    "restore",
    "upload_rows",
    "upload_columns",
    "upload_values",
    "upload_changes",
)


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
        "progress": progress(view),
        "held": sentences.said(view.held_because),
        "can_restore": view.state == "confirmed" and actor.may_trade,
        "is_restore": view.kind == "restore",
        "has_refused": bool(view.totals.get("refused", 0)),
        "is_live": view.state == "confirmed",
        "is_open": view.state in ("asking", "ready") and actor.may_trade,
        "id": view.public_id,
        "may_stop": view.state in ("waiting", "reading", "asking", "ready") and actor.may_trade,
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
        "notes": [sentences.said(note) for note in view.notes],
        **{f"{act}_address": reverse(act, args=[view.public_id]) for act in ACTS},
    }


def difference(view: UploadView, found: Difference | None) -> dict[str, object] | None:
    """What confirming changes, for an upload that can be confirmed."""
    return changes.shown(found, _refused_number(view, found), clock.now()) if found else None


STEPS = ("file", "sheets", "columns", "values", "rows", "changes", "live")
NAMED = {
    "sheets": "upload_sheets",
    "columns": "upload_columns",
    "values": "upload_values",
    "rows": "upload_rows",
}


def steps(view: UploadView | None, at: str = "") -> list[dict[str, object]]:
    """Where the file is on its way; one can go back to any step, and nothing is live before the last."""
    names = {
        "file": gettext("File"),
        "sheets": gettext("Sheet"),
        "columns": gettext("Columns"),
        "values": gettext("Values"),
        "rows": gettext("Rows"),
        "changes": gettext("Changes"),
        "live": gettext("Live"),
    }
    here = at or _step(view)
    shown = [
        name
        for name in STEPS
        if view is None or view.kind != "restore" or name in ("file", "changes", "live")
    ]
    place = shown.index(here)
    return [
        {
            "text": names[name],
            "is_done": shown.index(name) < place,
            "is_current": name == here,
            "address": _to(view, name),
        }
        for name in shown
    ]


def _step(view: UploadView | None) -> str:
    """The step of the upload's own page."""
    if view is None or view.state in ("waiting", "reading", "refused"):
        return "file"
    return "live" if view.state == "confirmed" else "changes"


def _to(view: UploadView | None, step: str) -> str:
    """The step's address while the file is open; the steps before it are not lost by going back."""
    if view is None or view.state not in ("asking", "ready"):
        return ""
    if step == "changes":
        return reverse("upload_detail", args=[view.public_id])
    return reverse(NAMED[step], args=[view.public_id]) if step in NAMED else ""


def progress(view: UploadView) -> dict[str, object]:
    """How far the reading is: what is done, how fast, how long it will go on."""
    stages = {
        "waiting": gettext("Waits for its turn"),
        "reading": gettext("The file is opened and its columns are found"),
        "storing": gettext("Its rows are kept, to be compared with your stock"),
    }
    left = view.seconds_left
    return {
        "is_going": view.state in ("waiting", "reading"),
        "address": reverse("upload_progress", args=[view.public_id]),
        "stage": stages.get(view.stage or view.state, stages["reading"]),
        "done": str(view.rows_done),
        "all": str(view.rows_total or ""),
        "rows": gettext("%(done)s of %(all)s")
        % {"done": figures.count(view.rows_done), "all": figures.rows(view.rows_total)}
        if view.rows_total
        else "",
        "pace": gettext("%(rows)s a second") % {"rows": figures.rows(view.rows_per_s)}
        if view.rows_per_s
        else "",
        "left": ngettext("about %(count)s second left", "about %(count)s seconds left", left)
        % {"count": figures.count(left)}
        if left is not None
        else "",
    }


def offered_fields() -> list[FieldName]:
    """The fields that a list may have, as people call them."""
    return list(field_names())


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
            sentence = sentences.said(view.refusal.sentence) if view.refusal else ""
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
        "kind": {"restore": gettext("restore"), "feed": gettext("feed"), "pasted": gettext("pasted")}.get(
            line.kind, ""
        ),
        **numbers,
    }
