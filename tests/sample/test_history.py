"""The past of the sample's market: the same for the same seed, and one story in all its tables."""

import hashlib
import re
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from bourse.market.claims import Claims
from bourse.market.filling import COLUMNS, Keys
from bourse.run.sample.copying import AT_ONCE, People, Wanted, market
from bourse.run.sample.paths import KINDS, Paths
from bourse.run.sample.sends import calendar, horizon
from bourse.run.sample.suppliers import SUPPLIERS
from cast import NOON

PEOPLE = People(companies=list(range(1, 41)), persons=list(range(101, 141)))
SEED = 20261124
Table = list[dict[str, str]]


def lines(stones: int, seed: int = SEED, months: int = 24) -> dict[str, list[str]]:
    """The lines of each table."""
    whole: dict[str, list[str]] = {table: [] for table in COLUMNS}
    for part in market(Wanted(stones, seed, months, NOON), PEOPLE, Keys()).lines():
        for table, some in part.items():
            whole[table] += some
    return whole


def hash_of(told: dict[str, list[str]]) -> str:
    return hashlib.sha256("".join(line for table in told.values() for line in table).encode()).hexdigest()


@pytest.fixture(scope="module")
def told() -> dict[str, Table]:
    """A market of 2,000 stones and its past, as rows of named cells."""
    return {
        table: [
            dict(zip(COLUMNS[table].split(", "), line.rstrip("\n").split("\t"), strict=True)) for line in some
        ]
        for table, some in lines(2_000).items()
    }


def test_one_seed_makes_one_market() -> None:
    assert hash_of(lines(800)) == hash_of(lines(800))
    assert hash_of(lines(800)) != hash_of(lines(800, seed=SEED + 1))


def test_a_larger_market_is_made_batch_by_batch() -> None:
    parts = market(Wanted(AT_ONCE + 400, SEED, 0, NOON), PEOPLE, Keys()).lines()
    first, second = (part["market_listing"] for part in parts)
    assert (len(first), len(second)) == (AT_ONCE, 400)
    cells = [line.split("\t") for line in (*first, *second)]
    assert len({row[0] for row in cells}) == len({row[1] for row in cells}) == len(cells)
    stock_number = COLUMNS["market_listing"].split(", ").index("stock_key")
    assert len({(row[2], row[stock_number]) for row in cells}) == len(cells)  # each company's own


def test_without_months_nothing_has_a_past() -> None:
    whole = lines(500, months=0)
    assert [len(whole[table]) for table in ("market_listing", "market_askchange")] == [500, 500]
    assert whole["market_pastlisting"] == []


def test_so_many_are_live_and_others_were_there_before(told: dict[str, Table]) -> None:
    lives = [row["is_live"] for row in told["market_listing"]]
    assert (lives.count("t"), lives.count("f")) == (2_000, 1_200)


def test_the_last_entry_is_the_listing_as_it_is(told: dict[str, Table]) -> None:
    names = ("ask_cents", "cash_ask_cents", "availability", "is_live")
    last = {row["listing_id"]: row for row in told["market_askchange"]}
    for listing in told["market_listing"]:
        assert [last[listing["id"]][name] for name in names] == [listing[name] for name in names]
        assert last[listing["id"]]["at"] == listing["changed_at"]


def test_dates_follow_each_other_from_the_first_day_on(told: dict[str, Table]) -> None:
    times: dict[str, list[str]] = {}
    for entry in told["market_askchange"]:
        times.setdefault(entry["listing_id"], []).append(entry["at"])
    for listing in told["market_listing"]:
        at = times[listing["id"]]
        assert at == sorted(set(at))
        assert at[0] == listing["listed_at"]
        assert datetime.fromisoformat(at[-1]) < NOON


def test_what_was_joins_what_is(told: dict[str, Table]) -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for past in told["market_pastlisting"]:
        spans.setdefault(past["listing_id"], []).append((int(past["revision"]), int(past["until_revision"])))
    for listing in told["market_listing"]:
        own = [*spans.get(listing["id"], []), (int(listing["revision"]), 0)]
        assert all(one[1] == following[0] for one, following in pairwise(own))
        assert int(listing["version"]) == len(own)


def test_no_file_comes_from_tomorrow_and_each_firm_has_its_rhythm() -> None:
    sends = calendar(np.random.default_rng(1), months=24, now=NOON)
    for firm, each in zip(SUPPLIERS, sends, strict=True):
        assert each.times == sorted(each.times)
        assert each.times[-1] < NOON
        assert each.times[0] > NOON - timedelta(days=horizon(24) + 1)
        assert len(each) == max(2, round(horizon(24) / firm.every_days))


def test_the_market_ends_where_the_price_surface_is() -> None:
    paths = Paths(np.random.default_rng(1), 730)
    assert paths.at(np.array([0.0])).tolist() == [[0.0]] * KINDS
    natural, grown = np.split(paths.at(np.array([730.0]))[:, 0], 2)
    assert 0.3 < grown.mean() < 0.8  # lab-grown goods lost a third of their price or more
    assert -0.1 < natural.mean() < 0.3


def test_most_asks_fell_with_the_market(told: dict[str, Table]) -> None:
    first: dict[str, int] = {}
    for entry in told["market_askchange"]:
        if entry["ask_cents"] != "\\N":
            first.setdefault(entry["listing_id"], int(entry["ask_cents"]))
    ended = [row for row in told["market_listing"] if row["ask_cents"] != "\\N"]
    changed = [row for row in ended if int(row["ask_cents"]) != first[row["id"]]]
    fallen = sum(int(row["ask_cents"]) < first[row["id"]] for row in changed)
    assert len(changed) > 600
    assert fallen / len(changed) > 0.6


def test_every_way_to_ask_is_there(told: dict[str, Table]) -> None:
    live = [row for row in told["market_listing"] if row["is_live"] == "t"]
    given = [(row["ask_cents"] != "\\N", row["cash_ask_cents"] != "\\N") for row in live]
    assert {kind: given.count(kind) > 5 for kind in ((True, False), (True, True), (False, True))} == {
        (True, False): True,
        (True, True): True,
        (False, True): True,
    }
    assert 10 < given.count((False, False)) < 100
    assert {row["priced_in"] for row in live} == {"", "EUR"}
    assert all((row["priced_in"] == "") == (row["rate"] == "\\N") for row in live)
    assert sum(row["hides_ask"] == "t" for row in live) > 10
    assert {row["goods"] for row in live} == {"single", "pair", "parcel"}
    assert {row["availability"] for row in live} == {
        "Guaranteed available",
        "On memo",
        "Subject to prior sale",
        "Not available",
    }


def test_no_address_leads_anywhere(told: dict[str, Table]) -> None:
    text = "".join(" ".join(row.values()) for row in told["market_listing"])
    hosts = set(re.findall(r"https?://([^/]+)/", text))
    assert hosts
    assert all(host.endswith(".example") for host in hosts)
    assert not re.search(r"www\.|@|\.(com|net|org)\b", text)


def test_no_line_forgets_a_column() -> None:
    whole = lines(300)
    for table, some in whole.items():
        assert {line.count("\t") + 1 for line in some} == {len(COLUMNS[table].split(", "))}
    assert COLUMNS["market_listing"].endswith(", ".join(Claims._fields))
