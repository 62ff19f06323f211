"""Cash and memo prices: whether they are per carat or for the whole stone, held against the other prices."""

from collections.abc import Callable, Sequence

import numpy as np

from bourse.dialects import discounts
from bourse.dialects.arithmetic import Numbers, away_from_one, growth_with_weight, spread
from bourse.dialects.columns import parsed_numbers
from bourse.dialects.meaning import Meaning
from bourse.dialects.prices import Prices, Stones
from bourse.dialects.questions import ASIDE, Questions
from bourse.dialects.spelling import words_of

_TOTAL_OF = {"cash_price": "cash_total_price", "memo_price": "memo_total_price"}
_EACH = frozenset({"carat", "carats", "ct", "cts", "crt", "crts", "ppc"})
_SETTLED, _MOST, _FEW = 0.9, 0.8, 0.4
_NEAR = np.log(1.5)  # a cash price lies closer to the other ask than that
_PLAINLY_WIDER = 1.6


def settle_second_asks(
    meanings: Sequence[Meaning], stones: Stones, per_carat: Numbers | None, questions: Questions
) -> bool:
    """Tell cash and memo prices per carat from those for the stone, given the other ask per carat; whether
    a question about one is open.
    """
    is_open = False
    for meaning in meanings:
        if meaning.field not in _TOTAL_OF or meaning.is_own or _EACH & set(words_of(meaning.raw.header)):
            continue
        amounts = _numbers(meaning)
        if np.isfinite(amounts).any():
            is_open |= not _settle(meaning, amounts, stones, per_carat, questions)
    return is_open


def settle_cash_discounts(meanings: Sequence[Meaning], prices: Prices, questions: Questions) -> None:
    """How cash discounts are written: as the other discounts are, or asked about where the cash ask hangs on
    them alone.
    """
    listed = _amounts_of(meanings, "list_price")
    has_price = any(_amounts_of(meanings, name) is not None for name in ("cash_price", "cash_total_price"))
    for meaning in meanings:
        written = _numbers(meaning) if meaning.field == "cash_discount_pct" else None
        if written is None or not np.isfinite(written).any():
            continue
        known = [form for form in prices.forms.values() if form in discounts.possible(written)]
        form = known[0] if known else None
        if form is None and listed is not None and not has_price:
            form = discounts.form_of(meaning.raw, written, None, listed, questions)
            prices.open |= form is None
        if form is not None:
            prices.cash_form = form
            prices.forms[meaning.raw.index], prices.written[meaning.raw.index] = form, written


def _amounts_of(meanings: Sequence[Meaning], name: str) -> Numbers | None:
    held = (_numbers(meaning) for meaning in meanings if meaning.field == name)
    return next((numbers for numbers in held if np.isfinite(numbers).any()), None)


def _numbers(meaning: Meaning) -> Numbers:
    return meaning.raw.floats(parsed_numbers(meaning.raw, "price_per_carat")[0])


def _settle(
    meaning: Meaning, amounts: Numbers, stones: Stones, per_carat: Numbers | None, questions: Questions
) -> bool:
    each = meaning.field or ""
    tests: list[Callable[[], bool | None]] = [
        lambda: _by_other_ask(amounts, stones.carats, per_carat),
        lambda: _by_growth(amounts, stones),
    ]
    is_each = next((said for test in tests if (said := test()) is not None), None)
    if is_each is not None:
        meaning.settle(each if is_each else _TOTAL_OF[each], _SETTLED)
        return True
    answer = questions.second_ask(meaning.raw, each, _TOTAL_OF[each])
    if answer is None:
        meaning.fields = (each, _TOTAL_OF[each])
        return False
    meaning.settle(None if answer == ASIDE else answer, _SETTLED)
    return True


def _by_other_ask(amounts: Numbers, carats: Numbers, per_carat: Numbers | None) -> bool | None:
    """Whether amounts lie near the asks per carat; None where they lie near both or neither."""
    if per_carat is None:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.log(away_from_one(carats, amounts / per_carat))
        along = np.log(away_from_one(carats, amounts / (per_carat * carats)))
    each, whole = _share_near(apart), _share_near(along)
    if max(each, whole) >= _MOST and min(each, whole) <= _FEW:
        return each > whole
    each, whole = spread(np.exp(apart)), spread(np.exp(along))
    if not np.isfinite(min(each, whole)) or max(each, whole) < _PLAINLY_WIDER * min(each, whole):
        return None
    return each < whole


def _share_near(ratios: Numbers) -> float:
    known = ratios[np.isfinite(ratios)]
    return float(np.mean(np.abs(known) <= _NEAR)) if known.size else 0.5


def _by_growth(amounts: Numbers, stones: Stones) -> bool | None:
    fit = growth_with_weight(amounts, stones.carats, stones.kinds)
    if fit is None:
        return None
    exponent, error = fit
    low, high = (0.5, 0.8) if stones.is_lab_grown else (1.25, 1.5)
    if exponent + 2 * error < low:
        return True
    return False if exponent - 2 * error > high else None
