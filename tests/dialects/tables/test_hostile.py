"""Files that mean harm are refused by name, in a child whose memory stays below its bound."""

import functools
import socket

import pytest

from bourse.dialects.tables import FileRefused, open_tables
from bourse.kit import confined
from dialects.corpus import HOSTILE, Case
from dialects.corpus.cases import Refused
from dialects.judging import Verdict, judge, judge_all

_SMALL_BYTES = 3 * 1024 * 1024
_BOUNDS = confined.Confinement(cpu_seconds=20)


@functools.cache
def _small_verdicts() -> dict[str, Verdict]:
    """The verdicts on all small files, from one child, since its start takes longer than most of them."""
    made = {case.name: (case.made(), case.file) for case in HOSTILE if not case.is_long}
    small = {name: file for name, file in made.items() if len(file[0]) < _SMALL_BYTES}
    return dict(zip(small, confined.run(judge_all, list(small.values()), limits=_BOUNDS), strict=True))


def _verdict(case: Case) -> Verdict:
    if case.name in _small_verdicts():
        return _small_verdicts()[case.name]
    return confined.run(judge, case.made(), case.file, limits=_BOUNDS)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.name, marks=[pytest.mark.long] * case.is_long) for case in HOSTILE],
)
def test_it_is_refused_within_the_bounds(case: Case) -> None:
    assert isinstance(case.answer, Refused)
    verdict = _verdict(case)
    assert verdict.code == case.answer.refusal.code, verdict
    assert case.answer.words in verdict.sentence
    assert verdict.peak_mib < 512


def test_an_external_entity_is_never_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        document = f'<!DOCTYPE r [<!ENTITY a SYSTEM "http://127.0.0.1:{port}/x">]><r><i>&a;</i></r>'
        with pytest.raises(FileRefused):
            open_tables(document.encode(), "stock.xml")
        listener.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listener.accept()
