"""Files that are no list of stock, each told apart from the others by name."""

from collections.abc import Collection, Sequence

from bourse.dialects.cells import text_of
from bourse.dialects.layout import Placed
from bourse.dialects.spelling import words_of
from bourse.dialects.tables import FileRefused

_LEDGER_WORDS = frozenset(
    {"purchase", "purchased", "purchases", "paid", "bought", "invoice", "payment", "balance"}
)
_SIZE_WORDS = frozenset({"size", "carat", "carats", "weight", "ct", "cts"})
_LOW, _HIGH = frozenset({"low", "from", "min", "start"}), frozenset({"high", "to", "max", "end"})
_STONE_WORDS = frozenset(
    {"stock", "stone", "lot", "lab", "cert", "certificate", "report", "sku", "packet", "parcel"}
)


class NotAStockList(FileRefused):
    """The file is readable, and it is something else than a list of stones for sale."""


def refuse_what_is_no_stock(
    placed: Sequence[Placed], held: Collection[str], first: Sequence[str], *, is_empty: bool
) -> None:
    """Raise the reason why nothing in the file is a list of stock, given the fields that its columns do
    hold and the texts of its first row.
    """
    if is_empty:
        raise NotAStockList(_EMPTY)
    if any(_is_ledger(table) for table in placed):
        raise NotAStockList(_LEDGER)
    if any(is_price_list(table) for table in placed):
        raise NotAStockList(_PRICE_LIST)
    if placed and not any(table.rows for table in placed):
        raise NotAStockList(_HEADER_ALONE.format(headers=_some(placed[0].headers)))
    lacking = [word for name, word in _NEEDED.items() if name not in held]
    if len(lacking) <= 2:
        raise NotAStockList(_LACKING.format(lacking=" and no column for the ".join(lacking)))
    if len(first) > 1:
        raise NotAStockList(_OTHER_COLUMNS.format(headers=_some(first)))
    raise NotAStockList(_NOTHING)


def _some(headers: Sequence[str]) -> str:
    shown = [f"“{' '.join(header.split())[:_SHOWN_SIGNS]}”" for header in headers if header.strip()]
    return ", ".join(shown[:_SHOWN]) + (" and others" if len(shown) > _SHOWN else "")


_SHOWN, _SHOWN_SIGNS = 6, 30


_NEEDED = {"shape": "shape", "carat": "weight", "color": "colour", "clarity": "clarity"}
_EMPTY = "The file is empty: there is not one row in it. Export your stock again and upload that."
_HEADER_ALONE = (
    "The file has only headers ({headers}) and not one row below them; expected a row for each stone. "
    "Export your stock again and upload that."
)
_OTHER_COLUMNS = (
    "We found no list of stock in this file: its first row says {headers}; expected columns for shape, "
    "weight, colour and clarity. Upload the list of your stones, name the row that holds its headers, "
    "or fill in our template."
)
_LEDGER = (
    "This is a purchase ledger, not a list of stock: it says what was bought, when and at which rate, and no "
    "stone in it has a colour and a clarity. Upload the list of the stones that you offer."
)
_PRICE_LIST = (
    "This is a price list, not a list of stock: it gives prices for ranges of weight, not for stones. "
    "Upload the list of the stones that you offer."
)
_LACKING = (
    "This is no list of stock yet: it has no column for the {lacking}. "
    "Add what is missing, each under a header, then upload again."
)
_NOTHING = (
    "We found no list of stock in this file: nothing in it names shape, weight, colour and clarity of "
    "stones. Upload the list of your stones, with a header row, or fill in our template."
)


def _is_ledger(table: Placed) -> bool:
    headers = {word for header in (*table.headers, table.sheet) for word in words_of(header)}
    cells = {text_of(cell).casefold() for row in table.rows[:50] for cell in row}
    return bool(headers & _LEDGER_WORDS) or bool(cells & _LEDGER_WORDS)


def is_price_list(table: Placed) -> bool:
    """Whether a table gives prices for ranges of weight: two ends of a size, and nothing that names a
    stone.
    """
    headers = [set(words_of(header)) for header in table.headers]
    sizes = [words for words in headers if words & _SIZE_WORDS]
    named = set().union(*headers) & _STONE_WORDS
    return not named and any(words & _LOW for words in sizes) and any(words & _HIGH for words in sizes)
