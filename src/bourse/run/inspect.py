"""`./bourse inspect FILE`: what the exchange reads in a stock file, before anything is uploaded."""

import argparse
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bourse.dialects import Correction, Reading, read_file
from bourse.dialects.documented import documented
from bourse.dialects.questions import column_index
from bourse.dialects.reading import LEAVE
from bourse.kit import confined
from bourse.kit.refusal import Refusal
from bourse.run.inspected import report

_READ, _REFUSED, _USAGE = 0, 1, 2
_NARROWEST = 60
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,8})", re.ASCII)


def main(argv: Sequence[str] | None = None) -> int:
    """Print what a file holds; 0 when it was read, 1 when it was refused as a whole, 2 when called
    wrongly.
    """
    wanted = _arguments(argv)
    if wanted is None:
        return _USAGE
    try:
        return _inspect(wanted)
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough; the interpreter must not try to write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READ


def _inspect(wanted: argparse.Namespace) -> int:
    try:
        data = _bytes_of(wanted.file)
    except OSError as error:
        print(f"{wanted.file} cannot be opened: {error.strerror}.", file=sys.stderr)
        return _USAGE
    name = "standard input" if wanted.file == "-" else Path(wanted.file).name
    try:
        reading = confined.run(
            read_file, data, name, _answers(wanted.answer), [*wanted.correct, *wanted.leave]
        )
    except Refusal as refusal:
        _print_refusal(name, refusal, as_json=wanted.json)
        return _REFUSED
    _print_reading(name, reading, as_json=wanted.json)
    return _READ


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace | None:
    parser = argparse.ArgumentParser(
        prog="bourse inspect", description="Show what the exchange reads in a stock file. Nothing is stored."
    )
    parser.add_argument("file", metavar="FILE", help="the stock file; - reads standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object, as docs/inspect.md says")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="KEY=OPTION",
        help="answer one of the file's questions, or say what a column (column:KEY), a spelling "
        "(value:FIELD:TEXT), a sheet (sheet:NAME), a header row (header:SHEET) or the encoding is",
    )
    parser.add_argument(
        "--correct",
        action="append",
        default=[],
        type=_correction,
        metavar="[SHEET!]CELL=TEXT",
        help="read the file as if this text stood in the cell, such as B12=Round",
    )
    parser.add_argument(
        "--leave",
        action="append",
        default=[],
        type=_left_row,
        metavar="[SHEET!]ROW",
        help="read the file without this row",
    )
    try:
        return parser.parse_args(argv)
    except SystemExit as stop:
        if stop.code in (0, None):
            raise
        return None


def _answers(pairs: Sequence[str]) -> dict[str, str]:
    # A spelling may hold the sign, an answer never does.
    return {key: option for key, _, option in (pair.rpartition("=") for pair in pairs)}


def _correction(text: str) -> Correction:
    place, is_given, cell = text.partition("=")
    sheet, _, reference = place.rpartition("!")
    found = _CELL.fullmatch(reference)
    if not is_given or found is None:
        raise ValueError(text)
    return Correction(sheet, int(found[2]), column_index(found[1]), cell)


def _left_row(text: str) -> Correction:
    sheet, _, row = text.rpartition("!")
    return Correction(sheet, int(row), -1, LEAVE)


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _print_refusal(name: str, refusal: Refusal, *, as_json: bool) -> None:
    if as_json:
        print(
            json.dumps(
                {"file": name, "error": {"code": refusal.code, "why": str(refusal)}}, ensure_ascii=False
            )
        )
    else:
        print(f"{name} was not read.\n{refusal}")


def _print_reading(name: str, reading: Reading, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(documented(reading, name), ensure_ascii=False))
    else:
        print(report(name, reading, in_colour=_in_colour(), width=_width()))


def _in_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _width() -> int | None:
    """How wide the terminal is; None where the report goes into a file or another program."""
    return max(_NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


if __name__ == "__main__":
    sys.exit(main())
