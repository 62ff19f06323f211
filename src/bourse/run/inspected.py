"""A reading as a person at a terminal reads it: columns, totals, what was refused and why, what is still
open.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bourse.dialects import (
    Column,
    DoubtfulCell,
    Question,
    Reading,
    RefusedRow,
    SheetFound,
    UnreadCell,
    ValueMapping,
)

_BOLD, _DIM, _AMBER, _GREEN, _PLAIN = "\033[1m", "\033[2m", "\033[33m", "\033[32m", "\033[0m"
_WIDEST, _LINE = 34, 110
_LEAST_SAMPLE, _MOST_SAMPLE = 12, 60
_MOST_GROUPS, _FIRST_ROWS = 20, 5


def report(name: str, reading: Reading, *, in_colour: bool, width: int | None = None) -> str:
    """The whole report on one file, with or without a terminal's colours, in lines that fit its width."""
    paint = _Paint(in_colour, width)
    headers = {(column.sheet, column.index): column.header for column in reading.columns}
    parts = [
        _head(name, reading, paint),
        *_sheets(reading.sheets, paint),
        *_columns(reading, paint),
        *_questions(reading.questions, paint),
        *_refused(list(reading.refused()), paint),
        *_unread(list(reading.unread()), headers, paint),
        *_doubtful(list(reading.doubtful()), paint),
        *_spellings(reading.values, paint),
        *_notes(reading.notes, paint),
    ]
    return "\n".join(parts)


class _Paint:
    """Puts a terminal's colours around words, or leaves them plain, and keeps lines within its width."""

    def __init__(self, in_colour: bool, width: int | None) -> None:
        self._in_colour = in_colour
        self.width = width

    def lines(self, text: str, indent: int, hang: int = 2) -> list[str]:
        """A sentence over as many lines as it needs: one where nobody's screen bounds it."""
        first, rest = " " * indent, " " * (indent + hang)
        if self.width is None:
            return [first + text]
        return textwrap.wrap(
            text, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )

    def marked(self, mark: str, text: str) -> list[str]:
        """Such a sentence behind a mark that stands out."""
        first, *rest = self.lines(f"{mark} {text}", 2, len(mark) + 1)
        return [first.replace(mark, self.amber(mark), 1), *rest]

    def bold(self, text: str) -> str:
        """A heading."""
        return self._wrap(_BOLD, text)

    def dim(self, text: str) -> str:
        """Something beside the point."""
        return self._wrap(_DIM, text)

    def amber(self, text: str) -> str:
        """Something that waits for the reader."""
        return self._wrap(_AMBER, text)

    def green(self, text: str) -> str:
        """Something that is well."""
        return self._wrap(_GREEN, text)

    def _wrap(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._in_colour and text else text


def _head(name: str, reading: Reading, paint: _Paint) -> str:
    rows, taken = reading.row_count, reading.taken_count
    kind = ", ".join(filter(None, [reading.format, reading.encoding, _delimiter(reading.delimiter)]))
    counts = f"{rows:,} rows: {paint.green(f'{taken:,} taken')}, {rows - taken:,} refused"
    asked = len(reading.questions)
    return f"{paint.bold(name)} ({kind})\n{counts}, {asked} open question{'' if asked == 1 else 's'}"


def _delimiter(sign: str | None) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}.get(sign or "", "")


def _sheets(sheets: Sequence[SheetFound], paint: _Paint) -> Iterator[str]:
    """A line for each sheet, where there are several or the one has its headers further down."""
    if len(sheets) < 2 and all(sheet.header_row in (None, sheet.numbers[0]) for sheet in sheets):
        return
    yield ""
    yield paint.bold("Sheets")
    for sheet in sheets:
        named = f"“{sheet.name}”" if sheet.name else "the list"
        where = f"headers in row {sheet.header_row}" if sheet.header_row else "no header row"
        state = "read" if sheet.is_read else "hidden, not read" if sheet.hidden else "not read"
        yield f"  {named}: {sheet.rows:,} rows, {where}, {state}"


def _doubtful(cells: Sequence[DoubtfulCell], paint: _Paint) -> Iterator[str]:
    if cells:
        yield ""
        yield paint.bold(f"Cells read with a doubt: {len(cells):,}")
    kinds: dict[tuple[str, str], list[DoubtfulCell]] = {}
    for cell in cells:
        kinds.setdefault((cell.column, cell.why), []).append(cell)
    for alike in kinds.values():
        first = alike[0]
        where = f"in column “{first.column}”, {_rows_of(cell.row for cell in alike)}"
        yield from paint.marked(f"{len(alike):,} x", f"“{_short(first.found)}” {where}: {first.why}")
        yield from paint.lines(f"Cure: {first.cure}", 6)


