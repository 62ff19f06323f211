"""Questions as SQL."""

# ruff: noqa: S608  the statements are made of this bench's own words

from collections.abc import Iterable, Iterator

from bourse.run.bench.search.made import FACETS, ORDERS, PAGE, Asked

NAMES = tuple(FACETS)


def where(asked: Asked, but: str = "") -> str:
    """The conditions, one facet's own left out."""
    return " AND ".join(_conditions(asked, but)) or "true"


def _conditions(asked: Asked, but: str) -> Iterator[str]:
    for name, codes in asked.sets.items():
        if name != but:
            yield one_of(name, codes)
    for name, (low, high) in asked.ranges.items():
        yield f"{name} BETWEEN {low} AND {high}"


def one_of(name: str, codes: Iterable[int]) -> str:
    """Any of the values."""
    return f"{name} IN ({','.join(map(str, codes))})"


def page(asked: Asked) -> str:
    """The ids of the page."""
    column, descends = ORDERS[asked.order]
    return (
        f"SELECT id FROM listings WHERE {where(asked)} ORDER BY {column} {'DESC' if descends else 'ASC'}, id "
        f"LIMIT {PAGE} OFFSET {asked.page * PAGE}"
    )


def a_statement_a_facet(asked: Asked) -> str:
    """One pass for all facets without a filter, one more for each that has one: facet, value, count."""
    filtered = [name for name in NAMES if name in asked.sets]
    free = [name for name in NAMES if name not in asked.sets]
    found = f"WITH found AS MATERIALIZED (SELECT {', '.join(free)} FROM listings WHERE {where(asked)}) "
    parts = [_grouped(name, "found") for name in free]
    parts += [_grouped(name, f"listings WHERE {where(asked, name)}") for name in filtered]
    return found + " UNION ALL ".join(parts)


def _grouped(name: str, source: str) -> str:
    return f"SELECT {NAMES.index(name)}, {name}, count(*) FROM {source} GROUP BY {name}"


def grouping_sets(asked: Asked) -> str:
    """One pass: which facets' filters a row fails is a number; rows that fail two are left out."""
    filtered = {name: codes for name, codes in asked.sets.items() if name in FACETS}
    hard = Asked({n: codes for n, codes in asked.sets.items() if n not in FACETS}, asked.ranges, asked.order)
    fails = [
        f"CASE WHEN {one_of(n, codes)} THEN 0 ELSE {1 << NAMES.index(n)} END" for n, codes in filtered.items()
    ]
    rows = f"SELECT {', '.join(NAMES)}, {' + '.join(fails) or '0'} AS fails FROM listings WHERE {where(hard)}"
    kept = ", ".join(["0", *(str(1 << NAMES.index(name)) for name in filtered)])
    sets = ", ".join(f"({name}, fails)" for name in NAMES)
    found = f"SELECT * FROM ({rows}) AS looked WHERE fails IN ({kept})"
    return (
        f"SELECT GROUPING({', '.join(NAMES)}), {', '.join(NAMES)}, fails, count(*) "
        f"FROM ({found}) AS found GROUP BY GROUPING SETS ({sets})"
    )


def by_facet(rows: Iterable[tuple[int, ...]]) -> list[list[int]]:
    """What a_statement_a_facet found."""
    counts = [[0] * width for width in FACETS.values()]
    for facet, value, count in rows:
        counts[facet][value] = count
    return counts


def by_grouping(rows: Iterable[tuple[int, ...]]) -> list[list[int]]:
    """What grouping_sets found."""
    counts = [[0] * width for width in FACETS.values()]
    for grouping, *values, fails, count in rows:
        facet = next(place for place in range(len(NAMES)) if not grouping >> (len(NAMES) - 1 - place) & 1)
        if fails in (0, 1 << facet):
            counts[facet][values[facet]] += count
    return counts


def total(asked: Asked, facets: list[list[int]]) -> int:
    """The exact total: the sum of a facet that no filter is left out of."""
    return sum(next(counts for name, counts in zip(NAMES, facets, strict=True) if name not in asked.sets))
