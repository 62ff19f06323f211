"""Finds in nested data the element that repeats as the record, whatever wraps it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

_RECORDS_IN_ONE = 5
_SHARE_OF_VALUES = 0.8


@dataclass(slots=True)
class Place:
    """What was seen under one path of names, over the whole file."""

    name: str
    below: "dict[str, Place]" = field(default_factory=dict)
    count: int = 0  # how often it stands there
    most_together: int = 0  # the most of them within one parent
    filled: int = 0  # how often it carries a value itself
    values: int = 0  # the filled ones at it and below it
    is_structured: bool = False  # it has parts of its own
    is_listed: bool = False  # the format itself says that it is one of a list

    def child(self, name: str) -> "Place":
        """The place of this name just below, new or known."""
        return self.below.get(name) or self.below.setdefault(name, Place(name))

    def saw_together(self, ordinal: int) -> None:
        """Count one more of them, the so manieth within its parent."""
        self.count += 1
        self.most_together = max(self.most_together, ordinal)

    def saw_value(self, value: object) -> None:
        """Count a value, unless it is empty."""
        self.filled += value not in ("", None)

    def weigh(self) -> int:
        """Add up the values of every place, from the leaves to the root."""
        self.values = self.filled + sum(place.weigh() for place in self.below.values())
        return self.values

    def all_below(self) -> "Iterator[Place]":
        """Every place under this one, and itself."""
        yield self
        for place in self.below.values():
            yield from place.all_below()

    def own_values(self) -> int:
        """The values that stand directly below it."""
        return sum(place.filled for place in self.below.values())

    def repeats(self) -> bool:
        """Whether it can be a record: it stands several times in one parent and holds values."""
        return self.values > 0 and (self.is_listed or self.most_together > 1)


def find_record(root: Place) -> Place | None:
    """The place whose repetition carries most of the data; where nothing repeats, the fullest one."""
    root.weigh()
    repeated = [place for place in root.all_below() if place.repeats()]
    composed = [place for place in repeated if place.values >= 2 * place.count]
    if composed:
        return _innermost(max(composed, key=_values))
    single = max(root.all_below(), key=Place.own_values)
    if single.own_values() >= 2:
        return single
    return max(repeated, key=_values, default=None)


def _innermost(outer: Place) -> Place:
    """Down through lists of lists: suppliers that each hold many stones give way to the stones."""
    for place in outer.all_below():
        is_finer = (
            place.count >= _RECORDS_IN_ONE * outer.count and place.values >= _SHARE_OF_VALUES * outer.values
        )
        if is_finer and place.repeats() and place.values >= 2 * place.count:
            return _innermost(place)
    return outer


def _values(place: Place) -> int:
    return place.values
