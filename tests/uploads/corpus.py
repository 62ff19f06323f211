"""All files of this corpus, and those that the plain lane reads."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

from uploads import damage, domain, encodings, foreign, formulas, hostile, markup, shapes
from uploads.cases import Case


@cache
def every_case() -> Sequence[Case]:
    """The whole corpus, in the order of its kinds."""
    modules = [encodings, shapes, damage, hostile, markup, formulas, domain, foreign]
    return [case for module in modules for case in module.cases()]


def some_cases(of_each: int) -> list[Case]:
    """So many of each kind, evenly spread."""
    kinds = [list(cases) for _kind, cases in groupby(every_case(), lambda case: case.kind)]
    return [case for cases in kinds for case in _spread([one for one in cases if not one.is_long], of_each)]


def _spread(cases: list[Case], count: int) -> list[Case]:
    return cases[:: max(1, len(cases) // count)][:count]
