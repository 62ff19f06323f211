"""The longest text that is read is read at once, whatever stands in it."""

import signal
from collections.abc import Iterator

import pytest

from bourse.search import phrase
from bourse.search.too_long import LONGEST

FAR_TOO_LONG_S = 5  # of the processor: none of these takes a tenth of it, and one took half a minute
REPEATED = (
    *("x", "0 ", "(", "\t", "a/", "no ", "not a/", "not D-F vs1 si2 oval ", "is excluded ", "$ / "),
    *("0ct-", "< ", "1 to ", "vs-", "cert no ", "€", "2141438171\n", "=", '"a" '),
)


@pytest.fixture
def alarm() -> Iterator[None]:
    def rang(_signal: int, _frame: object) -> None:
        raise TimeoutError("The phrase is still being read.")

    before = signal.signal(signal.SIGVTALRM, rang)
    signal.setitimer(signal.ITIMER_VIRTUAL, FAR_TOO_LONG_S)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("piece", REPEATED)
def test_a_text_of_one_piece_over_and_over_is_read(piece: str) -> None:
    said = phrase.read(piece * (LONGEST // len(piece)))
    assert set(said.parts) == set(phrase.read(piece * 12).parts)
