"""How far below or above the list a price stands: -25, 25% back, <-30, -30 to -35."""

import re
from decimal import Decimal
from typing import NamedTuple

from bourse.search.phrase import doubts
from bourse.search.phrase.reading import Reading

_DEEPEST = 100  # per cent below the list: there is nothing below
_N = r"\d{1,3}(?:\.\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?P<sign>[<>]=?)?(?P<below>-)?(?P<near>{_N})%?(?:[/-]{{1,2}}(?P<far>{_N})%?)?(?P<more>[+↓⤓])?"
)
_SIGNED = re.compile(rf"[<>]?=?-{_N}.*")
_BELOW = frozenset({"back", "off", "below", "under", "disc", "discount", "rap", "bk"})
_ABOVE = frozenset({"above", "over", "premium", "prem"})
_NAMES = frozenset({"discount", "disc", "back", "rap", "rapaport", "rapnet", "list", "off"})
_LIST = frozenset({"list", "rap", "rapaport", "the"})


class Discount(NamedTuple):
    """Per cent from the list, below it negative; None where open."""

    low: Decimal | None
    high: Decimal | None


class _Said(NamedTuple):
    near: Decimal
    far: Decimal
    sign: str
    is_signed: bool


def discount(reading: Reading) -> int:
    """A distance from the list, with its sign before it or its word before or behind."""
    named = int(reading.word() in _NAMES and bool(_AMOUNT.fullmatch(reading.word(1))))
    said, length = _amount(reading, named)
    if not said:
        return 0
    behind, plus, _ = reading.word(named + length).partition("+")
    is_above = behind in _ABOVE
    said = said._replace(sign=plus or said.sign)
    is_behind = is_above or behind in _BELOW
    if not (named or is_behind or said.is_signed):
        return 0
    if behind in _NAMES and not said.is_signed and _AMOUNT.fullmatch(reading.word(named + length + 1)):
        return 0  # 1-1.2 off 30: the name is of what follows
    taken = named + length + is_behind
    taken += _of_the_list(reading, taken) if is_behind else 0
    said = said._replace(sign="+" if reading.word(taken - 1).endswith("+") else said.sign)
    return _say(reading, said, taken, is_above=is_above and not said.is_signed)


def _amount(reading: Reading, at: int) -> tuple[_Said | None, int]:
    """What the words there say of a distance, and how many of them say it."""
    found = _AMOUNT.fullmatch(reading.word(at))
    if not found or Decimal(found["near"]) > _DEEPEST:
        return None, 0
    near, far, length = Decimal(found["near"]), found["far"], 1
    if reading.word(at + 1) in ("to", "-") and _SIGNED.fullmatch(reading.word(at + 2)):
        second = _AMOUNT.fullmatch(reading.word(at + 2))
        far, length = (second["near"], 3) if second and not second["far"] else (far, length)
    sign = (found["sign"] or "")[:1] or found["more"] or ""
    return _Said(near, Decimal(far) if far else near, sign, found["below"] is not None), length


def _of_the_list(reading: Reading, ahead: int) -> int:
    """How many words there only say from which list: off rap, above the list."""
    count = 0
    while reading.word(ahead + count).rstrip("+") in _LIST:
        count += 1
    return count


def _say(reading: Reading, said: _Said, taken: int, *, is_above: bool) -> int:
    reading.say("discount", (_span(said, is_above=is_above),))
    if said.near == said.far and not said.sign:
        reading.doubt(doubts.EXACT_DISCOUNT, taken)
    return taken


def _span(said: _Said, *, is_above: bool) -> Discount:
    """What is better lies lower: 25 back or better is -25 and all below."""
    ends = sorted(end if is_above else -end for end in (said.near, said.far))
    # With a minus "less than" speaks of the number itself, without it of how much is taken off.
    is_of_number = said.is_signed or is_above
    opens_down = said.sign in ("+<↓⤓" if is_of_number else "+>")
    if not said.sign:
        return Discount(*ends)
    return Discount(None, ends[-1]) if opens_down else Discount(ends[0], None)
