"""The command line: one table of commands, each a function of the arguments that gives an exit status.

A command's module is imported only when it is asked for: `inspect` needs no Django, and the server starts
fast.
"""

import importlib
import sys
from collections.abc import Callable

from bourse.kit.refusal import Refusal

COMMANDS = {
    "serve": (
        "bourse.run.supervisor:main",
        "serve the exchange (the default); --empty starts without the sample",
    ),
    "test": ("bourse.run.tests:main", "run every check; --quick, --long [NAME], or pytest's own arguments"),
    "inspect": ("bourse.run.inspect:main", "show what the exchange reads in a stock file; needs no database"),
    "find": (
        "bourse.run.find:main",
        "find stones by a phrase of the trade; --read tells only how it is read, without a database",
    ),
    "bench": (
        "bourse.run.bench.command:main",
        "measure what this project claims; without a name: list the benches",
    ),
    "load-sample": (
        "bourse.run.sample_commands:load",
        "load the sample market into an empty embedded database",
    ),
    "reset-sample": (
        "bourse.run.sample_commands:reset",
        "remove the sample market and all that was done in it",
    ),
    "backup": (
        "bourse.run.backups.backup:main",
        "write database and files into FILE, and prove that it restores; the market stays live",
    ),
    "restore": ("bourse.run.backups.restore:main", "put a backup in the place of what is here"),
    "audit": (
        "bourse.run.audit:main",
        "check every rule of the market over its tables, each with its first offender",
    ),
    "manage": ("bourse.run.manage:main", "run one of Django's management commands"),
    "doctor": ("bourse.run.doctor:main", "say what is wrong with this installation, and the cure"),
}


def main(arguments: list[str]) -> int:
    """Run the command that the arguments name; its exit status."""
    name, *rest = arguments or ["serve"]
    if name in ("help", "-h", "--help"):
        print(usage())
        return 0
    if name.startswith("-"):
        name, rest = "serve", [name, *rest]
    if name not in COMMANDS:
        print(f"There is no command {name}.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        return _function(COMMANDS[name][0])(rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1


def usage() -> str:
    """What there is to type."""
    lines = [f"  ./bourse {name:13} {about}" for name, (_, about) in COMMANDS.items()]
    return "\n".join(
        ["Bourse, an open exchange for diamonds.", "", *lines, "", "docs/operating.md tells the rest."]
    )


def _function(place: str) -> Callable[[list[str]], int]:
    module, _, name = place.partition(":")
    function: Callable[[list[str]], int] = getattr(importlib.import_module(module), name)
    return function
