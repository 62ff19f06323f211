"""What each price column is: per carat or total, list, discount or cost, by the arithmetic between columns.

The order is that of certainty: a column held against another price, against list and discount, against the
list alone, against how prices grow with weight; then the supplier's own answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bourse.dialects import discounts
from bourse.dialects.arithmetic import (
    Numbers,
    away_from_one,
    growth_with_weight,
    share_equal,
    share_round,
    spread,
)
from bourse.dialects.columns import RawColumn, parsed_numbers
from bourse.dialects.likeness import share_like
from bourse.dialects.meaning import PRICES, Meaning
from bourse.dialects.questions import ASIDE, PER_CARAT, TOTAL, Questions
from bourse.dialects.spelling import words_of

_MOST, _FEW = 0.8, 0.4
_SETTLED = 0.9
_LEAST_LIST = 120.0
_PLAINLY_WIDER = 3.0
_OWN = frozenset({"our", "my", "own"})
_EACH_CARAT = re.compile(r"(?:/\s?|\bper\s?|p/)c(?:t|ts|arat)?\.?$", re.IGNORECASE)


@dataclass
class Stones:
    """What prices are held against: weights, and the kinds within which prices are comparable."""

    carats: Numbers
    kinds: Sequence[Sequence[Any]]
    is_lab_grown: bool


@dataclass
class Prices:
    """The price columns once settled, and how the discounts are written. Where this house wrote the file,
    the totals are the asks and nothing else is.
    """

    forms: dict[int, str] = field(default_factory=dict)
    written: dict[int, Numbers] = field(default_factory=dict)
    own_list: set[int] = field(default_factory=set)
    open: bool = False
    cash_form: str | None = None
    are_ours: bool = False


class Settling:
    """One file's price columns on their way from possible meanings to one each."""

    def __init__(self, meanings: Sequence[Meaning], stones: Stones, questions: Questions) -> None:
        self.meanings = [meaning for meaning in meanings if PRICES & set(meaning.fields)]
        self.stones, self.questions = stones, questions
        self.found = Prices()
        self._numbers: dict[int, Numbers] = {}

    def settle(self) -> Prices:
        """Give every price column one meaning, by arithmetic first and by question last."""
        self._tell_lists_from_discounts()
        self._leave_list_totals_aside()
        self._costs()
        for meaning in self._open():
            self._settle_one(meaning)
        self._list_as_ask()
        self._discounts()
        return self.found

    def numbers(self, raw: RawColumn) -> Numbers:
        """A column's amounts as an array."""
        if raw.index not in self._numbers:
            table, _odd, _foreign = parsed_numbers(raw, "price_per_carat")
            self._numbers[raw.index] = raw.floats(table)
        return self._numbers[raw.index]

    def held_by(self, name: str) -> Numbers | None:
        """The amounts of the first column that surely holds this field and has any."""
        for meaning in self.meanings:
            if meaning.field == name and np.isfinite(self.numbers(meaning.raw)).any():
                return self.numbers(meaning.raw)
        return None

    def per_carat(self) -> Numbers | None:
        """What the plain price is per carat, by whatever says it; None where nothing does."""
        if (each := self.held_by("price_per_carat")) is not None:
            return each
        if (whole := self.held_by("total_price")) is not None:
            return whole / self.stones.carats
        listed = self.held_by("list_price")
        form = next(iter(self.found.forms.items()), None)
        if listed is None or form is None:
            return None
        signed: Numbers = discounts.FORMS[form[1]](self.found.written[form[0]])
        return listed * (1.0 + signed / 100.0)

    def _open(self) -> list[Meaning]:
        return [meaning for meaning in self.meanings if len(meaning.fields) > 1]

    def _tell_lists_from_discounts(self) -> None:
        for meaning in self._open():
            if set(meaning.fields) == {"list_price", "discount_pct"}:
                known = self.numbers(meaning.raw)
                known = known[np.isfinite(known)]
                meaning.settle(
                    "list_price" if not known.size or np.median(known) >= _LEAST_LIST else "discount_pct",
                    _SETTLED,
                )

    def _leave_list_totals_aside(self) -> None:
        """A list price times the weight is no list price."""
        listed = [meaning for meaning in self.meanings if meaning.field == "list_price"]
        for meaning in listed:
            amounts = self.numbers(meaning.raw)
            others = [self.numbers(other.raw) for other in listed if other is not meaning]
            if any(self._is_times_weight(amounts, other) for other in others) or self._follows_totals(
                amounts
            ):
                meaning.settle(None, 0.0)

    def _is_times_weight(self, amounts: Numbers, other: Numbers) -> bool:
        return share_equal(amounts, away_from_one(self.stones.carats, other * self.stones.carats)) >= _MOST

    def _follows_totals(self, amounts: Numbers) -> bool:
        """Whether amounts lie in one distance from the totals, and in every distance from the prices per
        carat.
        """
        per_carat, total, carats = (
            self.held_by("price_per_carat"),
            self.held_by("total_price"),
            self.stones.carats,
        )
        if per_carat is None and total is not None:
            per_carat = total / carats
        if per_carat is None:
            return False
        apart, along = spread(amounts / per_carat), spread(amounts / (per_carat * carats))
        return bool(np.isfinite(min(apart, along))) and apart >= _PLAINLY_WIDER * along

    def _costs(self) -> None:
        """A cost beside another price is private; alone it is a question."""
        for meaning in self.meanings:
            if "cost" not in meaning.fields or meaning.is_own:
                continue
            is_own = bool(_OWN & set(words_of(meaning.raw.header)))
            others = is_own or any(
                self.held_by(name) is not None for name in ("price_per_carat", "total_price")
            )
            rivals = [other for other in self._open() if "cost" not in other.fields]
            if others or rivals or not np.isfinite(self.numbers(meaning.raw)).any():
                meaning.settle("cost", max(meaning.confidence, _SETTLED))
                continue
            answer = self.questions.cost_meaning(meaning.raw)
            self.found.open |= answer is None
            meaning.settle(answer or None, _SETTLED)

    def _settle_one(self, meaning: Meaning) -> None:
        amounts = self.numbers(meaning.raw)
        if not np.isfinite(amounts).any() and parsed_numbers(meaning.raw, "price_per_carat")[2]:
            # Amounts in another currency alone: the question about that comes first.
            return
        if not np.isfinite(amounts).any():
            named = {other.field for other in self.meanings}
            free = [name for name in meaning.fields if name not in named]
            meaning.settle(free[0] if len(free) == 1 else None, _SETTLED)
            return
        tests: list[Callable[[Meaning, Numbers], str | None]] = [
            self._by_cells, self._by_other_price, self._by_open_price, self._by_list_and_discount,
            self._by_discount_alone, self._by_list_alone, self._by_growth,
        ]  # fmt: skip
        is_unnamed = bool(meaning.raw.header) and not meaning.confidence
        found = (
            None if is_unnamed else next((name for test in tests if (name := test(meaning, amounts))), None)
        )
        if found is None and any(
            self.held_by(name) is not None for name in ("price_per_carat", "total_price")
        ):
            meaning.settle(None, 0.0)
            return
        if found is None or found not in meaning.fields:
            found = self.questions.price_meaning(meaning.raw, meaning.fields, is_unnamed=is_unnamed)
            self.found.open |= found is None
        if found == ASIDE:
            meaning.settle(None, 0.0)
        elif found:
            meaning.settle(found, _SETTLED)

    def _by_cells(self, meaning: Meaning, _amounts: Numbers) -> str | None:
        """Cells that say "/ct" themselves."""
        return PER_CARAT if share_like(meaning.raw, _EACH_CARAT) >= _MOST else None

    def _by_other_price(self, _meaning: Meaning, amounts: Numbers) -> str | None:
        carats = self.stones.carats
        for name, as_one, as_other in (
            ("price_per_carat", PER_CARAT, TOTAL), ("total_price", TOTAL, PER_CARAT),
        ):  # fmt: skip
            other = self.held_by(name)
            if other is None:
                continue
            turned = other * carats if name == "price_per_carat" else other / carats
            same = share_equal(amounts, away_from_one(carats, other))
            across = share_equal(amounts, away_from_one(carats, turned))
            if max(same, across) >= _MOST and min(same, across) < _FEW:
                return as_one if same > across else as_other
        return None

    def _by_open_price(self, meaning: Meaning, amounts: Numbers) -> str | None:
        carats = self.stones.carats
        for other in self._open():
            if other is meaning:
                continue
            rival = away_from_one(carats, self.numbers(other.raw))
            if share_equal(amounts * carats, rival) >= _MOST:
                return PER_CARAT
            if share_equal(amounts / carats, rival) >= _MOST:
                return TOTAL
        return None

    def _by_list_and_discount(self, _meaning: Meaning, amounts: Numbers) -> str | None:
        listed, written = self.held_by("list_price"), self.held_by("discount_pct")
        if listed is None or written is None:
            return None
        carats = self.stones.carats
        best = dict.fromkeys((PER_CARAT, TOTAL), 0.0)
        for signed in discounts.FORMS.values():
            asked = away_from_one(carats, listed * (1.0 + signed(written) / 100.0))
            best[PER_CARAT] = max(best[PER_CARAT], share_equal(amounts, asked, 0.012))
            best[TOTAL] = max(best[TOTAL], share_equal(amounts / carats, asked, 0.012))
        return _clear(best, _MOST, _FEW)

    def _by_discount_alone(self, _meaning: Meaning, amounts: Numbers) -> str | None:
        """Taken as per carat or as total: which makes the unnamed list come out in whole hundreds?"""
        written = self.held_by("discount_pct")
        if written is None:
            return None
        best = {}
        for name, per_carat in ((PER_CARAT, amounts), (TOTAL, amounts / self.stones.carats)):
            per_carat = away_from_one(self.stones.carats, per_carat)
            best[name] = max(_round_lists(written, per_carat, form) for form in discounts.FORMS)
        return _clear(best, 0.6, 0.4)

    def _by_list_alone(self, _meaning: Meaning, amounts: Numbers) -> str | None:
        """Discounts of one house lie close together; taken wrongly they are smeared by the weights."""
        listed = self.held_by("list_price")
        if listed is None:
            return None
        per_carat, total = spread(amounts / listed), spread(amounts / self.stones.carats / listed)
        if not np.isfinite(min(per_carat, total)) or max(per_carat, total) < 1.6 * min(per_carat, total):
            return None
        return PER_CARAT if per_carat < total else TOTAL

    def _by_growth(self, _meaning: Meaning, amounts: Numbers) -> str | None:
        fit = growth_with_weight(amounts, self.stones.carats, self.stones.kinds)
        if fit is None:
            return None
        exponent, error = fit
        low, high = (0.5, 0.8) if self.stones.is_lab_grown else (1.25, 1.5)
        if exponent + 2 * error < low:
            return PER_CARAT
        return TOTAL if exponent - 2 * error > high else None

    def _list_as_ask(self) -> None:
        """A list price that stands alone may be the ask."""
        if any(
            self.held_by(name) is not None
            for name in ("price_per_carat", "total_price", "discount_pct", "cost")
        ):
            return
        for meaning in self.meanings:
            if (
                meaning.field == "list_price"
                and not self.found.open
                and self.held_by("list_price") is not None
            ):
                answer = self.questions.own_list(meaning.raw)
                self.found.open |= answer is None
                if answer == "ask":
                    self.found.own_list.add(meaning.raw.index)
                return

    def _discounts(self) -> None:
        for meaning in self.meanings:
            if meaning.field == "discount_pct":
                written = self.numbers(meaning.raw)
                form = discounts.form_of(
                    meaning.raw,
                    written,
                    self.held_by("price_per_carat"),
                    self.held_by("list_price"),
                    self.questions,
                )
                if form:
                    self.found.forms[meaning.raw.index] = form
                    self.found.written[meaning.raw.index] = written


def _clear(shares: dict[str, float], most: float, few: float) -> str | None:
    best, other = sorted(shares, key=lambda name: -shares[name])[:2]
    return best if shares[best] >= most and shares[other] <= few else None


def _round_lists(written: Numbers, per_carat: Numbers, form: str) -> float:
    factor = 1.0 + discounts.FORMS[form](written) / 100.0
    with np.errstate(divide="ignore", invalid="ignore"):
        listed = np.where(factor > 0.05, per_carat / factor, np.nan)
    return share_round(listed, 100.0, discounts.blur(written, listed, factor))
