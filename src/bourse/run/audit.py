"""`./bourse audit`: whether the market's tables keep every rule that holds across their rows."""

import argparse
import subprocess

from bourse.run import log
from bourse.run.process import answer_of, order
from bourse.run.visit import database_up


def main(arguments: list[str]) -> int:
    """Say which rules are broken, each with its first offender; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="./bourse audit", description="Check the market's tables.")
    parser.parse_args(arguments)
    log.configure("audit")
    with database_up():
        done = subprocess.run(
            order("steps", "audit"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
    found = answer_of("audit", done.returncode, done.stdout)
    offences = found if isinstance(found, list) else []
    for offence in offences:
        print(f"WRONG {offence['rule']}: {offence['sentence']} Not {offence['offender']}.")
    if not offences:
        print("Every rule of the market holds.")
    return 1 if offences else 0
