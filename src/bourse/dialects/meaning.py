"""Which field each column holds: what its header says, held against what its cells say.

A header that names one field is believed unless the cells speak against it. One that may mean several is
settled
by the cells. Where the header says nothing, only cells of an unmistakable kind are believed, and only for a
field that a stone cannot do without. Prices are left open here: arithmetic between columns settles those.
"""

import re
from collections.abc import Sequence

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn, parsed_numbers, read_cells
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.fields import FIELDS, Kind
from bourse.dialects.headers import EXACT, Hint, hint_of
from bourse.dialects.numeric import Meaning, find_by_numbers
from bourse.dialects.spelling import words_of

PRICES = frozenset({"price_per_carat", "total_price", "list_price", "discount_pct", "cost"})
_BELIEVED, _CLEAR_LEAD = 0.5, 0.25
_SOME_READ, _HARDLY_FILLED = 0.1, 0.2
_BY_VALUES, _BY_VALUES_ALONE = 0.9, 0.7
_UNMISTAKABLE = 0.9
_VALUES_ALONE = (
    "shape", "clarity", "color", "lab", "measurements", "certificate_no", "girdle", "fluorescence_intensity"
)  # fmt: skip
_REPORT_NUMBER = re.compile(r"(?:LG|lg|US|us)?\s?\d{7,14}[A-Za-z]?$")
_PAIR_OF_SIZES = re.compile(r"^\+?\d+(?:\.\d+)?\s*(?:-|to)\s*\+?\d+(?:\.\d+)?(?:\s*mm)?$", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"^(?:https?:)?//")
_LONG_NUMBER = re.compile(r"(?:LG|lg|US|us)?\s?\d{8,14}[A-Za-z]?$")
_ADDRESS = re.compile(r"(?:https?:|//|www\.)|\.(?:jpe?g|png|pdf|html?|mp4|gif|tiff?)$", re.IGNORECASE)
_FILM = re.compile(r"youtu\.?be|vimeo|v360|\.mp4|\.mov|/video|/embed/", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_./ #+]{1,31}$")
_AMOUNT = re.compile(r"\d+[.,]\d+$")
_LOOKED_AT = 400


def meanings_of(raws: Sequence[RawColumn], dictionary: Dictionary) -> list[Meaning]:
    """Every column with the fields that its header and its cells leave possible."""
    meanings = [_first_look(raw, hint_of(raw.header, dictionary), dictionary) for raw in raws]
    _settle_by_what_is_taken(meanings)
    _choose_the_stock_number(meanings)
    _find_what_is_missing(meanings, dictionary)
    if not any(raw.header for raw in raws):
        _find_makes(meanings, dictionary)
    find_by_numbers(meanings)
    return meanings


def _first_look(raw: RawColumn, hint: Hint, dictionary: Dictionary) -> Meaning:
    if not hint.fields:
        return Meaning(raw, (), 0.0)
    if not raw.filled:
        return Meaning(
            raw, () if hint.fields == ("growth_type",) and _is_generic(raw) else hint.fields, hint.confidence
        )
    if (neighbour := _neighbour(raw, hint.fields, dictionary)) is not None:
        return Meaning(raw, (neighbour,), _BY_VALUES)
    if "size_range" in hint.fields and _share_like(raw, _PAIR_OF_SIZES) > _BELIEVED:
        return Meaning(raw, ("size_range",), _BY_VALUES)
    shares = {field: share_read(raw, field, dictionary) for field in hint.fields}
    if hint.confidence == EXACT and hint.settles and _may_stand(raw, shares[hint.fields[0]]):
        return Meaning(raw, hint.fields, hint.confidence)
    fitting = tuple(field for field in hint.fields if shares[field] >= _BELIEVED)
    if len(fitting) < 2 or _are_prices(fitting):
        return Meaning(
            raw, fitting, hint.confidence if fitting == hint.fields else min(hint.confidence, _BY_VALUES)
        )
    ranked = sorted(fitting, key=lambda field: (-shares[field], FIELDS[field].high - FIELDS[field].low))
    if set(fitting) == {"depth_pct", "depth_mm"} and shares[ranked[0]] >= _UNMISTAKABLE:
        return Meaning(raw, (ranked[0],), _BY_VALUES)
    if shares[ranked[0]] - shares[ranked[1]] >= _CLEAR_LEAD:
        return Meaning(raw, (ranked[0],), _BY_VALUES)
    return Meaning(raw, fitting, hint.confidence)


# Fields whose headers houses mix up, told apart by the cells.
_NEIGHBOURS = {
    "depth_pct": "depth_mm",
    "depth_mm": "depth_pct",
    "carat": "measurements",
    "lab": "certificate_no",
    "certificate_no": "lab",
    "cut_grade": "shape",
    "shape": "cut_grade",
}


def _neighbour(raw: RawColumn, fields: tuple[str, ...], dictionary: Dictionary) -> str | None:
    """The field beside the header's, where the cells plainly belong there: a film under a report, millimetres
    under a percentage.
    """
    if len(fields) > 1:
        return None
    own = fields[0]
    if own == "certificate_url" and _share_like(raw, _FILM) > _BELIEVED:
        return "video_url"
    if own in {"girdle_min", "girdle_max"} and _share_of_spans(raw, own, dictionary) > _BELIEVED:
        return "girdle"
    if own == "carat" and _share_like(raw, _PAIR_OF_SIZES) > _BELIEVED:
        return "size_range"
    beside = _NEIGHBOURS.get(own)
    if beside is None or share_read(raw, own, dictionary) > _SOME_READ:
        return None
    return beside if is_unmistakably(raw, beside, dictionary) else None


def _share_of_spans(raw: RawColumn, own: str, dictionary: Dictionary) -> float:
    table, _odd, _foreign = read_cells(_few(raw), FIELDS[own], dictionary)
    spans = sum(raw.counts[cell] for cell, ends in table.items() if ends and ends[0] and ends[1])
    return spans / sum(raw.filled.values())


def _is_generic(raw: RawColumn) -> bool:
    """Whether a header only says that there are kinds, not of what: "Type", "Product Type"."""
    return set(words_of(raw.header)) <= {"type", "product", "stone", "gem", "diamond", "item", "kind"}


def _may_stand(raw: RawColumn, share: float) -> bool:
    """Whether a header of one known meaning is believed although most of its few cells are not understood."""
    return share > _SOME_READ or sum(raw.filled.values()) < _HARDLY_FILLED * sum(raw.counts.values())


def _are_prices(fields: tuple[str, ...]) -> bool:
    return any(field in PRICES for field in fields)


def share_read(raw: RawColumn, field: str, dictionary: Dictionary) -> float:
    """The share of a column's filled cells that make sense as this field, each cell counted as often as it
    stands.
    """
    known = FIELDS[field]
    if known.kind is Kind.IDENTIFIER:
        return _share_like(
            raw,
            _REPORT_NUMBER if field == "certificate_no" else _IDENTIFIER,
            lenient=field != "certificate_no",
        )
    if known.kind is Kind.TEXT:
        return _share_like(raw, _ADDRESS) if field.endswith("_url") else 1.0
    if known.kind is Kind.MONEY:
        return _share_of_amounts(raw, field)
    few = _few(raw)
    table, odd, _foreign = read_cells(few, known, dictionary)
    read = sum(count for cell, count in few.filled.items() if table[cell])
    wrong = sum(few.counts[cell] for cell in odd)
    return read / (read + wrong) if read + wrong else 1.0


def _few(raw: RawColumn) -> RawColumn:
    cells = [cell for cell, _count in zip(raw.counts, range(_LOOKED_AT), strict=False)]
    few = RawColumn(raw.sheet, raw.index, raw.header, cells)
    few.counts = {cell: raw.counts[cell] for cell in cells}
    return few


def _share_like(raw: RawColumn, pattern: re.Pattern[str], *, lenient: bool = False) -> float:
    few = _few(raw).filled
    like = sum(count for cell, count in few.items() if pattern.search(text_of(cell)))
    share = like / total if (total := sum(few.values())) else 1.0
    return max(share, _BELIEVED) if lenient else share


def _share_of_amounts(raw: RawColumn, field: str) -> float:
    few = _few(raw)
    numbers, odd, foreign = parsed_numbers(few, field)
    read = sum(few.counts[cell] for cell in numbers) + sum(foreign.values())
    wrong = sum(few.counts[cell] for cell in odd) - sum(foreign.values())
    return read / (read + wrong) if read + wrong else 1.0


def _settle_by_what_is_taken(meanings: list[Meaning]) -> None:
    """A column that may mean two fields means the one which no other column surely holds."""
    held = {meaning.field for meaning in meanings if meaning.field and meaning.raw.filled}
    for meaning in meanings:
        if len(meaning.fields) < 2 or _are_prices(meaning.fields):
            continue
        free = tuple(field for field in meaning.fields if field not in held)
        if set(meaning.fields) == {"stock_no", "exchange_item_id"}:
            free = _of_two_numbers(meaning, meanings, held)
        if len(free) == 1:
            meaning.settle(free[0], _BY_VALUES)
        elif not meaning.raw.filled:
            meaning.settle(None, 0.0)


def _choose_the_stock_number(meanings: list[Meaning]) -> None:
    """Beside a stock number, a column that only counts the rows is left aside."""
    numbered = [meaning for meaning in meanings if meaning.field == "stock_no" and meaning.raw.filled]
    if len(numbered) > 1:
        for meaning in numbered:
            if _counts_rows(meaning.raw) and not all(_counts_rows(other.raw) for other in numbered):
                meaning.settle(None, 0.0)


def _counts_rows(raw: RawColumn) -> bool:
    texts = [text_of(cell) for cell in raw.cells[:_LOOKED_AT]]
    return texts == [str(number) for number in range(1, len(texts) + 1)]


def _of_two_numbers(meaning: Meaning, meanings: list[Meaning], held: set[str]) -> tuple[str, ...]:
    """Whose number an "ID" is: the exchange's where a stock number stands beside it; open where one could."""
    if "stock_no" in held:
        return ("exchange_item_id",)
    if any(not other.fields and could_number_stones(other.raw) for other in meanings if other is not meaning):
        return meaning.fields
    return ("stock_no",)


def _find_what_is_missing(meanings: list[Meaning], dictionary: Dictionary) -> None:
    """A field that every stone needs and no header names: taken from the one column whose cells can be
    nothing else.
    """
    held = {field for meaning in meanings for field in meaning.fields if meaning.raw.filled}
    unnamed = [meaning for meaning in meanings if not meaning.fields and meaning.raw.filled]
    for field in _VALUES_ALONE:
        if field in held or (field == "girdle" and held & {"girdle_min", "girdle_max"}):
            continue
        fitting = [
            meaning
            for meaning in unnamed
            if not meaning.fields and is_unmistakably(meaning.raw, field, dictionary)
        ]
        if len(fitting) == 1:
            fitting[0].settle(field, _BY_VALUES_ALONE)
    _find_addresses([meaning for meaning in unnamed if not meaning.fields], held)
    if "stock_no" not in held:
        _find_stock_numbers([meaning for meaning in unnamed if not meaning.fields])


def _find_makes(meanings: list[Meaning], dictionary: Dictionary) -> None:
    """Without headers: three columns of grades in a row are cut, polish and symmetry, two are the last
    two.
    """
    grades = [
        not meaning.fields
        and bool(meaning.raw.filled)
        and share_read(meaning.raw, "polish", dictionary) >= _UNMISTAKABLE
        for meaning in meanings
    ]
    runs = [len(run) for run in "".join("x" if grade else " " for grade in grades).split()]
    if len(runs) != 1 or not 2 <= runs[0] <= 3:
        return
    first = grades.index(True)
    for step, name in enumerate(("cut_grade", "polish", "symmetry")[3 - runs[0] :]):
        meanings[first + step].settle(name, _BY_VALUES_ALONE)


def is_unmistakably(raw: RawColumn, field: str, dictionary: Dictionary) -> bool:
    """Whether a column's cells can be nothing but this field: nearly all make sense, and no rival field
    claims them.
    """
    if share_read(raw, field, dictionary) < _UNMISTAKABLE:
        return False
    if field in {"depth_pct", "depth_mm"}:
        return True
    if _looks_like_numbers(raw, field):
        return False
    table = read_cells(_few(raw), FIELDS[field], dictionary)[0].values()
    if sum(1 for said in table if said and said[0] is not None) < 0.5 * len(_few(raw).filled):
        return False
    if field == "certificate_no":
        return _could_be_reports(raw)
    if field == "measurements":
        return _share_like(raw, _PAIR_OF_SIZES) < _BELIEVED
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
        share_read(raw, rival, dictionary) < _UNMISTAKABLE for rival in rivals if rival != field
    )


