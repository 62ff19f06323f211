"""How a file is read, as its owner sets it: sheets and heads, what columns hold, what spellings mean."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.dialects import ValueMapping
from bourse.dialects.questions import column_letter
from bourse.dialects.reading import Column, SheetFound
from bourse.dialects.tables.encodings import ENCODINGS
from bourse.doors.web import figures, typed, words
from bourse.market.queries import UploadView

NOTHING, READ, LEAVE = "nothing", "read", "leave"
SURETIES = {
    "known": (_("known head"), "surely"),
    "likely": (_("likely"), "surely"),
    "asked": (_("asked"), "doubt"),
    "yours": (_("yours"), "own"),
    "left aside": (_("left aside"), "quiet"),
}
MOST_SAMPLES = 4
Answers = dict[str, str]
Choices = list[tuple[str, Any]]


class MappingForm(forms.Form):
    """Boxes that each stand for one answer by its key; what was not changed is not answered again."""

    def __init__(self, data: Mapping[str, Any] | None, view: UploadView) -> None:
        super().__init__(data)
        self.view = view
        self._keys: dict[str, str] = {}

    def _box(self, name: str, key: str, field: forms.Field) -> None:
        self._keys[name] = key
        self.fields[name] = field

    @property
    def answers(self) -> Answers:
        """What differs from how the file was read; an empty answer takes an earlier one back."""
        said = {key: str(self.cleaned_data[name]) for name, key in self._keys.items()}
        return {key: answer for key, answer in said.items() if answer != self._as_read(key)}

    def _as_read(self, key: str) -> str:
        return self.view.answers.get(key, "")


class SheetsForm(MappingForm):
    """For each sheet whether it is read and where its heads stand, and how the text is written."""

    def __init__(self, data: Mapping[str, Any] | None, view: UploadView) -> None:
        super().__init__(data, view)
        if len(view.sheets) > 1:
            for place, sheet in enumerate(view.sheets):
                self._box(f"s{place}", f"sheet:{sheet.name}", _read_or_leave(sheet))
        for place, sheet in enumerate(view.sheets):
            self._box(f"h{place}", f"header:{sheet.name}", _head_row(sheet))
        if view.format in ("csv", "tsv", "text"):
            self._box("encoding", "encoding", _encoding(view.answers.get("encoding", "")))

    def clean(self) -> dict[str, Any]:
        """The head's row as a number among the rows of its sheet."""
        for place, sheet in enumerate(self.view.sheets):
            text = self.cleaned_data.get(f"h{place}", "")
            number = typed.whole(text) if text else None
            if text and (number is None or number < 1):
                self.add_error(
                    f"h{place}", gettext("Enter the number of the row that holds the heads, for example 3")
                )
            self.cleaned_data[f"h{place}"] = str(number) if number else ""
            self._spell_as_read(place, sheet)
        return self.cleaned_data

    def _spell_as_read(self, place: int, sheet: SheetFound) -> None:
        """What says the same as the reader found by itself is no answer."""
        said, found = self.cleaned_data, str(sheet.header_row or "")
        if said.get(f"h{place}") == found and f"header:{sheet.name}" not in self.view.answers:
            said[f"h{place}"] = ""
        if (
            said.get(f"s{place}") == (READ if sheet.is_read else LEAVE)
            and f"sheet:{sheet.name}" not in self.view.answers
        ):
            said[f"s{place}"] = ""

    @property
    def sheets(self) -> list[dict[str, object]]:
        """Each sheet with its first rows, the row of heads marked."""
        return [
            {
                "name": sheet.name or gettext("The list"),
                "rows": figures.rows(sheet.rows),
                "is_hidden": sheet.hidden,
                "read": self[f"s{place}"] if f"s{place}" in self.fields else None,
                "head": self[f"h{place}"],
                "lines": _preview(sheet),
            }
            for place, sheet in enumerate(self.view.sheets)
        ]


def _read_or_leave(sheet: SheetFound) -> forms.Field:
    return forms.ChoiceField(
        label=gettext("Sheet “%(name)s”") % {"name": sheet.name},
        choices=[(READ, gettext("Read it")), (LEAVE, gettext("Leave it out"))],
        initial=READ if sheet.is_read else LEAVE,
        required=False,
        widget=forms.RadioSelect,
    )


def _head_row(sheet: SheetFound) -> forms.Field:
    return forms.CharField(
        label=gettext("Row of the heads"),
        required=False,
        max_length=20,
        initial=sheet.header_row or "",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short n", "autocomplete": "off"}),
    )


