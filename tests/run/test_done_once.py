"""Operation ids against a real house: five sends at once over connections that break, one effect each."""

import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from bourse.doors.api import description
from bourse.doors.api.urls import addresses
from market.media_made import picture
from run.house import Installation
from run.programs import HEADERS, CuttingProxy, Program, Said, house_with_keys, stones

pytestmark = pytest.mark.alone

SENDS = 5
KEPT = (200, 201, 204, 404, 409, 422)
WORKERS = 4
SHARES = {  # of a hundred ids, by operation; those that read a file take longest
    "uploads_start": 10,
    "layouts_change": 42,
    "listings_change": 16,
    "listings_withdraw": 14,
    "media_add": 1,
    "media_add_film": 1,
    "uploads_restore": 4,
    "uploads_abandon": 4,
    "uploads_confirm": 1,
    "uploads_answer": 2,
    "uploads_correct": 2,
    "layouts_forget": 1,
}
TWICE = (
    HEADERS.encode() + b"\nQ-1,Round,1.00,E,VS1,GIA,7000000007,900\nQ-1,Oval,1.00,E,VS1,GIA,7000000008,900\n"
)
Call = Callable[[Program, str], Said]
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, dict[str, str]]]:
    with house_with_keys(tmp_path_factory.mktemp("once") / "house") as running:
        yield running


WRITES = {one.operation.name: one for one in description.operations(addresses) if one.method != "GET"}
# What is not prepared above is sent to things that are not there: one answer, and no effect.
OTHERS = sorted(set(WRITES) - set(SHARES))


