"""What the kit announces."""

from bourse.kit.outbox import Fact


class JobFailed(Fact, frozen=True):
    """A job failed, and nobody tries it again by himself; `at` is when."""

    number: int
    name: str
    at: str
