"""Nothing fits: which filter kills it, and what is near."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.doors.web import figures
from bourse.doors.web.search.phrase import FACETS, NOBODY, chips
from bourse.doors.web.search.query import address
from bourse.kit import clock
from bourse.members.actor import Actor
from bourse.search import queries
from bourse.search.filter import Filter
from bourse.search.scales import CHOICES, Growing
from bourse.vocabulary import Availability

MOST_WAYS = 4
MOST_TRIED = 7  # filters: each pair of them is a search
GRADED = ("colour", "clarity")
_BESIDE = {
    Growing.LAB_GROWN: _("Among the lab-grown: %(stones)s"),
    Growing.NATURAL: _("Among the natural: %(stones)s"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds something, and how much."""

    text: str
    address: str
    number: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """One sentence why, and the ways out."""

    sentence: str
    ways: list[Way]


def nothing(actor: Actor, filter: Filter, sellers: Mapping[str, str] = NOBODY) -> Nothing:
    """Why the search found nothing, and the nearest searches that find something."""
    elsewhere = [way for way in _beside(actor, filter) if way.number]
    killers = [way for way in _without_one(actor, filter) if way.number]
    near = [way for way in _one_grade_wider(actor, filter) if way.number]
    ways = (
        [*elsewhere, *near, *killers]
        or _without_two(actor, filter)
        or list(_with_fewer(actor, filter, sellers))
    )
    return Nothing(_sentence(filter, killers, sellers), ways[:MOST_WAYS])


def _beside(actor: Actor, filter: Filter) -> Iterator[Way]:
    """The same asked of what a search leaves out unless it is asked for: the other growth, what is sold."""
    both = replace(filter, growth=Growing.BOTH, page=1)
    if filter.growth is not Growing.BOTH:
        other = Growing.LAB_GROWN if filter.growth is Growing.NATURAL else Growing.NATURAL
        yield _way_to(actor, _BESIDE[other], replace(both, growth=other))
    if not filter.availability:
        gone = replace(both, availability=(Availability.NOT_AVAILABLE,))
        yield _way_to(actor, gettext("Listed, but not available: %(stones)s"), gone)


def _way_to(actor: Actor, text: object, filter: Filter) -> Way:
    number = queries.find(actor, filter, limit=1, now=clock.now()).total
    return Way(str(text) % {"stones": figures.stones(number)}, address(filter), number)


def _without_one(actor: Actor, filter: Filter) -> Iterator[Way]:
    for chip in chips(filter):
        wider = filter.without(chip.parameter)
        number = queries.find(actor, wider, limit=1, now=clock.now()).total
        yield Way(
            _way(gettext("Without %(facet)s: %(stones)s"), chip.parameter, number), address(wider), number
        )


def _without_two(actor: Actor, filter: Filter) -> list[Way]:
    """Where two filters are to blame: the searches without them, what finds most first."""
    names = [chip.parameter for chip in chips(filter)]
    if len(names) <= 2 or len(names) > MOST_TRIED:
        return []
    found = []
    for first, second in combinations(names, 2):
        wider = filter.without(first).without(second)
        number = queries.find(actor, wider, limit=1, now=clock.now()).total
        said = {"first": FACETS[first], "second": FACETS[second], "stones": figures.stones(number)}
        text = gettext("Without %(first)s and %(second)s: %(stones)s") % said
        found.append(Way(text, address(wider), number))
    return sorted((way for way in found if way.number), key=lambda way: -way.number)


def _one_grade_wider(actor: Actor, filter: Filter) -> Iterator[Way]:
    for name in GRADED:
        if chosen := filter.chosen(name):
            values = CHOICES[name].values
            first, last = values.index(chosen[0]), values.index(chosen[-1])
            wider = filter
            for beside in (*values[max(first - 1, 0) : first], *values[last + 1 : last + 2]):
                wider = wider.toggled(name, str(beside))
            number = queries.find(actor, wider, limit=1, now=clock.now()).total
            yield Way(
                _way(gettext("%(facet)s one grade wider: %(stones)s"), name, number), address(wider), number
            )


def _with_fewer(actor: Actor, filter: Filter, sellers: Mapping[str, str]) -> Iterator[Way]:
    """Where no single filter is to blame: the first filters, as many as still find something."""
    wider = filter
    for chip in reversed(chips(filter)):
        wider = wider.without(chip.parameter)
        if number := queries.find(actor, wider, limit=1, now=clock.now()).total:
            kept = ", ".join(one.text for one in chips(wider, sellers)) or gettext("no filter")
            shown = {"filters": kept, "stones": figures.stones(number)}
            yield Way(gettext("Only %(filters)s: %(stones)s") % shown, address(wider), number)
            return


def _way(text: str, name: str, number: int) -> str:
    return text % {"facet": FACETS[name], "stones": figures.stones(number)}


def _sentence(filter: Filter, killers: list[Way], sellers: Mapping[str, str]) -> str:
    in_force = chips(filter, sellers)
    if len(killers) == 1 and len(in_force) > 1:
        alone = next(
            chip for chip in in_force if address(filter.without(chip.parameter)) == killers[0].address
        )
        return gettext("No stone fits. One filter kills it: %(filter)s.") % {"filter": alone.text}
    if in_force:
        return gettext("No stone fits all of these filters.")
    return gettext("There is no stone here yet.")
