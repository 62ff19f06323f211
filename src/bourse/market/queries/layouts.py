"""What a company answered for its layouts: shown, since the next file of each finds it given."""

from datetime import datetime

import msgspec

from bourse.market.models import SupplierLayout
from bourse.market.policy import may_see_stock_of
from bourse.members.actor import Actor

MOST_LAYOUTS = 200
_KINDS = ("column", "value", "sheet", "header", "encoding")


class Remembered(msgspec.Struct, frozen=True):
    """One answer: to a question, or what the supplier says himself of a column, a spelling or a sheet."""

    key: str
    kind: str
    name: str
    answer: str


class Layout(msgspec.Struct, frozen=True):
    """A layout of the company's files, the latest file that had it, and the answers given for it."""

    layout: str
    file_name: str
    updated_at: datetime
    answers: list[Remembered]


def layouts(actor: Actor) -> list[Layout]:
    """The company's layouts that have answers, the latest first."""
    company_id = actor.company_id or 0
    if not may_see_stock_of(actor, company_id):
        return []
    known = SupplierLayout.objects.filter(company_id=company_id).order_by("-updated_at", "-pk")
    return [
        Layout(
            found.layout,
            found.file_name,
            found.updated_at,
            [_remembered(key, answer) for key, answer in sorted(found.answers.items())],
        )
        for found in known[:MOST_LAYOUTS]
    ]


def _remembered(key: str, answer: str) -> Remembered:
    kind, _, name = key.partition(":")
    return Remembered(key, kind, name, answer) if kind in _KINDS else Remembered(key, "question", key, answer)
