"""What became of a file, judged in the confined child that reads every upload."""

import re
import time
from pathlib import Path

import msgspec

from bourse.dialects import Reading, RefusedRow, read_file
from bourse.kit import confined
from bourse.kit.refusal import Refusal
from bourse.market.reading import prepare

MOST_BYTES = 512 * 1024 * 1024
MOST_CPU_S = 60.0


class Verdict(msgspec.Struct):
    """The answer to one file: how many rows were taken and refused, what is asked, or the one refusal."""

    refusal: str = ""
    sentence: str = ""
    rows: int = 0
    taken: int = 0
    refused: int = 0
    staged: int = 0
    questions: list[str] = []
    values: list[dict[str, object]] = []
    asks: list[int | None] = []
    reasons: list[str] = []
    unread: list[str] = []
    notes: list[str] = []
    encoding: str = ""
    faults: list[str] = []
    cpu_s: float = 0.0
    peak_bytes: int = 0


def judged(files: list[tuple[str, bytes]]) -> list[Verdict]:
    """Each file read; called in the child."""
    return [_judged(name, content) for name, content in files]


def _judged(name: str, content: bytes) -> Verdict:
    began = time.process_time()
    try:
        verdict = _read(read_file(content, name, {}))
    except Refusal as refusal:
        verdict = Verdict(type(refusal).__name__, str(refusal))
    verdict.cpu_s = time.process_time() - began
    verdict.peak_bytes = _peak_bytes()
    return verdict


def _peak_bytes() -> int:
    """The most that this process held: getrusage would tell that of the parent before the exec too."""
    found = re.search(r"^VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def _read(reading: Reading) -> Verdict:
    prepared = prepare(reading)
    return Verdict(
        rows=reading.row_count,
        taken=reading.taken_count,
        refused=sum(1 for _row in reading.refused()),
        staged=prepared.staged.count + prepared.refused.count,
        questions=[question.key for question in reading.questions],
        values=[block.row(at) for block in reading.blocks for at in range(min(len(block.numbers), 40))],
        asks=[stone.ask_cents for stone in reading.stones()][:40],
        reasons=[_told(row) for row in reading.refused()][:200],
        unread=[f"row {cell.row}, {cell.index}: {cell.why}" for cell in reading.unread()][:200],
        notes=reading.notes,
        encoding=reading.encoding or "",
        faults=_faults(reading),
    )


def _told(row: RefusedRow) -> str:
    return (
        f"row {row.row}, “{row.column}”: {row.why} Found “{row.found}”, expected {row.expected}. {row.cure}"
    )


def _faults(reading: Reading) -> list[str]:
    """Messages that lack the place, what was expected or the cure."""
    lacking = [
        f"row {row.row}: {row}"
        for row in reading.refused()
        if not (row.row > 0 and row.why.strip() and row.cure.strip() and (row.expected or row.found))
    ]
    lacking += [
        f"cell {cell.row}/{cell.index}: {cell}"
        for cell in reading.unread()
        if not (cell.row > 0 and cell.index >= 0 and cell.why and cell.expected and cell.cure)
    ]
    lacking += [
        f"question {question.key}"
        for question in reading.questions
        if not (question.why and len(question.options) > 1 and all(one.sentence for one in question.options))
    ]
    return lacking[:20]


def in_the_child(files: list[tuple[str, bytes]]) -> list[Verdict]:
    """The verdicts from a confined child; what the child itself refuses is the verdict of a lone file."""
    try:
        return confined.run(judged, files)
    except Refusal as refusal:
        if len(files) == 1:
            return [Verdict(type(refusal).__name__, str(refusal))]
        return [in_the_child([file])[0] for file in files]
