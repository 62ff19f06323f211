"""The bench of search measures what it says, on little data, and its made market is the same each time."""

from bourse.run.bench import Size, search
from bourse.run.bench.search import made


def test_engine_and_rival_are_measured_and_agree() -> None:
    told = search.run(toy=True, size=Size(rows=5_000, rivals=("polars",)))
    assert set(told.figures) >= {bound.figure for bound in search.bounds(Size(rivals=("polars",)))}
    assert told.figures["wrong_answers"] == told.rivals["polars"]["differing_answers"] == 0
    assert told.setting == {"rows": 5_000, "questions": 20}


def test_bounds_are_those_of_the_size_and_of_the_rivals_that_were_asked_for() -> None:
    of_one = {bound.figure: bound for bound in search.bounds(Size(rivals=("duckdb",)))}
    of_ten = {bound.figure: bound for bound in search.bounds(Size(rows=10_000_000, rivals=("duckdb",)))}
    assert (of_one["p50_ms"].at_most, of_ten["p50_ms"].at_most) == (0.12, 0.5)
    assert (of_one["duckdb_times_cpu"].at_least, of_ten["duckdb_times_cpu"].at_least) == (80, 70)
    assert "polars_times_cpu" not in of_one


def test_the_made_market_and_its_questions_are_the_same_for_the_same_seed() -> None:
    first = made.stones(1_000)
    assert all((first[name] == again).all() for name, again in made.stones(1_000).items())
    asked = made.questions(200)
    assert asked == made.questions(200)
    assert {len(one.sets) + len(one.ranges) for one in asked} == set(range(3, 10))
    assert sum(one.page == 19 for one in asked) == 26
