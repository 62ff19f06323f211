"""The sample beside what was there before."""

from bourse.members.models import Person
from bourse.run.sample import load
from cast import NOON, Cast


def test_an_operator_who_was_there_before_stays_the_only_one(cast: Cast) -> None:
    roles = [one.role for one in load(stones=100, months=0, now=NOON)]
    assert roles == ["owner of Tamarind Brothers", "trader of Tamarind Brothers", "owner of Hollin & Voss"]
    assert Person.objects.filter(is_operator=True).count() == 1
