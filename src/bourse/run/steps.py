"""What a start needs Django for, each step in a process of its own.

The supervisor stays small and never loads Django. What a step answers is its last line on standard output, in
JSON.
"""

import json
from collections.abc import Callable

import msgspec
from django.conf import settings
from django.core.management import call_command

from bourse.kit import clock, marks, sealing
from bourse.market.audit import offences
from bourse.members.actions import OperatorExists, first_operator_link
from bourse.members.actor import Actor
from bourse.members.queries import companies
from bourse.run import database, sign_ins, static
from bourse.run.home import keep_private
from bourse.run.sample import load


def prepare() -> None:
    """Migrate, and collect the static files."""
    call_command("migrate", interactive=False, verbosity=0)
    if not (settings.HOME / sealing.ANCHORS).exists():  # a new house, or one that was restored
        sealing.anchor_anew(settings.HOME / sealing.ANCHORS)
    with database.connect(settings.DATABASE_URL) as connection:
        database.stamp_migrated(connection, settings.HOME)
    if not static.is_collected(settings.HOME):
        call_command("collectstatic", interactive=False, verbosity=0)
        static.stamp_collected(settings.HOME)


def sample(wanted: str = "{}") -> None:
    """Load the sample market and keep its sign-ins; in the JSON that is wanted stones, seed and months."""
    marks.mark_sample(marks.Sample.LOADING, now=clock.now())
    drawn = msgspec.to_builtins(load(**json.loads(wanted)))
    keep_private(settings.HOME / sign_ins.FILE, json.dumps(drawn, indent=1))
    marks.mark_sample(marks.Sample.WHOLE, now=clock.now())


def sample_on_request(wanted: str) -> None:
    """Load the sample into a database that holds no company yet."""
    if companies(Actor(0, None, None, True)):
        raise SystemExit("There are companies in this database: the sample is for an empty one.")
    sample(wanted)


def audit() -> list[dict[str, str]]:
    """The rules that the tables break, the market's and then the audit's, each with its first offender."""
    broken = sealing.verify(sealing.anchors(settings.HOME / sealing.ANCHORS))
    return [
        *(offence._asdict() for offence in offences(clock.now())),
        *(
            {
                "rule": "audit_is_as_sealed",
                "sentence": "Each block of the audit is as it was sealed.",
                "offender": f"block {one.block}: {one.sentence.rstrip('.')}",
            }
            for one in broken
        ),
    ]


def no_sample() -> None:
    """Remember that this database starts without the sample."""
    marks.mark_sample(marks.Sample.NONE, now=clock.now())


def operator_link() -> str | None:
    """The secret of a new link for the first operator, or None where there is one."""
    try:
        return first_operator_link(now=clock.now())
    except OperatorExists:
        return None


STEPS: dict[str, Callable[..., object]] = {
    "prepare": prepare,
    "sample": sample,
    "sample-on-request": sample_on_request,
    "no-sample": no_sample,
    "audit": audit,
    "operator-link": operator_link,
}


def main(arguments: list[str]) -> None:
    """Take the step that is named, with what follows its name, and print what it answers."""
    print(json.dumps(STEPS[arguments[0]](*arguments[1:])))
