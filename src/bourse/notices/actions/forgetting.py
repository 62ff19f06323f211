"""A person who was erased, taken out of what was told: to him, and to others of him."""

import re

from django.db import transaction
from django.db.models import F, Func, Model, Q, TextField, Value
from django.db.models.functions import Left

from bourse.notices.models import Mail, Notice, Preference, Rhythm

TELLS_OF = "person {} "  # how the word `once` begins of a notice that names somebody
LENGTHS = {"subject": 200, "body": 4_000, "last_error": 500}


@transaction.atomic
def forget_person(*, person_id: int, public_id: str, name: str, addresses: list[str], telephone: str) -> None:
    """His own notices, choices and mails go; where others were told of him, a number stands for the name."""
    for kind in (Notice, Preference, Rhythm):
        kind.objects.filter(person_id=person_id).delete()
    Mail.objects.filter(Q(person_id=person_id) | Q(address__in=addresses)).delete()
    stands = f"Erased person {person_id}"
    told = Notice.objects.filter(once__startswith=TELLS_OF.format(public_id))
    letters = [f"notice {one}" for one in told.values_list("public_id", flat=True)]
    told.update(subject=_without("subject", name, stands), body=_without("body", name, stands))
    Mail.objects.filter(once__in=letters).update(subject=_without("subject", name, stands))
    for word in filter(None, (*addresses, telephone)):
        _take_out(Notice, ("subject", "body"), word, stands)
        _take_out(Mail, ("subject", "last_error"), word, stands)


def _without(field: str, word: str, stands: str) -> Left:
    """The field with the mark for the word, where that stands by itself, as long as the column allows."""
    alone = rf"(?<!\w){re.escape(word)}(?!\w)"
    replaced = Func(
        F(field),
        Value(alone),
        Value(stands),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    return Left(replaced, LENGTHS[field])


def _take_out(kind: type[Model], fields: tuple[str, ...], word: str, stands: str) -> None:
    for field in fields:
        found = kind._default_manager.filter(**{f"{field}__contains": word})
        found.update(**{field: _without(field, word, stands)})
