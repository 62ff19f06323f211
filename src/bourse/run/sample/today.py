"""Today's files of a few firms: in each firm's own layout, sent by the orders that every member gives.

So the sample has uploads with their files, a question asked and answered, and a layout that is remembered.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from bourse.dialects import Question, read_file
from bourse.market.actions import accept_upload, stage_reading
from bourse.market.queries import difference
from bourse.members.actor import Actor
from bourse.run.sample.lists import RATE, List, written
from bourse.run.sample.suppliers import SUPPLIERS, Firm

SENDERS = (
    "Tamarind Brothers",
    "Neemtree Exports",
    "Carob and Daughters",
    "Four Ferries Trading",
    "Three Anchors Exports",
    "Monsoon Bench",
    "Verstraat and Lume",
)
"""One for each layout."""

PART, MOST = 0.002, 200  # of the market, that each of them lists today
FIRST_HOUR, HOURS = 0.5, 0.25  # ago


class UnexpectedFile(Exception):
    """A file of the sample was not read whole: a fault of the generator or of the reader."""


def listed_today(stones: int) -> int:
    """How many stones each of the senders lists today."""
    return min(MOST, max(1, round(stones * PART)))


def send_today(sellers: Mapping[Firm, Actor], count: int, seed: int, now: datetime) -> None:
    """So many new stones of each sender, listed within the last hours."""
    for place, name in enumerate(SENDERS):
        firm = next(one for one in SUPPLIERS if one.name == name)
        sent_at = (now - timedelta(hours=FIRST_HOUR + HOURS * place)).replace(microsecond=0)
        file = written(np.random.default_rng([seed, 2**33 + place]), firm, count, sent_at)
        _send(sellers[firm], file, sent_at)


def _send(actor: Actor, file: List, now: datetime) -> None:
    """One file, read, staged and confirmed like any other; answered once, its layout is remembered."""
    asked = read_file(file.content, file.name)
    answers = {question.key: _answer(question, now) for question in asked.questions}
    reading = read_file(file.content, file.name, answers) if answers else asked
    if reading.questions or any(True for _ in reading.refused()):
        raise UnexpectedFile(file.name)
    staged = stage_reading(
        actor=actor,
        file_name=file.name,
        content=file.content,
        reading=reading,
        answers=answers,
        mode="add_and_update",
        now=now,
    )
    told = difference(actor, staged.public_id, limit=1)
    accept_upload(
        actor=actor, upload_id=staged.public_id, fingerprint=told.fingerprint, removing=None, now=now
    )


def _answer(question: Question, now: datetime) -> str:
    """The day's rate where one may be given, else the first that is offered."""
    offered = [option.value for option in question.options]
    return f"rate:{RATE}:{now:%Y-%m-%d}" if "rate" in offered else offered[0]
