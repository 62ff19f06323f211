"""What was read of a file: columns, refused rows by their cure, unread cells by their reason."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from bourse.dialects.questions import column_letter
from bourse.dialects.reading import Column
from bourse.doors.web import figures, sentences, words
from bourse.market.queries import RefusedRowView, UnreadCellView, UploadView

SURE, LIKELY = 0.9, 0.6
MOST_PLACES = 20
MOST_HEADS = 6
MOST_SIGNS = 120  # of a cell: a text of thousands names itself by its beginning


def columns(view: UploadView) -> list[dict[str, str]]:
    """Each column with what it is read as, how surely, and its first values."""
    asked = {(question.sheet, question.index) for question in view.questions}
    return [_column(column, (column.sheet, column.index) in asked) for column in view.columns]


def _column(column: Column, is_asked: bool) -> dict[str, str]:
    sure, css = _sureness(column, is_asked)
    return {
        "letter": column_letter(column.index),
        "header": column.header or gettext("no head"),
        "samples": ", ".join(sample for sample in column.samples[:4] if sample)[:80],
        "field": words.field(column.field) if column.field else gettext("not read"),
        "sure": sure,
        "sure_css": css,
    }


def _sureness(column: Column, is_asked: bool) -> tuple[str, str]:
    if is_asked:
        return gettext("asked above"), "doubt"
    if column.field is None:
        return gettext("no diamond data"), "quiet"
    if column.confidence >= SURE:
        return gettext("sure"), "surely"
    return (
        (gettext("likely"), "surely") if column.confidence >= LIKELY else (gettext("by its values"), "doubt")
    )


def columns_text(view: UploadView) -> str:
    """How many columns were read, and the heads of those that were not: a dealer may miss one."""
    left = [column for column in view.columns if column.field is None]
    read = len(view.columns) - len(left)
    shown = {"read": figures.count(read), "all": figures.count(len(view.columns)), "heads": _heads(left)}
    if not left or not shown["heads"]:
        return gettext("Columns: %(read)s of %(all)s read") % shown
    return gettext("Columns: %(read)s of %(all)s read; not read: %(heads)s") % shown


def _heads(columns: Sequence[Column]) -> str:
    heads = [column.header[:MOST_SIGNS] for column in columns if column.header.strip()]
    named = ", ".join(heads[:MOST_HEADS])
    if len(heads) <= MOST_HEADS:
        return named
    return gettext("%(heads)s and %(more)s more") % {
        "heads": named,
        "more": figures.count(len(heads) - MOST_HEADS),
    }


def cures(rows: Sequence[RefusedRowView]) -> list[dict[str, object]]:
    """The refused rows grouped by cure, the largest group first; each names its places."""
    groups: dict[str, list[RefusedRowView]] = defaultdict(list)
    for row in rows:
        groups[row.cure].append(row)
    largest_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [_cure(cure, found) for cure, found in largest_first]


def _cure(cure: str, rows: list[RefusedRowView]) -> dict[str, object]:
    """One cure; where the reasons differ from row to row, each stands beside its row."""
    reasons = {row.why for row in rows}
    is_one = len(reasons) == 1
    return {
        "count": figures.count(len(rows)),
        "why": sentences.said(reasons.pop() if is_one else cure),
        "cure": sentences.said(cure) if is_one else "",
        "has_reasons": not is_one,
        "show_text": _show(len(rows)),
        "has_sheets": any(row.sheet for row in rows),
        "places": [_place(row) for row in rows[:MOST_PLACES]],
    }


def _place(row: RefusedRowView) -> dict[str, str]:
    return {
        "sheet": row.sheet or "\u2013",
        "row": figures.count(row.row),
        # A column that the file lacks goes by its field's own label, which is a text like others.
        "column": (row.column if row.index >= 0 else row.column and gettext(row.column)) or "\u2013",
        "found": _found(row.found),
        "expected": sentences.said(row.expected),
        "why": sentences.said(row.why),
    }


def _found(text: str) -> str:
    """What stands in a cell, a long text by its beginning and its length."""
    if len(text) <= MOST_SIGNS:
        return text or gettext("empty")
    shown = {"text": text[:MOST_SIGNS], "length": figures.count(len(text))}
    return gettext("%(text)s\u2026 (%(length)s characters)") % shown


def _show(number: int) -> str:
    if number > MOST_PLACES:
        shown = {"some": figures.count(MOST_PLACES), "all": figures.count(number)}
        return gettext("Show the first %(some)s of %(all)s rows") % shown
    return ngettext("Show the row", "Show the %(count)s rows", number) % {"count": figures.count(number)}


def unread(cells: Sequence[UnreadCellView], view: UploadView) -> list[dict[str, object]]:
    """The unread cells grouped by column and reason."""
    heads = {(column.sheet, column.index): column.header for column in view.columns}
    groups: dict[tuple[str, int, str], list[UnreadCellView]] = defaultdict(list)
    for cell in cells:
        groups[cell.sheet, cell.index, cell.why].append(cell)
    largest_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        _unread(heads.get((sheet, index), ""), index, why, found)
        for (sheet, index, why), found in largest_first
    ]


def unread_text(listed: int, is_all: bool) -> str:
    """The heading of the unread cells, which says so where only the first are looked at."""
    if is_all:
        return gettext("Cells that could not be read, by reason")
    said = gettext("Cells that could not be read, by reason; the first %(some)s are counted")
    return said % {"some": figures.count(listed)}


def _unread(header: str, index: int, why: str, cells: list[UnreadCellView]) -> dict[str, object]:
    shown = {"letter": column_letter(index), "header": header or gettext("no head")}
    return {
        "count": figures.count(len(cells)),
        "why": sentences.said(why),
        "column": gettext("Column %(letter)s, “%(header)s”") % shown,
        "show_text": _show(len(cells)),
        "has_sheets": any(cell.sheet for cell in cells),
        "places": [
            {"sheet": cell.sheet or "\u2013", "row": figures.count(cell.row), "found": _found(cell.found)}
            for cell in cells[:MOST_PLACES]
        ],
    }