def _encoding(chosen: str) -> forms.Field:
    found: Choices = [("", gettext("As it was found"))]
    return forms.ChoiceField(
        label=gettext("Letters are written as"),
        choices=[*found, *((name, name.upper()) for name in ENCODINGS)],
        initial=chosen,
        required=False,
    )


def _preview(sheet: SheetFound) -> list[dict[str, object]]:
    return [
        {"number": number, "cells": [cell[:40] for cell in cells[:20]], "is_head": number == sheet.header_row}
        for number, cells in zip(sheet.numbers, sheet.preview, strict=False)
    ]


class ColumnsForm(MappingForm):
    """For each column the field that it holds."""

    def __init__(self, data: Mapping[str, Any] | None, view: UploadView) -> None:
        super().__init__(data, view)
        fields: Choices = [(field.name, words.field(field.name)) for field in view.fields]
        for place, column in enumerate(view.columns):
            self._box(f"c{place}", f"column:{column.key}", _column_box(column, view, fields))

    @property
    def lines(self) -> list[dict[str, object]]:
        """Each column with its head, its first values, how surely it was read, and its box."""
        return [_line(column, self[f"c{place}"]) for place, column in enumerate(self.view.columns)]


def _column_box(column: Column, view: UploadView, fields: Choices) -> forms.Field:
    as_read = words.field(column.field) if column.field else gettext("left aside")
    own = view.answers.get(f"column:{column.key}", "")
    first = gettext("As the exchange reads it") if own else gettext("As read: %(field)s") % {"field": as_read}
    return forms.ChoiceField(
        label=gettext("Column %(letter)s holds") % {"letter": column_letter(column.index)},
        choices=[("", first), (NOTHING, gettext("Leave it aside")), *fields],
        initial=own,
        required=False,
    )


def _line(column: Column, box: forms.BoundField) -> dict[str, object]:
    sure, css = SURETIES.get(str(column.surety), ("", ""))
    return {
        "letter": column_letter(column.index),
        "sheet": column.sheet,
        "header": column.header or gettext("no head"),
        "samples": ", ".join(sample for sample in column.samples[:MOST_SAMPLES] if sample)[:80],
        "sure": sure,
        "sure_css": css,
        "box": box,
    }


class ValuesForm(MappingForm):
    """For each spelling the word that it means."""

    def __init__(self, data: Mapping[str, Any] | None, view: UploadView) -> None:
        super().__init__(data, view)
        offered = {field.name: field.words for field in view.fields}
        self._values = [value for value in view.values if offered.get(value.field)]
        for place, value in enumerate(self._values):
            self._box(f"v{place}", value.key, _value_box(value, offered[value.field], view))

    @property
    def groups(self) -> list[dict[str, object]]:
        """The spellings by field, those that were not read first."""
        placed = sorted(
            enumerate(self._values), key=lambda one: (one[1].field, bool(one[1].word), -one[1].count)
        )
        return [
            _group(field, list(inside), self)
            for field, inside in groupby(placed, key=lambda one: one[1].field)
        ]

    @property
    def unread(self) -> int:
        """How many spellings mean nothing yet."""
        return sum(1 for value in self._values if not value.word)


def _value_box(value: ValueMapping, offered: Sequence[str], view: UploadView) -> forms.Field:
    own = view.answers.get(value.key, "")
    read = (
        gettext("As read: %(word)s") % {"word": words.word(value.word)} if value.word else gettext("Not read")
    )
    return forms.ChoiceField(
        label=gettext("“%(text)s” means") % {"text": value.text},
        choices=[
            ("", gettext("As the exchange reads it") if own else read),
            (NOTHING, gettext("Leave the cell empty")),
            *((word, words.word(word)) for word in offered),
        ],
        initial=own,
        required=False,
    )


def _group(field: str, inside: list[tuple[int, ValueMapping]], form: ValuesForm) -> dict[str, object]:
    lines = [
        {
            "text": value.text or gettext("empty"),
            "count": figures.count(value.count),
            "word": words.word(value.word) if value.word else "",
            "is_own": value.is_own,
            "box": form[f"v{place}"],
        }
        for place, value in inside
    ]
    unread = sum(1 for line in lines if not line["word"])
    return {
        "text": words.field(field),
        "lines": lines,
        "is_open": unread > 0,
        "state": gettext("%(count)s not read") % {"count": figures.count(unread)}
        if unread
        else gettext("all read"),
    }
