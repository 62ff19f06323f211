"""What the installation remembers of itself, in its database, so that a backup remembers it too."""

from datetime import datetime
from enum import StrEnum

from bourse.kit.models import Mark


class Sample(StrEnum):
    """How the database stands to the sample market. No mark at all: nobody has decided yet."""

    NONE = "none"
    LOADING = "loading"
    WHOLE = "whole"


def mark(name: str, word: str, *, now: datetime) -> None:
    """Remember the word under the name, in place of an earlier one."""
    Mark.objects.update_or_create(name=name, defaults={"word": word, "made_at": now})


def word(name: str) -> str | None:
    """What is remembered under the name."""
    return Mark.objects.filter(name=name).values_list("word", flat=True).first()


def mark_sample(word: Sample, *, now: datetime) -> None:
    """Remember how the database stands to the sample market."""
    Mark.objects.update_or_create(name="sample", defaults={"word": word.value, "made_at": now})


def sample() -> Sample | None:
    """How the database stands to the sample market, or None while nobody has decided."""
    word = Mark.objects.filter(name="sample").values_list("word", flat=True).first()
    return Sample(word) if word else None


def holds_sample() -> bool:
    """Whether the stones, companies and people here are invented: every page must say so then."""
    return sample() in (Sample.LOADING, Sample.WHOLE)
