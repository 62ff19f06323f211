"""`./bourse load-sample` and `./bourse reset-sample`: the sample market comes and goes whole."""

import argparse
import json
import os
import signal
import subprocess
import sys

from bourse import settings
from bourse.run import database, log, sign_ins
from bourse.run.guards import CannotServe, refuse_public_sample
from bourse.run.process import answer_of, order
from bourse.run.sign_ins import operator_address
from bourse.run.visit import database_up

LIMITS = {"stones": (100, 2_000_000), "seed": (0, 2**63 - 1), "months": (0, 120)}
NAMES = {"stones": "--stones", "seed": "--seed", "months": "--history-months"}
WARNING = "This removes the sample market and all that was done in it: every company, person, stone and ask."


def load(arguments: list[str]) -> int:
    """Load the sample into a database that holds no company yet; the exit status."""
    wanted = _wanted(arguments)
    log.configure("load-sample")
    refuse_public_sample(settings.BIND)
    with database_up() as supervisor:
        if _mark() != "none":
            raise CannotServe("The sample is there already, or is loaded by the first ./bourse.")
        _step("sample-on-request", json.dumps(wanted))
        _renew(supervisor)
    print(f"The sample market is loaded; sign in as {sign_ins.kept(settings.HOME)}")
    return 0


def reset(arguments: list[str]) -> int:
    """Remove the sample with all that was done in it; the exit status."""
    parser = argparse.ArgumentParser(prog="./bourse reset-sample", description=WARNING)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    is_sure = parser.parse_args(arguments).yes
    log.configure("reset-sample")
    with database_up() as supervisor:
        if _mark() not in ("whole", "loading"):
            raise CannotServe("There is no sample in this database.")
        if not (is_sure or _says_yes()):
            raise CannotServe("Nothing was removed. Add --yes where nobody can be asked.")
        _empty()
        _renew(supervisor)
        secret = _step("operator-link")
    print(f"The sample is gone; make the first operator within 7 days: {operator_address(secret)}")
    return 0


def _wanted(arguments: list[str]) -> dict[str, int]:
    """Which market is asked for; what is not said is as at a first start."""
    parser = argparse.ArgumentParser(prog="./bourse load-sample", description="Load the sample market.")
    parser.add_argument("--stones", type=int, metavar="N", help="live listings, 100 to 2,000,000 (20,000)")
    parser.add_argument("--seed", type=int, metavar="S", help="another seed makes another market")
    parser.add_argument("--history-months", type=int, metavar="M", dest="months", help="0 to 120 (24)")
    wanted = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None}
    for name, (least, most) in LIMITS.items():
        if name in wanted and not least <= wanted[name] <= most:
            raise CannotServe(f"{NAMES[name]} must be from {least:,} to {most:,}, not {wanted[name]:,}.")
    return wanted


def _mark() -> str | None:
    if not settings.IS_EMBEDDED:
        raise CannotServe("The sample lives in the embedded database only, and BOURSE_DATABASE_URL is set.")
    with database.connect(database.current_url()) as connection:
        return database.sample_mark(connection)


def _says_yes() -> bool:
    return sys.stdin.isatty() and input(f"{WARNING} Type yes to go on: ").strip().lower() == "yes"


def _empty() -> None:
    database.recreate(database.current_url().replace("/bourse?", "/postgres?"), "bourse")
    (settings.HOME / sign_ins.FILE).unlink(missing_ok=True)
    _step("prepare")
    _step("no-sample")


def _step(name: str, *more: str) -> object:
    done = subprocess.run(
        order("steps", name, *more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    return answer_of(name, done.returncode, done.stdout)


def _renew(supervisor: int | None) -> None:
    """Have a running house start its processes anew: they remember what was there."""
    if supervisor:
        os.kill(supervisor, signal.SIGHUP)
