"""Every file of the corpus gets its answer: rows one by one, questions, or one refusal of the whole file."""

from collections.abc import Callable, Sequence

import pytest

from uploads import listening
from uploads.cases import Case
from uploads.checking import wrong_with
from uploads.corpus import every_case, some_cases
from uploads.judging import Verdict, in_the_child

AT_ONCE = 60
Record = Callable[[str, object], None]


def answers(cases: Sequence[Case]) -> list[Verdict]:
    """The verdicts of the cases: the hostile ones each in a child of its own, the others many in one."""
    verdicts: dict[str, Verdict] = {}
    together = [case for case in cases if not case.is_alone]
    groups = [together[at : at + AT_ONCE] for at in range(0, len(together), AT_ONCE)]
    for group in [*groups, *([case] for case in cases if case.is_alone)]:
        found = in_the_child([(case.file, case.made()) for case in group])
        verdicts |= {case.label: verdict for case, verdict in zip(group, found, strict=True)}
    return [verdicts[case.label] for case in cases]


def all_get_their_answers(cases: Sequence[Case], record: Record) -> None:
    with listening.listener() as knocks:
        verdicts = answers(cases)
    wrong = {
        case.label: told
        for case, found in zip(cases, verdicts, strict=True)
        if (told := wrong_with(case, found))
    }
    record("files", len(cases))
    record("files_refused_by_name", sum(bool(found.refusal) for found in verdicts))
    record("files_that_ask", sum(bool(found.questions) for found in verdicts))
    record("rows_taken", sum(found.taken for found in verdicts))
    record("rows_refused", sum(found.refused for found in verdicts))
    record("most_cpu_s", round(max(found.cpu_s for found in verdicts), 1))
    record("most_mib", max(found.peak_bytes for found in verdicts) // 2**20)
    record("connections_to_the_listener", len(knocks))
    assert wrong == {}
    assert knocks == []


def test_no_two_files_have_one_name_and_there_are_a_thousand() -> None:
    labels = {case.label for case in every_case()}
    assert len(labels) == len(every_case()) >= 1_000
    assert len({case.kind for case in every_case()}) == 9


def test_files_of_each_kind_get_their_answers(record_property: Record) -> None:
    chosen = some_cases(of_each=24)
    assert len(chosen) >= 120
    all_get_their_answers(chosen, record_property)


@pytest.mark.long
def test_every_file_gets_its_answer(record_property: Record) -> None:
    all_get_their_answers(every_case(), record_property)
