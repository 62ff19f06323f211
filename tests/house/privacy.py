"""docs/privacy.md as data: every column of every table, and who sees it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

WHO = (
    "everybody",
    "public field",
    "members",
    "unless hidden",
    "own company",
    "own person",
    "operator",
    "nobody",
)
OTHERS = "*"  # a library's table: its columns are its own
_HEADING = re.compile(r"^## ([a-z_]+)(?::| and )")
_LINE = re.compile(r"^\| (?:`(?P<table>\w+)`: )?(?P<columns>(?:`[\w*]+` ?)+) *\| (?P<who>[^|]+?) \|$")
Column = tuple[str, str]


def entries(document: Path, claims: Iterable[str]) -> Iterator[tuple[Column, str]]:
    """Each column that the document names, and who sees it; the word `claims` stands for all of them."""
    heading = ""
    for line in document.read_text().splitlines():
        if found := _HEADING.match(line):
            heading = found[1]
        elif found := _LINE.match(line):
            for word in re.findall(r"`([\w*]+)`", found["columns"]):
                for column in claims if word == "claims" else [word]:
                    yield (found["table"] or heading, column), found["who"]


def trespasses(document: Path, tables: Mapping[str, Iterable[str]], claims: Iterable[str]) -> list[str]:
    """Columns that the document leaves out, names twice or invents, and words that nobody explained."""
    told = list(entries(document, list(claims)))
    named = [column for column, _ in told]
    whole = {table for table, column in named if column == OTHERS}
    real = {(table, column) for table, columns in tables.items() for column in columns if table not in whole}
    real |= {(table, OTHERS) for table in whole & tables.keys()}
    return [
        *(f"{table}.{column} has no line" for table, column in sorted(real - set(named))),
        *(f"{table}.{column} has a line and is no column" for table, column in sorted(set(named) - real)),
        *(
            f"{table}.{column} has two lines"
            for table, column in sorted({c for c in named if named.count(c) > 1})
        ),
        *(f"{table}.{column} is seen by {who}" for (table, column), who in told if who not in WHO),
    ]
