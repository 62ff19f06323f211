"""What phrases of the trade mean, written by hand before the parser could read them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bourse.search.phrase import read
from bourse.search.phrase.form import form


def phrases_in(name: str) -> list[dict[str, Any]]:
    """The phrases of a file beside this one, each with what it means."""
    phrases: list[dict[str, Any]] = json.loads((Path(__file__).parent / name).read_text())
    return phrases


PHRASES = phrases_in("phrases.json")
MENDED = phrases_in("phrases_mended.json")  # each was read wrongly once
BY_TEXT = {one["phrase"]: one for one in (*PHRASES, *MENDED)}


def bare(words: list[str]) -> str:
    """What is left unread, whatever stands between its words."""
    return re.sub(r"[^\w.\-/]", "", "".join(words)).casefold()


def sorted_values(filters: dict[str, Any]) -> dict[str, Any]:
    """Words in whatever order; numbers keep their ends in place."""
    return {field: _sorted(values) for field, values in filters.items()}


def _sorted(values: Any) -> Any:
    if isinstance(values, dict):
        return {"not": _sorted(values["not"])}
    return sorted(values) if all(isinstance(one, str) for one in values) else values


def test_a_third_of_the_corpus_is_worded_as_the_exchanges_word_their_filters() -> None:
    named = [one for one in PHRASES if one["of"] in ("idex", "peers")]
    assert (len(PHRASES) >= 245, len(named) * 3 >= len(PHRASES) * 0.98) == (True, True)


@pytest.mark.parametrize("text", BY_TEXT)
def test_a_phrase_is_read_as_it_is_meant(text: str) -> None:
    meant, said = BY_TEXT[text], form(read(text))
    assert sorted_values(said["filters"]) == sorted_values(meant["filters"])
    assert bare(said["unread"]) == bare(meant["unread"])
    asked = " ".join(said["questions"])
    assert [word for word in meant["asked"] if word.casefold() not in asked.casefold()] == []
    assert bool(said["questions"]) == bool(meant["asked"])
