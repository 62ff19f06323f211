"""How much a column's cells look like a field's, and whether they can be nothing else."""

import re

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn, parsed_numbers, read_cells
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.fields import FIELDS, Kind
from bourse.dialects.spelling import words_of

BELIEVED, UNMISTAKABLE = 0.5, 0.9
LOOKED_AT = 400
PAIR_OF_SIZES = re.compile(r"^\+?\d+(?:\.\d+)?\s*(?:-|to)\s*\+?\d+(?:\.\d+)?(?:\s*mm)?$", re.IGNORECASE)
FILM = re.compile(r"youtu\.?be|vimeo|v360|\.mp4|\.mov|/video|/embed/", re.IGNORECASE)
# A column whose numbers a spreadsheet shortened to "2.02E+09" is still one of report numbers: each is told.
_REPORT_NUMBER = re.compile(r"(?:(?:LG|lg|US|us)?\s?\d{7,14}[A-Za-z]?|\d(?:[.,]\d+)?E\+\d{1,2})$")
_LONG_NUMBER = re.compile(r"(?:LG|lg|US|us)?\s?\d{8,14}[A-Za-z]?$")
_ADDRESS = re.compile(r"(?:https?:|//|www\.)|\.(?:jpe?g|png|pdf|html?|mp4|gif|tiff?)$", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_./ #+]{1,31}$")
_CODE = re.compile(r"[A-Za-z]|\d[-/.]\d")
_LETTERED = 0.3
_AMOUNT = re.compile(r"\d+[.,]\d+$")


def share_read(raw: RawColumn, field: str, dictionary: Dictionary) -> float:
    """The share of a column's filled cells that make sense as this field, each cell counted as often as it
    stands.
    """
    known = FIELDS[field]
    if known.kind is Kind.IDENTIFIER:
        return share_like(
            raw,
            _REPORT_NUMBER if field == "certificate_no" else _IDENTIFIER,
            lenient=field != "certificate_no",
        )
    if known.kind is Kind.TEXT:
        return share_like(raw, _ADDRESS) if field.endswith("_url") else 1.0
    if known.kind is Kind.MONEY:
        return _share_of_amounts(raw, field)
    few = few_of(raw)
    table, odd, _foreign = read_cells(few, known, dictionary)
    read = sum(count for cell, count in few.filled.items() if table[cell])
    wrong = sum(few.counts[cell] for cell in odd)
    return read / (read + wrong) if read + wrong else 1.0


def few_of(raw: RawColumn) -> RawColumn:
    cells = [cell for cell, _count in zip(raw.counts, range(LOOKED_AT), strict=False)]
    few = RawColumn(raw.sheet, raw.index, raw.header, cells)
    few.counts = {cell: raw.counts[cell] for cell in cells}
    return few


def share_like(raw: RawColumn, pattern: re.Pattern[str], *, lenient: bool = False) -> float:
    few = few_of(raw).filled
    like = sum(count for cell, count in few.items() if pattern.search(text_of(cell)))
    share = like / total if (total := sum(few.values())) else 1.0
    return max(share, BELIEVED) if lenient else share


def _share_of_amounts(raw: RawColumn, field: str) -> float:
    few = few_of(raw)
    numbers, odd, foreign = parsed_numbers(few, field)
    read = sum(few.counts[cell] for cell in numbers) + sum(foreign.values())
    wrong = sum(few.counts[cell] for cell in odd) - sum(foreign.values())
    return read / (read + wrong) if read + wrong else 1.0


def is_unmistakably(raw: RawColumn, field: str, dictionary: Dictionary) -> bool:
    """Whether a column's cells can be nothing but this field: nearly all make sense, and no rival field
    claims them.
    """
    if share_read(raw, field, dictionary) < UNMISTAKABLE:
        return False
    if field in {"depth_pct", "depth_mm"}:
        return True
    if _looks_like_numbers(raw, field):
        return False
    table = read_cells(few_of(raw), FIELDS[field], dictionary)[0].values()
    if sum(1 for said in table if said and said[0] is not None) < 0.5 * len(few_of(raw).filled):
        return False
    if field == "certificate_no":
        return _could_be_reports(raw)
    if field == "measurements":
        return share_like(raw, PAIR_OF_SIZES) < BELIEVED
    rivals = (
        "shape",
        "clarity",
        "color",
        "lab",
        "cut_grade",
        "fluorescence_intensity",
        "girdle",
        "culet_size",
    )
    several = len(raw.filled) >= 2 or any(len(text_of(cell)) >= 3 for cell in raw.filled)
    return several and all(
        share_read(raw, rival, dictionary) < UNMISTAKABLE for rival in rivals if rival != field
    )


def _could_be_reports(raw: RawColumn) -> bool:
    """Whether numbers are long and different enough for reports, under a header that calls them nobody's
    own.
    """
    long = share_like(raw, _LONG_NUMBER) >= UNMISTAKABLE
    own = set(words_of(raw.header)) & {"id", "product", "sku", "item", "code", "key", "phone", "tel"}
    return long and not own and len(raw.filled) >= 0.9 * sum(raw.filled.values())


def _looks_like_numbers(raw: RawColumn, field: str) -> bool:
    return field not in {"measurements", "certificate_no"} and all(
        not isinstance(cell, str) or cell.strip().isdigit() for cell in raw.filled
    )


def could_number_stones(raw: RawColumn) -> bool:
    """Whether every row has a number of its own here, of the kind that houses give to stones."""
    texts = [text_of(cell) for cell in raw.filled]
    every = len(raw.different) == len(raw.cells) and len(texts) > 1
    return every and all(
        not _AMOUNT.match(text) and _IDENTIFIER.match(text) and any(map(str.isdigit, text))
        for text in texts[:LOOKED_AT]
    )


def are_codes(raw: RawColumn) -> bool:
    """Whether every row has a number of its own and some are codes: counts and prices differ from row to
    row too, and have no letters.
    """
    return could_number_stones(raw) and share_like(raw, _CODE) >= _LETTERED
