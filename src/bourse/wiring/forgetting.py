"""A person who was erased, taken out of every room. The account is closed by then; this may run again."""

from datetime import datetime

from django.db import transaction

from bourse.kit import jobs
from bourse.members.actions.personal import finish_erasure
from bourse.members.facts import PersonErased
from bourse.members.queries.personal import own_words
from bourse.notices.actions.forgetting import forget_person
from bourse.search import actions as search

FORGET = "wiring.forget_person"


def person_erased(fact: PersonErased, now: datetime) -> None:
    """Have a job take him out: what fails is seen and tried again, and holds up no market."""
    jobs.defer(FORGET, one_at_a_time="erasure", person_id=fact.person_id)


@transaction.atomic
def forget(person_id: int) -> None:
    """His name, address and telephone out of all rooms; the members' room, which knows them, comes last."""
    former = own_words(person_id)
    if former is None:
        return
    forget_person(
        person_id=person_id,
        public_id=former.public_id,
        name=former.name,
        addresses=former.addresses,
        telephone=former.telephone,
    )
    search.forget_person(person_id=person_id)
    finish_erasure(person_id=person_id)
