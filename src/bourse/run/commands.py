"""The command line: one table of commands, each a module with `main(arguments) -> exit status`.

A command's module is imported only when it is asked for: `inspect` needs no Django, and the server starts
fast.
"""

import importlib
import sys

COMMANDS = {
    "serve": ("bourse.run.supervisor", "serve the exchange (the default); --empty starts without the sample"),
    "test": ("bourse.run.tests", "run every check; --quick, --long [NAME], or pytest's own arguments"),
    "inspect": ("bourse.run.inspect", "show what the exchange reads in a stock file; needs no database"),
    "bench": (
        "bourse.run.bench.command",
        "measure what this project claims; without a name: list the benches",
    ),
    "load-sample": ("bourse.run.load_sample", "load the sample market into an empty embedded database"),
    "reset-sample": ("bourse.run.reset_sample", "remove the sample market and all that was done in it"),
    "manage": ("bourse.run.manage", "run one of Django's management commands"),
    "doctor": ("bourse.run.doctor", "say what is wrong with this installation, and the cure"),
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
    status: int = importlib.import_module(COMMANDS[name][0]).main(rest)
    return status


def usage() -> str:
    """What there is to type."""
    lines = [f"  ./bourse {name:13} {about}" for name, (_, about) in COMMANDS.items()]
    return "\n".join(
        ["Bourse, an open exchange for diamonds.", "", *lines, "", "docs/operating.md tells the rest."]
    )
