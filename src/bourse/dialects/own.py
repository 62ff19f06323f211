"""What this house wrote itself and reads again: the rows that it gave back as refused, and in its own layout
the rates at which asks were exchanged.

As in our own layout, a leading apostrophe says that what follows is a text, exactly as it stands.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bourse.dialects.fields import OURS_ALONE
from bourse.dialects.layout import Placed
from bourse.dialects.own_layout import APOSTROPHE
from bourse.dialects.reading import Block, Rate
from bourse.dialects.tables import Cell

ADDED = ("Row", "Reason", "Cure")
"""The columns that stand behind a file's own ones where refused rows are given back."""


def without_reasons(placed: Placed) -> Placed:
    """The table as it was before this house added reasons to its refused rows; any other as it is."""
    if tuple(placed.headers[-len(ADDED) :]) != ADDED:
        return placed
    width = placed.width - len(ADDED)
    return replace(
        placed,
        headers=[str(_bare(header)) for header in placed.headers[:width]],
        contexts=placed.contexts[:width],
        rows=placed.rows.each(lambda row: [_bare(cell) for cell in row[:width]]),
    )


def settle_asks(block: Block) -> None:
    """Give the rows of our own layout their cash asks and the rates at which asks were exchanged."""
    if not block.cash_cents and (totals := block.values.get("cash_total_price")):
        block.cash_cents = [None if total is None else round(Decimal(str(total)) * 100) for total in totals]
    columns = [block.values.pop(name, None) for name in sorted(OURS_ALONE)]
    if None in columns:
        return
    rates = [_rate(*row) for row in zip(*columns, strict=True)]
    block.rates = list(dict.fromkeys(rate for rate in rates if rate))
    places = {rate: at for at, rate in enumerate(block.rates)}
    block.rate_of = [places[rate] if rate else -1 for rate in rates]


def _rate(currency: object, dollars: object, day: object) -> Rate | None:
    if currency is None or dollars is None or day is None:
        return None
    try:
        return Rate(str(currency), Decimal(str(dollars)), date.fromisoformat(str(day)[:10]))
    except ValueError:
        return None


def _bare(cell: Cell) -> Cell:
    return cell[1:] if isinstance(cell, str) and cell.startswith(APOSTROPHE) else cell
