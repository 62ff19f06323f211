"""What all scales share: a stable word for each grade, and the order in which the trade names them."""

from enum import Enum


class Scale(Enum):
    """An ordered scale. Its first member has rank 0; members of one scale compare by rank."""

    rank: int

    def __init__(self, *_value: object) -> None:
        self.rank = len(type(self).__members__)

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, type(self)) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, type(self)) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, type(self)) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, type(self)) else NotImplemented

    def __str__(self) -> str:
        return str(self.value)
