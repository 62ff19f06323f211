"""Whether a verdict is the one that a case has to get, and what is wrong with it otherwise."""

from uploads.cases import Case
from uploads.judging import MOST_BYTES, MOST_CPU_S, Verdict


def wrong_with(case: Case, verdict: Verdict) -> list[str]:
    """What is wrong with an answer; nothing for the right one."""
    wrong = _refusal(case, verdict) if verdict.refusal or case.refusal else _reading(case, verdict)
    if verdict.cpu_s > MOST_CPU_S or verdict.peak_bytes > MOST_BYTES:
        wrong.append(f"took {verdict.cpu_s:.1f} s and {verdict.peak_bytes:,} bytes")
    said = " | ".join(
        [verdict.sentence, *verdict.reasons, *verdict.unread, *verdict.notes, f"encoding {verdict.encoding}"]
    )
    return wrong + [f"does not say “{words}”: {said[:300]}" for words in case.says if words not in said]


def _refusal(case: Case, verdict: Verdict) -> list[str]:
    if verdict.refusal not in case.refusal:
        expected = " or ".join(case.refusal) or "no refusal"
        return [f"{verdict.refusal or 'taken'} instead of {expected}: {verdict.sentence or verdict.taken}"]
    is_whole = (
        verdict.sentence.endswith(".") and verdict.sentence.count(".") + verdict.sentence.count(";") > 1
    )
    return [] if is_whole else [f"names no cure: {verdict.sentence}"]


def _reading(case: Case, verdict: Verdict) -> list[str]:
    wrong = [f"message without place or cure: {fault}" for fault in verdict.faults]
    if (verdict.taken, verdict.refused) != (case.taken, case.refused):
        found = f"{verdict.taken} taken, {verdict.refused} refused"
        wrong.append(f"{found}, expected {case.taken} and {case.refused}: {verdict.reasons[:3]}")
    if verdict.rows != verdict.taken + verdict.refused or verdict.staged != verdict.rows:
        wrong.append(f"{verdict.rows} rows, of which {verdict.staged} are staged or refused")
    if case.asks != set(verdict.questions):
        wrong.append(f"asks {verdict.questions}, expected {sorted(case.asks)}")
    if case.cents is not None and case.cents != tuple(verdict.asks[: len(case.cents)]):
        wrong.append(f"asks of {verdict.asks[: len(case.cents)]} cents, expected {case.cents}")
    first = verdict.values[0] if verdict.values else {}
    return wrong + [
        f"{field} is {first.get(field)!r}, expected {value!r}"
        for field, value in case.values.items()
        if first.get(field) != value
    ]
