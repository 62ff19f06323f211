"""Rows that name the same stone twice, and which of them stands."""

from collections import defaultdict
from collections.abc import Sequence

from bourse.dialects.columns import Value

Twins = dict[int, int]


def twins_by_stock_no(numbers: Sequence[Value]) -> list[list[int]]:
    """The rows that share a stock number, whatever its case; each group in the order of the file."""
    texts = _texts(numbers)
    whole = "\0".join(texts)
    # Most houses write capitals only, which is seen at once; folding every number takes far longer.
    if _all_apart(texts if whole == whole.upper() else whole.casefold().split("\0")):
        return []
    return _groups([str(number).casefold() if number is not None else None for number in numbers])


def twins_by_report(labs: Sequence[Value], reports: Sequence[Value]) -> list[list[int]]:
    """The rows that share a laboratory and a report number; each group in the order of the file."""
    if _all_apart(_texts(reports)):
        return []
    again = _twice(reports)
    pairs = zip(labs, reports, strict=True)
    return _groups(
        [(lab, report) if report in again and lab not in (None, "None") else None for lab, report in pairs]
    )


def _texts(numbers: Sequence[Value]) -> list[str]:
    return list(filter(None, numbers))  # type: ignore[arg-type]  # identifiers are read as texts only


def _all_apart(numbers: Sequence[str]) -> bool:
    """Whether no number stands twice; the quick answer for nearly every file."""
    return len(set(numbers)) == len(numbers)


def _groups(keys: Sequence[object]) -> list[list[int]]:
    again = _twice(keys)
    rows: dict[object, list[int]] = defaultdict(list)
    for row, key in enumerate(keys) if again else ():
        if key in again:
            rows[key].append(row)
    return list(rows.values())


def _twice(keys: Sequence[object]) -> set[object]:
    """The keys that stand more than once; those that stand once are nearly all and need no place."""
    seen, again = set[object](), set[object]()
    for key in keys:
        (again if key in seen else seen).add(key)
    return again - {None}


def are_the_same(columns: Sequence[Sequence[object]], group: Sequence[int]) -> bool:
    """Whether the rows of a group are alike in every column, so that nothing is lost whichever stands."""
    return all(cells[row] == cells[group[0]] for cells in columns for row in group[1:])


def fallen(groups: Sequence[Sequence[int]], stands: str | None) -> Twins:
    """The rows that do not stand, each with the row that does; without an answer the first stands for now."""
    keep = -1 if stands == "last" else 0
    return {row: group[keep] for group in groups for row in group if row != group[keep]}
