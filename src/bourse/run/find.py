"""`./bourse find "…"`: the stones that a phrase of the trade asks for; with --read only how it was read."""

import argparse
import json
import sys
from collections.abc import Sequence

from bourse.kit.refusal import Refusal
from bourse.search.too_long import LONGEST, refuse_too_long

FOUND, REFUSED = 0, 1
USUAL, MOST = 50, 1_000  # stones


def main(arguments: Sequence[str]) -> int:
    """Print what the phrase finds, or how it was read; 1 where it was refused."""
    wanted = _wanted(arguments)
    phrase = _phrase(wanted.phrase)
    try:
        refuse_too_long(phrase)
        print(_reading(phrase, wanted) if wanted.read else _stones(phrase, wanted))
    except Refusal as refusal:
        return _print_refusal(refusal, as_json=wanted.json)
    return FOUND


def _wanted(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./bourse find", description="Find stones by a phrase of the trade: 'rd 1-1.05 F-G VS+ 3EX GIA'."
    )
    parser.add_argument(
        "phrase", nargs="+", metavar="PHRASE", help="what is looked for; - reads it from standard input"
    )
    parser.add_argument(
        "--read", action="store_true", help="tell only how the phrase is read; needs no database"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object, as docs/search_language.md says"
    )
    parser.add_argument(
        "--limit", type=int, default=USUAL, metavar="N", help=f"stones shown, {MOST:,} at most ({USUAL})"
    )
    options, words = _apart(arguments)
    wanted = parser.parse_args([*options, "--", *words])
    wanted.limit = max(1, min(wanted.limit, MOST))
    return wanted


def _apart(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options with their values, and the words of the phrase, which may begin with a minus."""
    options: list[str] = []
    words: list[str] = []
    for place, word in enumerate(arguments):
        is_value = place > 0 and arguments[place - 1] == "--limit"
        (options if word.startswith("--") or word == "-h" or is_value else words).append(word)
    return options, words


def _phrase(words: Sequence[str]) -> str:
    return sys.stdin.read(LONGEST + 1) if list(words) == ["-"] else " ".join(words)


def _reading(phrase: str, wanted: argparse.Namespace) -> str:
    from bourse.run.read_phrase import reading  # noqa: PLC0415

    return reading(phrase, as_json=wanted.json)


def _stones(phrase: str, wanted: argparse.Namespace) -> str:
    # What needs Django is loaded where stones are looked for, what reads where something is read.
    from bourse.run.found import found  # noqa: PLC0415

    return found(phrase, wanted.limit, as_json=wanted.json)


def _print_refusal(refusal: Refusal, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": {"code": refusal.code, "why": str(refusal)}}, ensure_ascii=False))
    else:
        print(refusal, file=sys.stderr)
    return REFUSED
