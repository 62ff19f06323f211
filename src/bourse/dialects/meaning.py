"""Which field each column holds: what its header says, held against what its cells say.

A header that names one field is believed unless the cells speak against it. One that may mean several is
settled
by the cells. Where the header says nothing, only cells of an unmistakable kind are believed, and only for a
field that a stone cannot do without. Prices are left open here: arithmetic between columns settles those.
"""

from collections.abc import Mapping, Sequence

from bourse.dialects.cells import text_of
from bourse.dialects.columns import RawColumn, read_cells
from bourse.dialects.companions import find_abbreviated
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.fields import FIELDS, Kind
from bourse.dialects.headers import EXACT, Hint, hint_of
from bourse.dialects.likeness import (
    BELIEVED,
    FILM,
    LOOKED_AT,
    PAIR_OF_SIZES,
    UNMISTAKABLE,
    could_number_stones,
    few_of,
    is_unmistakably,
    share_like,
    share_read,
)
from bourse.dialects.missing import find_makes, find_what_is_missing
from bourse.dialects.numeric import Meaning, find_by_numbers
from bourse.dialects.own_layout import field_under
from bourse.dialects.spelling import words_of

PRICES = frozenset({"price_per_carat", "total_price", "list_price", "discount_pct", "cost"})
_CLEAR_LEAD = 0.25
_SOME_READ, _HARDLY_FILLED = 0.1, 0.2
_BY_VALUES = 0.9
_COUNTING = frozenset({"sr", "srno", "serial", "no", "number", "s"})


def meanings_of(raws: Sequence[RawColumn], dictionary: Dictionary) -> list[Meaning]:
    """Every column with the fields that its header and its cells leave possible."""
    if any(raw.is_ours for raw in raws):
        return [_as_written(raw) for raw in raws]
    meanings = [_first_look(raw, hint_of(raw.header, dictionary), dictionary) for raw in raws]
    _settle_by_what_is_taken(meanings)
    _choose_the_stock_number(meanings)
    find_what_is_missing(meanings, dictionary)
    if not any(raw.header for raw in raws):
        find_makes(meanings, dictionary)
    find_abbreviated(meanings, dictionary)
    _settle_by_what_is_taken(meanings)
    _settle_sizes_of_parcels(meanings)
    find_by_numbers(meanings)
    return meanings


def settle_own(meanings: Sequence[Meaning], own: Mapping[str, str | None]) -> None:
    """Give the columns that the supplier mapped himself their fields. A column that we took for one of these
    gives way, but for texts, of which a stone may have several.
    """
    mapped = [meaning for meaning in meanings if meaning.raw.key in own]
    claimed = {own[meaning.raw.key] for meaning in mapped if meaning.field != own[meaning.raw.key]} - {None}
    for meaning in meanings:
        if meaning.raw.key in own:
            field = own[meaning.raw.key]
            meaning.settle(field, 1.0)
            meaning.is_own = True
        elif meaning.field in claimed and FIELDS[meaning.field or ""].kind is not Kind.TEXT:
            meaning.settle(None, 0.0)


def _as_written(raw: RawColumn) -> Meaning:
    """A column of our own layout, whose header settles its field; a column added to it is left aside."""
    field = field_under(raw.header)
    return Meaning(raw, (field,), EXACT) if field else Meaning(raw, (), 0.0)


def _first_look(raw: RawColumn, hint: Hint, dictionary: Dictionary) -> Meaning:
    if not hint.fields:
        return Meaning(raw, (), 0.0)
    if not raw.filled:
        return Meaning(
            raw, () if hint.fields == ("growth_type",) and _is_generic(raw) else hint.fields, hint.confidence
        )
    if (neighbour := _neighbour(raw, hint.fields, dictionary)) is not None:
        return Meaning(raw, (neighbour,), _BY_VALUES)
    if "size_range" in hint.fields and share_like(raw, PAIR_OF_SIZES) > BELIEVED:
        return Meaning(raw, ("size_range",), _BY_VALUES)
    shares = {field: share_read(raw, field, dictionary) for field in hint.fields}
    if hint.confidence == EXACT and hint.settles and _may_stand(raw, shares[hint.fields[0]]):
        return Meaning(raw, hint.fields, hint.confidence)
    fitting = tuple(field for field in hint.fields if shares[field] >= BELIEVED)
    if not fitting and (word := _only_understood(hint.fields, shares)):
        return Meaning(raw, (word,), _BY_VALUES)
    if len(fitting) < 2 or _are_prices(fitting):
        return Meaning(
            raw, fitting, hint.confidence if fitting == hint.fields else min(hint.confidence, _BY_VALUES)
        )
    if words := _in_words(fitting, shares):
        return Meaning(raw, (words,), _BY_VALUES)
    ranked = sorted(fitting, key=lambda field: (-shares[field], FIELDS[field].high - FIELDS[field].low))
    if set(fitting) == {"depth_pct", "depth_mm"} and shares[ranked[0]] >= UNMISTAKABLE:
        return Meaning(raw, (ranked[0],), _BY_VALUES)
    if shares[ranked[0]] - shares[ranked[1]] >= _CLEAR_LEAD:
        return Meaning(raw, (ranked[0],), _BY_VALUES)
    return Meaning(raw, fitting, hint.confidence)


