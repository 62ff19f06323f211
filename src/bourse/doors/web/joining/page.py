"""What somebody said of his firm, and what became of it, in finished strings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from bourse.doors.web import figures
from bourse.doors.web.countries import country
from bourse.doors.web.joining.names import NATURES, SAID, SIZES, TRADES
from bourse.members.queries.joining import NoteView


def said(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each thing that the firm said."""
    told = dict(values) | {
        "address": ", ".join(
            filter(None, (values["street"], values["postcode"], values["city"], country(values["country"])))
        ),
        "nature": str(NATURES.get(values["nature"], values["nature"])),
        "size": str(SIZES.get(values["size"], values["size"])),
        "trades": ", ".join(str(TRADES.get(one, one)) for one in values["trades"]),
        "sides": sides(values),
        "associations": "; ".join(values["associations"]),
    }
    return [(str(text), told[name] or gettext("not given")) for name, text in SAID.items()]


def sides(values: Mapping[str, Any]) -> str:
    """Whether the firm wants to buy, to sell, or both."""
    if values["buys"] and values["sells"]:
        return gettext("Buys and sells")
    return gettext("Buys") if values["buys"] else gettext("Sells")


def record(notes: Sequence[NoteView], *, own: bool) -> list[dict[str, str]]:
    """What was asked, answered and decided, oldest first; `own` speaks to the applicant."""
    heads = {
        "note": gettext("Note"),
        "request": gettext("You were asked") if own else gettext("Asked for more"),
        "answer": gettext("You answered") if own else gettext("The applicant answered"),
        "decision": gettext("Decision") if own else gettext("Told to the applicant"),
    }
    return [
        {
            "kind": note.kind,
            "head": heads[note.kind],
            "text": note.text or gettext("No words were written."),
            "by": "" if own else note.by or gettext("the applicant"),
            "at": figures.minute_utc(note.at),
            "machine": figures.machine(note.at),
        }
        for note in notes
        if note.text or not own
    ]


STANDS = ("new", "more wanted", "answered", "accepted", "declined", "withdrawn")


def stand(state: str) -> tuple[str, str, str]:
    """How the application stands, what that means for the applicant, and the tone of the note."""
    told = {
        "new": (
            gettext("Your application is with us."),
            gettext("A person reads it. You are told by mail when something is asked or decided."),
            "",
        ),
        "more wanted": (
            gettext("We want to know more."),
            gettext("Read what is asked, and answer below."),
            "warn",
        ),
        "answered": (gettext("Your answer is with us."), gettext("A person reads it."), ""),
        "accepted": (gettext("You are a member."), "", "good"),
        "declined": (gettext("Your application was declined."), "", "bad"),
        "withdrawn": (
            gettext("You withdrew this application."),
            gettext("You may send another at any time."),
            "",
        ),
    }
    return told[state]