def _spellings(values: Sequence[ValueMapping], paint: _Paint) -> Iterator[str]:
    """The spellings without a word, each with the answer that would give it one; and the supplier's own."""
    shown = [value for value in values if value.is_own or not value.word]
    if shown:
        yield ""
        yield paint.bold("Spellings without a word")
    for value in shown[:_MOST_GROUPS]:
        said = f"is {value.word or 'nothing'}, as you say" if value.is_own else "is not known"
        yield from paint.lines(
            f"“{_short(value.text)}” ({value.count:,} x) in “{_short(value.header)}” {said}", 2
        )
        if not value.is_own:
            yield from paint.lines(f"--answer '{value.key}=…'", 6)
    if len(shown) > _MOST_GROUPS:
        yield paint.dim(f"  and {len(shown) - _MOST_GROUPS:,} other spellings; --json names every one")


def _columns(reading: Reading, paint: _Paint) -> Iterator[str]:
    for sheet in dict.fromkeys(column.sheet for column in reading.columns):
        yield ""
        yield paint.bold(f"Columns of sheet {sheet}" if sheet else "Columns")
        yield from _table([column for column in reading.columns if column.sheet == sheet], paint)


def _table(columns: Sequence[Column], paint: _Paint) -> Iterator[str]:
    """A line for each column that has a field, then the others in one breath."""
    read = [column for column in columns if column.field]
    headers = [_short(column.header) or "(no header)" for column in read]
    wide = max(map(len, headers), default=0)
    named = max((len(column.field or "") for column in read), default=0)
    room = max(_LEAST_SAMPLE, (paint.width or _LINE) - wide - named - 12)
    for column, header in zip(read, headers, strict=True):
        samples = paint.dim(_short(", ".join(column.samples), min(room, _MOST_SAMPLE)))
        yield f"  {header:<{wide}}  {column.field:<{named}}  {column.surety:<6}  {samples}".rstrip()
    if aside := [_short(column.header) or "(no header)" for column in columns if not column.field]:
        text = f"Left aside ({len(aside)}): {', '.join(aside)}"
        yield from textwrap.wrap(text, paint.width or _LINE, initial_indent="  ", subsequent_indent="    ")


def _short(text: str, most: int = _WIDEST) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _questions(questions: Sequence[Question], paint: _Paint) -> Iterator[str]:
    if questions:
        yield ""
        yield paint.bold("Open questions")
    for question in questions:
        yield from paint.marked("?", question.why)
        for option in question.options:
            value = f"{option.value}:1.0842:2026-11-24" if option.value == question.typed else option.value
            yield from paint.lines(f"--answer '{question.key}={value}'   {option.sentence}", 6)


def _refused(rows: Sequence[RefusedRow], paint: _Paint) -> Iterator[str]:
    groups: dict[tuple[str, str], list[RefusedRow]] = {}
    for row in rows:
        groups.setdefault((row.cure, row.column), []).append(row)
    yield from _grouped("Refused rows", sorted(groups.values(), key=len, reverse=True), paint)


def _grouped(title: str, groups: Sequence[Sequence[RefusedRow]], paint: _Paint) -> Iterator[str]:
    if groups:
        yield ""
        yield paint.bold(title)
    for group in groups[:_MOST_GROUPS]:
        yield from paint.marked(f"{len(group):,}", f"{_rows_of(row.row for row in group)}: {group[0].why}")
        yield from paint.lines(f"Cure: {group[0].cure}", 6)
    if rest := sum(map(len, groups[_MOST_GROUPS:])):
        yield paint.dim(f"  and {rest:,} more rows with other reasons; --json names every one")


def _rows_of(numbers: Iterable[int]) -> str:
    shown = list(numbers)
    first = ", ".join(map(str, shown[:_FIRST_ROWS]))
    word = "row" if len(shown) == 1 else "rows"
    return f"{word} {first}{' …' if len(shown) > _FIRST_ROWS else ''}"


def _unread(
    cells: Sequence[UnreadCell], headers: Mapping[tuple[str, int], str], paint: _Paint
) -> Iterator[str]:
    if cells:
        yield ""
        yield paint.bold(f"Cells that could not be read: {len(cells):,} (the rest of their rows is taken)")
    kinds = Counter((cell.sheet, cell.index, cell.found, cell.why) for cell in cells)
    first = {(cell.sheet, cell.index, cell.found, cell.why): cell.row for cell in reversed(cells)}
    for kind, count in kinds.most_common(_MOST_GROUPS):
        sheet, index, found, why = kind
        place = (
            f"in column “{headers[sheet, index]}”, {'row' if count == 1 else 'first in row'} {first[kind]}"
        )
        yield from paint.marked(f"{count:,} x", f"“{_short(found)}” {place}: {why}")
    if len(kinds) > _MOST_GROUPS:
        yield paint.dim(f"  and {len(kinds) - _MOST_GROUPS:,} other cells; --json names every one")


def _notes(notes: Sequence[str], paint: _Paint) -> Iterator[str]:
    if notes:
        yield ""
        yield paint.bold("Notes")
    for note in notes:
        yield from paint.lines(note, 2, 0)
