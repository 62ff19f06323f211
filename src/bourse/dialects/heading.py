"""What a list's title, its tab and its file's name say of all its stones."""

import re

from bourse.dialects.columns import RawColumn
from bourse.dialects.growth_words import says_lab_grown
from bourse.dialects.layout import Placed
from bourse.dialects.questions import Questions

_NATURAL = re.compile(r"\b(?:natural|mined)\b", re.IGNORECASE)


def growth_by_heading(placed: Placed, raw: RawColumn, questions: Questions) -> str | None:
    """How the stones came to be where no cell says it: natural, unless a title says lab-grown.

    A title that also says natural, and a file's mere name, are no word on a stone: then a question, and None
    while it is open.
    """
    if says_lab_grown(placed.title):
        if not _NATURAL.search(placed.title):
            return "Lab grown"
        return questions.growth(raw, f"The title names natural and lab-grown stones: “{placed.title[:80]}”")
    if says_lab_grown(placed.file.replace("_", " ")):
        return questions.growth(raw, f"The file is called “{placed.file[:80]}”")
    return "Natural"
