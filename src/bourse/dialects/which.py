"""Columns for what every stone needs, where no header named them: found by their cells, or asked about."""

from collections.abc import Sequence

from bourse.dialects.columns import RawColumn
from bourse.dialects.dictionary import Dictionary
from bourse.dialects.likeness import could_number_stones, share_read
from bourse.dialects.meaning import Meaning
from bourse.dialects.numeric import price_like
from bourse.dialects.questions import PER_CARAT, TOTAL, Questions

_ASKED_FOR = {"stock_no": "stock number"}
_NEEDED = {"shape": "shape", "carat": "weight", "color": "colour", "clarity": "clarity"}
_LIKELY, _ANSWERED = 0.6, 0.95
_MOST_PRICES = 4


def find_columns(meanings: Sequence[Meaning], dictionary: Dictionary, questions: Questions) -> set[str]:
    """Ask which column holds a needed field that no column surely holds, where some could and the rest is
    stock.
    """
    held = {name for meaning in meanings for name in meaning.fields}
    if "fancy_color" in held:
        held.add("color")
    missing = [name for name in _NEEDED if name not in held]
    if len(missing) > 2:
        return set()
    _ask_for_stock_numbers(meanings, questions)
    _ask_for_price(meanings, questions)
    open_fields = set()
    for name in missing:
        likely = [meaning for meaning in meanings if _could_hold(meaning, name, dictionary)]
        if likely and not _ask(name, likely, questions):
            open_fields.add(name)
    return open_fields


def _ask_for_stock_numbers(meanings: Sequence[Meaning], questions: Questions) -> None:
    """Ask whose number is whose, where an ID and another number of the stones stand side by side."""
    settled = any(meaning.field == "stock_no" for meaning in meanings)
    ids = [meaning for meaning in meanings if meaning.fields == ("stock_no", "exchange_item_id")]
    if settled or not ids:
        return
    likely = [*ids, *(other for other in meanings if not other.fields and could_number_stones(other.raw))]
    _ask("stock_no", likely, questions)


def _ask_for_price(meanings: Sequence[Meaning], questions: Questions) -> None:
    """Ask which of several columns of large numbers is the price, where no header names one."""
    likely = price_like(meanings)
    if not 2 <= len(likely) <= _MOST_PRICES:
        return
    answer = questions.which_price([meaning.raw for meaning in likely])
    for meaning in likely:
        for field in (PER_CARAT, TOTAL):
            if answer == f"{meaning.raw.key}:{field}":
                meaning.settle(field, _ANSWERED)


def _could_hold(meaning: Meaning, name: str, dictionary: Dictionary) -> bool:
    if (
        meaning.is_own
        or meaning.fields
        or not meaning.raw.filled
        or share_read(meaning.raw, name, dictionary) < _LIKELY
    ):
        return False
    return name != "carat" or _has_decimals(meaning.raw)


def _has_decimals(raw: RawColumn) -> bool:
    texts = [str(cell) for cell in raw.filled]
    return sum("." in text or "," in text for text in texts) > 0.5 * len(texts)


def _ask(name: str, likely: Sequence[Meaning], questions: Questions) -> bool:
    """Whether the supplier has answered; the column that he named holds the field then."""
    answer = questions.which_column({**_NEEDED, **_ASKED_FOR}[name], [meaning.raw for meaning in likely])
    for meaning in likely:
        if answer == str(meaning.raw.index):
            meaning.settle(name, _ANSWERED)
    return answer is not None