def _only_understood(fields: Sequence[str], shares: Mapping[str, float]) -> str | None:
    """The one of a header's meanings whose words stand among cells that are mostly the house's own words."""
    some = [field for field in fields if FIELDS[field].kind is Kind.WORDS and shares[field] > _SOME_READ]
    return some[0] if len(fields) > 1 and len(some) == 1 else None


def _in_words(fields: Sequence[str], shares: Mapping[str, float]) -> str | None:
    """The one field of known words among fields of free text, which anything would fit."""
    words = [field for field in fields if FIELDS[field].kind is Kind.WORDS]
    free = [field for field in fields if FIELDS[field].kind is Kind.TEXT]
    return (
        words[0]
        if len(words) == 1 and len(words) + len(free) == len(fields) and shares[words[0]] >= UNMISTAKABLE
        else None
    )


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
    if own == "certificate_url" and share_like(raw, FILM) > BELIEVED:
        return "video_url"
    if own in {"girdle_min", "girdle_max"} and _share_of_spans(raw, own, dictionary) > BELIEVED:
        return "girdle"
    if own == "carat" and share_like(raw, PAIR_OF_SIZES) > BELIEVED:
        return "size_range"
    beside = _NEIGHBOURS.get(own)
    if beside is None or share_read(raw, own, dictionary) > _SOME_READ:
        return None
    return beside if is_unmistakably(raw, beside, dictionary) else None


def _share_of_spans(raw: RawColumn, own: str, dictionary: Dictionary) -> float:
    table, _odd, _foreign = read_cells(few_of(raw), FIELDS[own], dictionary)
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


def _settle_sizes_of_parcels(meanings: list[Meaning]) -> None:
    """Two lengths beside a count of stones are the smallest and the largest stone, not the sides of one."""
    if any(meaning.field == "parcel_stones" and meaning.raw.filled for meaning in meanings):
        for meaning in meanings:
            if meaning.field == "measurements" and share_like(meaning.raw, PAIR_OF_SIZES) > BELIEVED:
                meaning.settle("size_range", _BY_VALUES)


def _choose_the_stock_number(meanings: list[Meaning]) -> None:
    """A column that only counts the rows is left aside, beside a stock number and under a header that says
    no more: the next list counts other stones with the same numbers.
    """
    numbered = [meaning for meaning in meanings if meaning.field == "stock_no" and meaning.raw.filled]
    for meaning in numbered:
        if set(words_of(meaning.raw.header)) <= _COUNTING and _counts_rows(meaning.raw):
            meaning.settle(None, 0.0)
    if len(numbered) > 1:
        for meaning in numbered:
            if _counts_rows(meaning.raw) and not all(_counts_rows(other.raw) for other in numbered):
                meaning.settle(None, 0.0)


def _counts_rows(raw: RawColumn) -> bool:
    texts = [text for cell in raw.cells[:LOOKED_AT] if (text := text_of(cell))]
    return texts == [str(number) for number in range(1, len(texts) + 1)]


def _of_two_numbers(meaning: Meaning, meanings: list[Meaning], held: set[str]) -> tuple[str, ...]:
    """Whose number an "ID" is: the exchange's where a stock number stands beside it; open where one could."""
    if "stock_no" in held:
        return ("exchange_item_id",)
    if any(not other.fields and could_number_stones(other.raw) for other in meanings if other is not meaning):
        return meaning.fields
    return ("stock_no",)


__all__ = ["EXACT", "PRICES", "Meaning", "meanings_of"]
