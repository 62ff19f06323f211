"""Which of six ways a discount is written in: sign, unit, off the list or of it."""

from collections.abc import Callable

import numpy as np

from bourse.dialects.arithmetic import Numbers, share_round
from bourse.dialects.columns import RawColumn
from bourse.dialects.questions import Questions
from bourse.dialects.spelling import squeeze, words_of

# Every way, as the signed percentage against the list that it stands for.
FORMS: dict[str, Callable[[Numbers], Numbers]] = {
    "percent": lambda written: written,
    "minus percent": lambda written: -written,
    "fraction": lambda written: 100.0 * written,
    "minus fraction": lambda written: -100.0 * written,
    "percent of": lambda written: written - 100.0,
    "fraction of": lambda written: 100.0 * written - 100.0,
}
_OFF_WORDS = frozenset({"off", "back", "below", "disc", "discount", "dis", "rebate", "less", "under"})
_OF_WORDS = frozenset({"of"})
# Two of IDEX's own exports say "off" and mean the signed difference all the same.
_SIGNED_BY_FORMAT = frozenset({"idxl", "pctoffidexlist", "offidexlist"})
_CLOSE_PERCENT, _MOST = 1.1, 0.8


def form_of(
    raw: RawColumn, written: Numbers, per_carat: Numbers | None, listed: Numbers | None, questions: Questions
) -> str | None:
    """How the discounts of a column are written; None while that is open."""
    if not np.isfinite(written).any():
        return "percent"
    if per_carat is not None and listed is not None and (form := _by_list(written, per_carat, listed)):
        return form
    forms = possible(written)
    if per_carat is not None and (form := _by_round_lists(written, per_carat, forms)):
        return form
    return _by_words(raw, written, forms) or questions.discount_meaning(raw, forms)


def _by_list(written: Numbers, per_carat: Numbers, listed: Numbers) -> str | None:
    with np.errstate(divide="ignore", invalid="ignore"):
        true = 100.0 * (per_carat / listed - 1.0)
    shares = {}
    for form, signed in FORMS.items():
        off = np.abs(signed(written) - true)
        known = np.isfinite(off)
        shares[form] = float(np.mean(off[known] <= _CLOSE_PERCENT)) if known.sum() >= 2 else -1.0
    best = max(shares, key=lambda form: shares[form])
    return best if shares[best] >= _MOST else None


def possible(written: Numbers) -> list[str]:
    """The forms that a column's numbers allow at all."""
    known = written[np.isfinite(written)]
    fractions = bool(np.mean(np.abs(known) <= 1.0) > 0.9)
    forms = (
        ["fraction", "minus fraction", "fraction of"]
        if fractions
        else ["percent", "minus percent", "percent of"]
    )
    of_at_least = 0.3 if fractions else 30.0
    return forms if float(np.min(known)) >= of_at_least else forms[:2]


def _by_round_lists(written: Numbers, per_carat: Numbers, possible: list[str]) -> str | None:
    """The form under which the list prices come out as whole hundreds, as lists do."""
    shares = {}
    for form in possible:
        factor = 1.0 + FORMS[form](written) / 100.0
        with np.errstate(divide="ignore", invalid="ignore"):
            listed = np.where(factor > 0.05, per_carat / factor, np.nan)
        shares[form] = share_round(listed, 100.0, blur(written, listed, factor))
    ranked = sorted(possible, key=lambda form: -shares[form])
    clear = shares[ranked[0]] >= 0.6 and (len(ranked) < 2 or shares[ranked[1]] <= shares[ranked[0]] - 0.25)
    return ranked[0] if clear else None


def blur(written: Numbers, listed: Numbers, factor: Numbers) -> Numbers:
    """How far off a list price may come out, given that the discount was rounded."""
    scaled = np.abs(written[np.isfinite(written)])
    unit = 1.0 if scaled.size and float(np.mean(scaled <= 1.0)) > 0.9 else 100.0
    digits = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in scaled[:200])
    half_step = 0.5 * 10.0 ** -max(digits, 2 if unit == 1.0 else 1) / unit
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.abs(listed) * half_step / factor + 1.0


def _by_words(raw: RawColumn, written: Numbers, possible: list[str]) -> str | None:
    """What sign and header say together: a minus is below; where nearly all are positive, "off" is below."""
    known = written[np.isfinite(written)]
    words = set(words_of(f"{raw.context} {raw.header}"))
    if squeeze(raw.header) in _SIGNED_BY_FORMAT or float(np.mean(known < 0)) > 0.5:
        return possible[0]
    if float(np.mean(known > 0)) < 0.9 or not words & _OFF_WORDS or words & _OF_WORDS:
        return None
    return possible[1]