def _could_be_reports(raw: RawColumn) -> bool:
    """Whether numbers are long and different enough for reports, under a header that calls them nobody's
    own.
    """
    long = _share_like(raw, _LONG_NUMBER) >= _UNMISTAKABLE
    own = set(words_of(raw.header)) & {"id", "product", "sku", "item", "code", "key", "phone", "tel"}
    return long and not own and len(raw.filled) >= 0.9 * sum(raw.filled.values())


def _looks_like_numbers(raw: RawColumn, field: str) -> bool:
    return field not in {"measurements", "certificate_no"} and all(
        not isinstance(cell, str) or cell.strip().isdigit() for cell in raw.filled
    )


_KINDS_OF_ADDRESS = {
    "video_url": _FILM,
    "certificate_url": re.compile(r"cert|report|gia\.edu|\.pdf$", re.IGNORECASE),
    "image_url": re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE),
}


def _find_addresses(unnamed: list[Meaning], held: set[str]) -> None:
    """Addresses whose own words say what they lead to, for the kinds that no header names."""
    for meaning in unnamed:
        if _share_like(meaning.raw, _WEB_ADDRESS) < _UNMISTAKABLE:
            continue
        kinds = [
            kind
            for kind, sign in _KINDS_OF_ADDRESS.items()
            if _share_like(meaning.raw, sign) >= _UNMISTAKABLE
        ]
        if kinds and kinds[0] not in held:
            meaning.settle(kinds[0], _BY_VALUES_ALONE)


def _find_stock_numbers(unnamed: list[Meaning]) -> None:
    fitting = [meaning for meaning in unnamed if could_number_stones(meaning.raw)]
    if len(fitting) == 1:
        fitting[0].settle("stock_no", _BY_VALUES_ALONE)


def could_number_stones(raw: RawColumn) -> bool:
    """Whether every row has a number of its own here, of the kind that houses give to stones."""
    texts = [text_of(cell) for cell in raw.filled]
    every = len(raw.different) == len(raw.cells) and len(texts) > 1
    return every and all(
        not _AMOUNT.match(text) and _IDENTIFIER.match(text) and any(map(str.isdigit, text))
        for text in texts[:_LOOKED_AT]
    )


__all__ = ["EXACT", "PRICES", "Meaning", "is_unmistakably", "meanings_of", "share_read"]
