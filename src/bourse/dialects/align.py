"""Rows with more or fewer cells than the header: put right where the cells themselves show how, else kept
out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bourse.dialects.cells import Money, Odd, identifier, number, text_of
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.fields import FIELDS, Kind, reader_for
from bourse.dialects.layout import Placed, Row
from bourse.dialects.meaning import Meaning
from bourse.dialects.mending import mended_row
from bourse.dialects.reading import Fault
from bourse.dialects.tables import Cell

Fits = Callable[[Cell], bool]
_SHIFTED = 2
_IN_NO_NUMBER = frozenset(" ,")
_REMARKS = ("member_comment", "cert_comment", "inscription", "key_to_symbols")


@dataclass
class Aligned:
    """A table whose rows all fit its header, and for each row that could not be put right the reason."""

    placed: Placed
    faults: dict[int, Fault] = field(default_factory=dict)
    whole: dict[int, Row] = field(default_factory=dict)  # those rows as they stand, too long or too short


def aligned(placed: Placed, meanings: Sequence[Meaning], dictionary: Dictionary) -> Aligned:
    """The table with its odd rows put right: a cell cut in two by an unquoted comma is made whole again."""
    lengths = placed.rows.lengths()
    width, usual = placed.width, 0 if placed.is_ours else _usual(lengths)
    if not placed.late and all(usual <= length <= width for length in set(lengths)):
        return Aligned(placed)
    checks = [_check_of(meaning, dictionary) for meaning in meanings]
    made, right = Aligned(placed), dict[int, Row]()
    for at, length in enumerate(lengths):
        fixes = placed.late.get(placed.numbers[at])
        if fixes or not usual <= length <= width:
            row, mended = _put_right(placed.rows[at], fixes, checks, meanings)
            if mended is None or (len(row) < usual and _misfits(mended, checks) >= _SHIFTED):
                made.faults[at], made.whole[at] = _fault(len(row), width), row
            right[at] = mended if mended is not None else row[:width]
    made.placed = replace(placed, rows=placed.rows.with_rows(right))
    return made


def _put_right(
    row: Row, fixes: Mapping[int, str] | None, checks: Sequence[Fits | None], meanings: Sequence[Meaning]
) -> tuple[Row, Row | None]:
    """A row and what it becomes with its supplier's corrections: they count the cells of a row that could be
    put right as its columns, and those of any other as they stand.
    """
    mended = _mended(row, checks, meanings)
    if not fixes:
        return row, mended
    if mended is not None:
        return row, mended_row(mended, fixes)[: len(checks)]
    row = mended_row(row, fixes)
    return row, _mended(row, checks, meanings)


def _usual(lengths: Sequence[int]) -> int:
    counts = Counter(lengths)
    return counts.most_common(1)[0][0] if counts else 0


def _mended(row: Row, checks: Sequence[Fits | None], meanings: Sequence[Meaning]) -> Row | None:
    """A row as long as the header: as it stands, without blanks at its end, or with a cut cell made whole."""
    width = len(checks)
    if len(row) <= width:
        return row
    if not any(text_of(cell) for cell in row[width:]) and not _misfits(row[:width], checks):
        return row[:width]
    return _made_whole(row, checks, meanings)


def _made_whole(row: Row, checks: Sequence[Fits | None], meanings: Sequence[Meaning]) -> Row | None:
    """The row with the one cell joined that makes all others fit; None where several ways are as good."""
    extra = len(row) - len(checks)
    ways = {at: _joined(row, at, extra) for at in range(len(checks)) if _is_cut(row, at, extra)}
    if not ways:
        return None
    misfits = {at: _misfits(way, checks) for at, way in ways.items()}
    fewest = min(misfits.values())
    best = [at for at in ways if misfits[at] == fewest]
    if fewest > 1:
        return None
    # People put a space behind a comma in a text, and programs none between cells.
    spaced = [at for at in best if all(str(cell)[:1] == " " for cell in row[at + 1 : at + extra + 1])]
    best = spaced if len(spaced) == 1 else best
    if len(best) > 1:
        remarks = [at for at in best if meanings[at].field in _REMARKS]
        best = remarks if len(remarks) == 1 and _same_but_texts(ways, best, checks) else best
    return ways[best[0]] if len(best) == 1 else None


def _is_cut(row: Row, at: int, extra: int) -> bool:
    """Whether these cells could be one that was cut: words with a comma between them, not a comma at an
    end.
    """
    return all(text_of(cell) for cell in row[at : at + extra + 1])


def _joined(row: Row, at: int, extra: int) -> list[Cell]:
    whole = ",".join(cell if isinstance(cell, str) else text_of(cell) for cell in row[at : at + extra + 1])
    return [*row[:at], whole, *row[at + extra + 1 :]]


def _same_but_texts(ways: dict[int, list[Cell]], best: Sequence[int], checks: Sequence[Fits | None]) -> bool:
    typed = {tuple(cell for cell, fits in zip(ways[at], checks, strict=True) if fits) for at in best}
    return len(typed) == 1


def _misfits(row: Row, checks: Sequence[Fits | None]) -> int:
    return sum(1 for cell, fits in zip(row, checks, strict=False) if fits is not None and not fits(cell))


def _check_of(meaning: Meaning, dictionary: Dictionary) -> Fits | None:
    """Whether a cell makes sense in a column; None for columns of free text, where everything does."""
    if not meaning.fields:
        return None if meaning.raw.filled else _is_empty
    known = FIELDS[meaning.fields[0]]
    if known.kind is Kind.TEXT:
        return _like_an_address if known.name.endswith("_url") else None
    if known.kind in (Kind.WORDS, Kind.FLAG):
        reader = reader_for(known, meaning.raw.header)
        return lambda cell: not isinstance(reader(cell, dictionary), Odd)
    if known.kind is Kind.IDENTIFIER:
        return lambda cell: not _IN_NO_NUMBER & set(str(identifier(cell) or "").strip())
    return lambda cell: _within(cell, known.low, known.high)


def _is_empty(cell: Cell) -> bool:
    return not text_of(cell)


def _like_an_address(cell: Cell) -> bool:
    text = text_of(cell)
    return not text or ("." in text and " " not in text)


def _within(cell: Cell, low: float, high: float) -> bool:
    value = number(cell)
    if isinstance(value, Money):
        return True
    return value is None or (
        not isinstance(value, Odd) and (low <= value <= high or low <= value * 100 <= high)
    )


def _fault(found: int, width: int) -> Fault:
    if found > width:
        return Fault(
            "", f"{found} cells", f"{width} cells",
            f"The row has {found} cells and the header {width}; it cannot be told which of them belong "
            "together.",
            "Put cells that hold a comma in quotes, then upload again.",
        )  # fmt: skip
    return Fault(
        "", f"{found} cells", f"{width} cells",
        f"The row has only {found} cells and the header {width}, and its cells do not fit the "
        "columns above them.",
        "Fill in the cells that are missing, then upload again.",
    )  # fmt: skip
