"""What was typed into a search and is left aside: said with its cure, and kept in its box."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures
from bourse.doors.web.search.phrase import FACETS
from bourse.search.filter import PHRASE, NotUnderstood
from bourse.search.measures import Measure
from bourse.search.scales import MEASURES

EXAMPLES = {Measure.CARATS: "1.00-1.49, 2+", Measure.DOLLARS: "5000-8000, 5k+"}
MOST_NAMED = 20
OTHER_EXAMPLE = "57-60, 62+"


def sentences(missed: Sequence[NotUnderstood]) -> list[str]:
    """What is left aside, the words of a phrase together."""
    words = [one.text for one in missed if one.parameter == PHRASE]
    return [*_of_phrase(words), *(_one(one) for one in missed if one.parameter != PHRASE)]


def absent(numbers: Sequence[str]) -> str:
    """Which of the numbers pasted are in no listing; empty where all are."""
    if not numbers:
        return ""
    said = {"numbers": ", ".join(numbers[:MOST_NAMED]), "more": figures.count(len(numbers) - MOST_NAMED)}
    if len(numbers) > MOST_NAMED:
        return gettext("In no listing: %(numbers)s and %(more)s more.") % said
    return gettext("In no listing: %(numbers)s.") % said


def in_boxes(missed: Sequence[NotUnderstood]) -> Mapping[str, str]:
    """The ends of ranges as they were typed, by the names of their boxes: nobody types them again."""
    boxes: dict[str, str] = {}
    for one in missed:
        if one.parameter in MEASURES:
            low, _, high = one.text.partition("-")
            boxes |= {f"{one.parameter}_from": low.strip(), f"{one.parameter}_to": high.strip()}
    return boxes


def _of_phrase(words: Sequence[str]) -> list[str]:
    if not words:
        return []
    said = {"words": ", ".join(f"\u201c{word}\u201d" for word in words)}
    text = ngettext(
        "%(words)s was not understood, and nothing of it is applied. "
        "Say it in the words of a grading report, or choose it among the filters.",
        "%(words)s were not understood, and nothing of them is applied. "
        "Say them in the words of a grading report, or choose them among the filters.",
        len(words),
    )
    return [text % said]


def _one(one: NotUnderstood) -> str:
    facet = FACETS.get(one.parameter, one.parameter)
    if measure := MEASURES.get(one.parameter):
        return _of_range(one.text, str(facet), measure)
    said = {"text": one.text, "facet": facet}
    return gettext("\u201c%(text)s\u201d in %(facet)s was not understood and is left aside.") % said


def _of_range(text: str, facet: str, measure: Measure) -> str:
    low, _, high = (end.strip() for end in text.partition("-"))
    said = {"text": text, "facet": facet, "cure": f"{high}-{low}"}
    if low and high and measure.range_of(said["cure"]):
        return (
            gettext("\u201c%(text)s\u201d in %(facet)s runs backwards and is left aside. Write %(cure)s.")
            % said
        )
    said["cure"] = EXAMPLES.get(measure, OTHER_EXAMPLE)
    return (
        gettext(
            "\u201c%(text)s\u201d in %(facet)s is no range and is left aside. Write for example %(cure)s."
        )
        % said
    )
