"""How much of a list one answer holds, and how the next one is asked for."""

from typing import Annotated

import msgspec
from msgspec import Meta

USUAL, MOST = 50, 250
Limit = Annotated[int, Meta(ge=1, le=MOST, description="How many at most in this answer.")]
After = Annotated[
    str, Meta(min_length=1, max_length=64, description="The `after` of the answer before this one.")
]
Id = Annotated[str, Meta(min_length=18, max_length=18)]


class Paging(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A page of a list: where it begins, how long it is. More than the most is refused, not cut short."""

    after: After | None = None
    limit: Limit = USUAL
