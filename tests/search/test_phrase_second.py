"""Phrases of another hand, written when the parser was done and before it was asked about them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bourse.search.phrase import read
from bourse.search.phrase.form import form
from search.test_phrase_corpus import bare, sorted_values

PHRASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "phrases_second.json").read_text())
BY_TEXT = {one["phrase"]: one for one in PHRASES}


@pytest.mark.parametrize("text", BY_TEXT)
def test_a_phrase_of_another_hand_is_read_as_it_is_meant(text: str) -> None:
    meant, said = BY_TEXT[text], form(read(text))
    assert sorted_values(said["filters"]) == sorted_values(meant["filters"])
    assert bare(said["unread"]) == bare(meant["unread"])
    asked = " ".join(said["questions"]).casefold()
    assert [word for word in meant["asked"] if word.casefold() not in asked] == []
    assert bool(said["questions"]) == bool(meant["asked"])
