"""What is found, and how it is put together from a page of words."""

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

NUMBER_BITS = np.uint64((1 << 32) - 1)


class Found(msgspec.Struct, frozen=True):
    """The exact total, the numbers of the page's rows, rows for each value of each facet.

    `spans`: the lowest and highest number among all that match, None where none says one.
    """

    total: int
    numbers: list[int]
    facets: Mapping[str, list[int]]
    spans: Mapping[str, tuple[int, int] | None]
    after: int  # the word from which the next page goes on; 0: there is none


def found_of(
    total: int,
    page: NDArray[np.uint64],
    facets: Mapping[str, list[int]],
    spans: Mapping[str, tuple[int, int] | None],
) -> Found:
    """The answer; `page`: words of key and number."""
    return Found(total, (page & NUMBER_BITS).tolist(), facets, spans, int(page[-1]) + 1 if page.size else 0)
