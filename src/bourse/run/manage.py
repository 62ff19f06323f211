"""`./bourse manage COMMAND`: Django's management commands, with the database up."""

from django.core.management import execute_from_command_line

from bourse.run import log
from bourse.run.process import set_up_django
from bourse.run.visit import database_up


def main(arguments: list[str]) -> int:
    """Run the management command that the arguments name; its exit status."""
    log.configure("manage")
    with database_up():
        set_up_django()
        execute_from_command_line(["./bourse manage", *arguments])
    return 0
