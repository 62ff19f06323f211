"""Refused rows mended in place: one text for another in a whole column, single cells, rows left out."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from msgspec.structs import replace

from bourse.dialects import Correction
from bourse.dialects.questions import column_letter
from bourse.dialects.reading import LEAVE, Column
from bourse.doors.web import figures, sentences
from bourse.kit.refusal import Refusal
from bourse.market import queries
from bourse.market.queries import Group, RefusedRowView, UploadView
from bourse.members.actor import Actor

MOST_VALUES, MOST_CELLS = 20, 4_000  # of a group, and of all groups: what one form can send back
Place = tuple[str, int, int, str]  # sheet, row, column, what stands there
Found = tuple[str, int, str]  # sheet, column, what stands in its cells


class FormMoved(Refusal):
    """A box came back without what it stands for."""


def groups(found: Sequence[Group], view: UploadView) -> list[dict[str, object]]:
    """The refused rows by cure, with boxes for their cells."""
    heads = {(column.sheet, column.index): column for column in view.columns}
    offered = {field.name: field.words for field in view.fields}
    return [_group(group, heads, offered) for group in within(found, MOST_CELLS)]


def within(found: Sequence[Group], cells: int) -> Iterator[Group]:
    """The groups, with single rows while boxes for their cells are left; all can be mended by their text."""
    for group in found:
        rows = []
        for row in group.rows:
            if len(row.cells) <= cells:
                rows.append(row)
                cells -= len(row.cells)
        yield replace(group, rows=rows)


def _group(
    group: Group, heads: dict[tuple[str, int], Column], offered: dict[str, list[str]]
) -> dict[str, object]:
    column = heads.get((group.sheet, group.index))
    return {
        "count": figures.count(group.count),
        "why": sentences.said(group.why),
        "cure": sentences.said(group.cure),
        "expected": sentences.said(group.expected),
        "column": _column(group),
        "words": offered.get(column.field or "", []) if column else [],
        "values": [_value(group, one.text, one.count) for one in group.values[:MOST_VALUES]]
        if group.index >= 0
        else [],
        "rows": [_row(row, heads) for row in group.rows],
        "show_text": _show(len(group.rows), group.count),
    }


def _column(group: Group) -> str:
    if group.index < 0:
        return group.column
    shown = {"letter": column_letter(group.index), "header": group.column or gettext("no head")}
    return gettext("Column %(letter)s, “%(header)s”") % shown


def _value(group: Group, text: str, count: int) -> dict[str, str]:
    said = ngettext("in %(count)s row", "in %(count)s rows", count) % {"count": figures.count(count)}
    return {
        "text": text,
        "shown": text or gettext("empty"),
        "where": said,
        "find": _sealed(group.sheet, group.index, text),
    }


def _row(row: RefusedRowView, heads: dict[tuple[str, int], Column]) -> dict[str, object]:
    """The row's cells: that which keeps it out first, all others behind a fold."""
    cells = [_cell(row, index, text, heads) for index, text in enumerate(row.cells)]
    return {
        "number": figures.count(row.row),
        "sheet": row.sheet,
        "why": sentences.said(row.why),
        "leave": _sealed(row.sheet, row.row),
        "cell": cells[row.index] if 0 <= row.index < len(cells) else None,
        "others": [cell for index, cell in enumerate(cells) if index != row.index],
    }


def _cell(row: RefusedRowView, index: int, text: str, heads: dict[tuple[str, int], Column]) -> dict[str, str]:
    column = heads.get((row.sheet, index))
    head = (column.header if column else "") or column_letter(index)
    label = gettext("Row %(row)s, %(column)s") % {"row": figures.count(row.row), "column": head}
    return {"head": head, "label": label, "text": text, "at": _sealed(row.sheet, row.row, index, text)}


def _show(shown: int, number: int) -> str:
    if shown < number:
        some = {"some": figures.count(shown), "all": figures.count(number)}
        return gettext("Mend single rows: the first %(some)s of %(all)s") % some
    return ngettext("Mend the row", "Mend single rows: %(count)s", number) % {"count": figures.count(number)}


def corrections(actor: Actor, upload_id: str, sent: QueryDict) -> list[Correction]:
    """Every cell that the form changes: rows left out, texts replaced in a column, then single cells."""
    left = [
        Correction(sheet, row, -1, LEAVE) for sheet, row in _opened(sent.getlist("leave"), tuple[str, int])
    ]
    replaced = [
        correction
        for (sheet, column, found), text in _pairs(sent, "find", "replace", Found)
        if text.strip()
        for correction in queries.corrections_for(actor, upload_id, column, found, text.strip(), sheet)
    ]
    single = [
        Correction(sheet, row, index, text)
        for (sheet, row, index, was), text in _pairs(sent, "at", "text", Place)
        if text != was
    ]
    return [*left, *replaced, *single]


def _pairs(sent: QueryDict, place: str, text: str, kind: Any) -> list[tuple[Any, str]]:
    places, texts = _opened(sent.getlist(place), kind), sent.getlist(text)
    if len(places) != len(texts):
        raise FormMoved(
            gettext("The form came back incomplete. Load the page again and mend the rows once more.")
        )
    return list(zip(places, texts, strict=True))


def _sealed(*parts: object) -> str:
    return msgspec.json.encode(parts).decode()


def _opened(texts: Sequence[str], kind: Any) -> list[Any]:
    try:
        return [msgspec.json.decode(text, type=kind) for text in texts]
    except msgspec.DecodeError as error:
        raise FormMoved(
            gettext("The form came back incomplete. Load the page again and mend the rows once more.")
        ) from error
