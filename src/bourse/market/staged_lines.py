"""The taken rows of a file as lines of COPY; a row that no listing can hold is refused by name. Pure."""

from collections.abc import Iterator
from itertools import compress

from bourse.dialects import Block, Column, TakenStone
from bourse.dialects.reading import UnreadCell
from bourse.kit.public_id import public_ids
from bourse.market import addresses
from bourse.market.claim_lines import REFUSED, Cells, ClaimLines
from bourse.market.claims import Asked, Claims, claims_of
from bourse.market.lines import ROWS_AT_ONCE, Refusal, cell, compressed
from bourse.market.values import NotStorable

STAGED = ("sheet", "row", "listing_public_id", "stone_public_id", *Claims._fields)
LONGEST_SHEET = 100
TOO_MUCH = "A listing here does not hold this value."
CURE = "Correct the row and send it again."

_STOCK_KEY, _REPORT_KEY = Claims._fields.index("stock_key"), Claims._fields.index("report_key")
_KEYS = (
    (_STOCK_KEY, "stock_no", "stock number"),
    (_REPORT_KEY, "certificate_no", "laboratory and report number"),
)


class StagedLines:
    """Makes the lines of one file's rows.

    What it had to refuse is in `refused`; in `unread` are the cells without which rows are listed.
    """

    def __init__(self, columns: list[Column]) -> None:
        self.refused: list[Refusal] = []
        self.unread: list[UnreadCell] = []
        self._claims = ClaimLines()
        self._columns = {(column.sheet, column.field): column for column in columns}
        self._fields: dict[str, dict[int, str | None]] = {}
        for column in columns:
            self._fields.setdefault(column.sheet, {})[column.index] = column.field
        self._first: dict[int, dict[str, int]] = {place: {} for place, _, _ in _KEYS}

    def of(self, block: Block) -> Iterator[tuple[int, bytes]]:
        """The lines of STAGED of the rows that can be listed, in compressed slices, and how many."""
        taken = [place for place, fault in enumerate(block.fault_of) if fault < 0]
        for start in range(0, len(taken), ROWS_AT_ONCE):
            yield self._slice(block, taken[start : start + ROWS_AT_ONCE])

    def _slice(self, block: Block, places: list[int]) -> tuple[int, bytes]:
        values = {name: [column[at] for at in places] for name, column in block.values.items()}
        cells = self._claims.cells(values, _asked(block, places), len(places))
        numbers = [block.numbers[at] for at in places]
        fit = self._fit(block, places, cells, numbers)
        self._tell_addresses(block, list(compress(places, fit)))
        count, names = sum(fit), iter(public_ids(2 * len(places)))
        sheet = cell(block.sheet[:LONGEST_SHEET])
        heads = (f"{sheet}\t{number}\t{next(names)}\t{next(names)}" for number in numbers)
        lines = map("\t".join, zip(heads, *cells, strict=True))
        return count, compressed(lines if count == len(fit) else compress(lines, fit))

    def _fit(self, block: Block, places: list[int], cells: list[Cells], numbers: list[int]) -> list[bool]:
        """Of each row, whether it is listed: its claims hold, and its number and report are not taken yet."""
        hit = [column for column in cells if REFUSED in column]
        odd = {nth for column in hit for nth, one in enumerate(column) if one == REFUSED}
        if not odd and self._are_new(cells, numbers):
            return [True] * len(places)
        keys = list(zip(*(cells[place] for place, _, _ in _KEYS), strict=True))
        return [
            self._has_claims(_stone(block, at)) if nth in odd else self._is_first(block, at, keys[nth])
            for nth, at in enumerate(places)
        ]

    def _are_new(self, cells: list[Cells], numbers: list[int]) -> bool:
        """Whether no key stands twice; then all are kept."""
        found = []
        for place, first in self._first.items():
            keys = dict(zip(cells[place], numbers, strict=True))
            if len(keys) + max(cells[place].count("") - 1, 0) < len(numbers):
                return False
            keys.pop("", None)
            if not first.keys().isdisjoint(keys):
                return False
            found.append((first, keys))
        for first, keys in found:
            first.update(keys)
        return True

    def _has_claims(self, stone: TakenStone) -> bool:
        """Whether a listing can hold the row; it is refused if none can."""
        try:
            _claims(stone)
        except NotStorable as error:
            self._refuse(stone, error.field, error.found, error.expected, error.why or TOO_MUCH)
            return False
        return True

    def _is_first(self, block: Block, at: int, keys: tuple[str, ...]) -> bool:
        """Whether no earlier row took this number or report: the reader asks, here is the wall."""
        for (place, field, name), key in zip(_KEYS, keys, strict=True):
            if key and (first := self._first[place].get(key)) is not None:
                stone = _stone(block, at)
                found = str(_claims(stone)[place])
                why = f"Row {first} of the same file has the same {name}."
                self._refuse(stone, field, found, "one row for each stone", why)
                return False
        for (place, _, _), key in zip(_KEYS, keys, strict=True):
            if key:
                self._first[place][key] = block.numbers[at]
        return True

    def _tell_addresses(self, block: Block, listed: list[int]) -> None:
        """Of each address that is not kept; market.claims leaves it out."""
        for field in addresses.ADDRESSES:
            column = block.values.get(field, [])
            for at in listed if column else ():
                if value := column[at]:
                    self._tell_address(block, at, field, addresses.given(value))

    def _tell_address(self, block: Block, at: int, field: str, texts: list[str]) -> None:
        header, index = self._header(block.sheet, field)
        for text in texts:
            if why := addresses.why_not(text):
                self.unread.append(
                    UnreadCell(
                        sheet=block.sheet,
                        row=block.numbers[at],
                        index=index,
                        found=text,
                        why=why,
                        column=header,
                        expected=addresses.EXPECTED,
                        cure=addresses.CURE,
                    )
                )

    def _header(self, sheet: str, field: str) -> tuple[str, int]:
        """The header of the field's column and its place."""
        column = self._columns.get((sheet, field))
        return (column.header, column.index) if column else (field, -1)

    def _refuse(self, stone: TakenStone, field: str, found: str, expected: str, why: str) -> None:
        header, index = self._header(stone.sheet, field)
        cells = self._cells(stone)
        self.refused.append(Refusal(stone.sheet, stone.row, header, found, expected, why, CURE, index, cells))

    def _cells(self, stone: TakenStone) -> list[str]:
        """The row as texts of what was read of it, under its own headers: the file itself is gone by now."""
        fields = self._fields.get(stone.sheet, {})
        return [_words(stone.values.get(fields.get(at) or "")) for at in range(max(fields, default=-1) + 1)]


def _asked(block: Block, places: list[int]) -> list[list[object]]:
    """The columns of Asked."""
    rates = [block.rates[rate] if rate >= 0 else None for rate in block.rate_of] if block.rate_of else []
    some = [rates[at] for at in places] if rates else [None] * len(places)
    return [
        [block.ask_cents[at] for at in places],
        [block.cash_cents[at] for at in places] if block.cash_cents else [None] * len(places),
        [rate.currency if rate else "" for rate in some],
        [rate.dollars if rate else None for rate in some],
        [rate.day if rate else None for rate in some],
    ]


def _claims(stone: TakenStone) -> Claims:
    asked = Asked(stone.ask_cents, stone.cash_cents, stone.priced_in, stone.rate, stone.rate_date)
    return claims_of(stone.values, asked)


def _stone(block: Block, at: int) -> TakenStone:
    rate = block.rate_of[at] if block.rate_of else -1
    return TakenStone(
        block.sheet,
        block.numbers[at],
        block.row(at),
        block.ask_cents[at],
        block.asks[at],
        block.cash_cents[at] if block.cash_cents else None,
        block.rates[rate] if rate >= 0 else None,
    )


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        return "-".join(map(str, value))
    return "" if value is None else str(value)