class Shop:
    """One company's stock, and things to do with it that each can be done once."""

    def __init__(self, program: Program, number: int) -> None:
        self.program, self.number, self.names = program, number, count()
        self.listings: list[str] = []

    def stock(self, size: int) -> None:
        """Make so many listings live, all of this worker's own."""
        first = 1_000_000 * (self.number + 1)
        self.program.confirm(self.program.send(stones(size, first)))
        after: str | None = ""
        while after is not None:
            page = self.program.done(
                "GET", f"listings?limit=250&after={after}" if after else "listings?limit=250"
            )
            own = range(first, first + size)
            self.listings += [
                row["public_id"] for row in page["listings"] if int(row["supplier_stock_number"][2:]) in own
            ]
            after = page["after"]

    def order(self, name: str) -> tuple[Call, Callable[[], bool] | None]:
        """A call of the operation, and whether its effect was there exactly once."""
        if name in OTHERS:
            return self._not_there(WRITES[name]), None
        made: tuple[Call, Callable[[], bool] | None] = getattr(self, f"_{name}")()
        return made

    def _not_there(self, one: description.Described) -> Call:
        path = re.sub(r"{\w+}", "n" * 18, one.path).removeprefix("/api/v1/")
        return lambda program, key: program.call(one.method, path, {}, Idempotency_Key=key)

    def _listings_change(self) -> tuple[Call, Callable[[], bool]]:
        path = f"listings/{self.listings[0]}"
        version = self.program.done("GET", path)["version"]
        body = {"ask_cents": random.randint(1, 10**6), "version": version}
        return (
            lambda program, key: program.call("PATCH", path, body, Idempotency_Key=key),
            lambda: self.program.done("GET", path)["version"] == version + 1,
        )

    def _listings_withdraw(self) -> tuple[Call, Callable[[], bool]]:
        path = f"listings/{self.listings.pop()}"
        tag = f'"{self.program.done("GET", path)["version"]}"'
        return (
            lambda program, key: program.call("DELETE", path, If_Match=tag, Idempotency_Key=key),
            lambda: not self.program.done("GET", path)["is_live"],
        )

    def _media_add(self) -> tuple[Call, Callable[[], bool]]:
        path, width = f"listings/{random.choice(self.listings)}/media", 10 + next(self.names)
        content = picture("PNG", (width, 10))

        def send(program: Program, key: str) -> Said:
            kind = "application/octet-stream"
            return program.call("POST", path, content, Content_Type=kind, Idempotency_Key=key)

        return (
            send,
            lambda: [one["width"] for one in self.program.done("GET", path)["media"]].count(width) == 1,
        )

    def _media_add_film(self) -> tuple[Call, Callable[[], bool]]:
        listing, film = random.choice(self.listings), f"https://films.example/{next(self.names)}"
        path, body = f"listings/{listing}/films", {"address": film}

        def is_there() -> bool:
            kept = self.program.done("GET", f"listings/{listing}/media")["media"]
            return [one["address"] for one in kept].count(film) == 1

        return lambda program, key: program.call("POST", path, body, Idempotency_Key=key), is_there

    def _uploads_start(self) -> tuple[Call, Callable[[], bool]]:
        name = f"w{self.number}-{next(self.names)}.csv"
        path, content = f"uploads?name={name}&mode=add_and_update", stones(3, 77)

        def send(program: Program, key: str) -> Said:
            return program.call("POST", path, content, Content_Type="text/csv", Idempotency_Key=key)

        return send, lambda: self._uploads_called(name) == 1

    def _uploads_restore(self) -> tuple[Call, None]:
        done = next(one for one in self._uploads() if one["state"] == "confirmed")
        path = f"uploads/{done['public_id']}/restore"
        return lambda program, key: program.call("POST", path, Idempotency_Key=key), None

    def _uploads_abandon(self) -> tuple[Call, None]:
        path = f"uploads/{self.program.send(stones(1, 5))['public_id']}/abandon"
        return lambda program, key: program.call("POST", path, Idempotency_Key=key), None

    def _uploads_confirm(self) -> tuple[Call, None]:
        upload = self.program.send(stones(1, 500_000 + self.number * 1000 + next(self.names)))
        path = f"uploads/{upload['public_id']}"
        meant = {"fingerprint": self.program.done("GET", f"{path}/difference")["fingerprint"]}
        return lambda program, key: program.call("POST", f"{path}/confirm", meant, Idempotency_Key=key), None

    def _uploads_answer(self) -> tuple[Call, None]:
        path = f"uploads/{self.program.send(stones(1, 9))['public_id']}/answers"
        body = {"answers": {"column:weight": "weight"}}
        return lambda program, key: program.call("POST", path, body, Idempotency_Key=key), None

    def _uploads_correct(self) -> tuple[Call, None]:
        path = f"uploads/{self.program.send(stones(1, 9))['public_id']}/corrections"
        body = {"corrections": [{"sheet": "", "row": 2, "index": 1, "text": "Oval"}]}
        return lambda program, key: program.call("POST", path, body, Idempotency_Key=key), None

    def _layouts_change(self) -> tuple[Call, None]:
        path, body = f"layouts/{self._layout()}", {"answers": {"duplicates": "first"}}
        return lambda program, key: program.call("PATCH", path, body, Idempotency_Key=key), None

    def _layouts_forget(self) -> tuple[Call, None]:
        path = f"layouts/{self._layout()}"
        return lambda program, key: program.call("DELETE", path, Idempotency_Key=key), None

    def _layout(self) -> str:
        """A layout that something is remembered of."""
        if not (known := self.program.done("GET", "layouts")["layouts"]):
            path = f"uploads/{self.program.send(TWICE)['public_id']}/answers"
            self.program.call("POST", path, {"answers": {"duplicates": "first"}}, Prefer="wait=20")
            known = self.program.done("GET", "layouts")["layouts"]
        return known[0]["layout"] if known else "0" * 64

    def _uploads(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.program.done("GET", "uploads?limit=250")["uploads"]
        return found

    def _uploads_called(self, name: str) -> int:
        return [one["file_name"] for one in self._uploads()].count(name)


def storm(house: Installation, keys: dict[str, str], ids: int, record: Record) -> None:
    """So many operation ids, each sent five times at once through a proxy that cuts, then once straight."""
    chance = random.Random(6)
    proxy = CuttingProxy(house.port, chance)
    key = keys["Asha owner all"]
    names = chance.choices(list(SHARES), list(SHARES.values()), k=ids)
    every = [*SHARES, *OTHERS]
    names[: len(every)] = every
    told: Counter[str] = Counter()

    def work(number: int) -> None:
        own = names[number::WORKERS]
        shop = Shop(Program(house.port, key), number)
        shop.stock(own.count("listings_withdraw") + 1)
        broken = Program(house.port, key, proxy.port)
        with ThreadPoolExecutor(SENDS) as sending:
            for place, name in enumerate(own):
                call, happened = shop.order(name)
                once = f"{number}-{place}"
                sent = [sending.submit(call, broken, once) for _ in range(SENDS)]
                heard = [one.result() for one in sent]
                told.update(check(heard, lambda call=call, once=once: call(shop.program, once)))
                told[f"{name} ids"] += 1
                assert happened is None or happened(), (name, once)

    with ThreadPoolExecutor(WORKERS) as workers:
        for running in [workers.submit(work, number) for number in range(WORKERS)]:
            running.result()
    proxy.close()
    record("operation ids", ids)
    record("sends", told["sends"])
    record("connections cut", proxy.cut)
    record("answers", dict(told))
    assert proxy.cut > ids and told["2xx"] > ids * 0.8, told


def check(heard: list[Said], again: Callable[[], Said]) -> Counter[str]:
    """All answers of one id are one answer; calls beside the first may be told that it is at work."""
    last = again()
    while last.status == 409 and last.json["code"] == "operation_in_flight":
        last = again()
    whole = [said for said in heard if said.status and not _in_flight(said)]
    assert all(_same(said, last) for said in whole), (last, whole)
    if last.status in KEPT:
        assert last.headers.get("idempotency-replayed") == "true" or not any(whole), last
    counted = Counter(
        {"sends": len(heard) + 1, "heard": len(whole), "cut": sum(not one.status for one in heard)}
    )
    counted[f"{last.status // 100}xx"] += 1
    return counted


def _in_flight(said: Said) -> bool:
    return said.status == 409 and b"operation_in_flight" in said.body


def _same(one: Said, other: Said) -> bool:
    names = ("etag", "location", "content-type")
    return (
        one.status == other.status
        and (one.body == other.body or one.status not in KEPT)
        and all(one.headers.get(name) == other.headers.get(name) for name in names)
    )


def test_two_hundred_operations_are_done_once_each(
    house: tuple[Installation, dict[str, str]], record_property: Record
) -> None:
    storm(*house, 200, record_property)


@pytest.mark.long
def test_ten_thousand_operations_are_done_once_each(
    house: tuple[Installation, dict[str, str]], record_property: Record
) -> None:
    storm(*house, 10_000, record_property)


def test_a_kill_between_order_and_answer_leaves_both_or_neither(
    house: tuple[Installation, dict[str, str]],
) -> None:
    running, keys = house
    shop = Shop(Program(running.port, keys["Ben owner all"]), 9)
    shop.stock(1)
    for place in range(3):
        call, happened = shop.order("listings_change")
        assert happened
        with ThreadPoolExecutor(1) as sending:
            lost = sending.submit(call, shop.program, f"kill-{place}")
            for pid in running.pids("bourse.run.process", "web"):
                os.kill(pid, signal.SIGKILL)
            lost.result()
        while not (said := call(shop.program, f"kill-{place}")).status or _in_flight(said):
            pass  # not there again yet, or PostgreSQL has not heard yet that the first caller is gone
        assert (said.status, happened()) == (200, True)
