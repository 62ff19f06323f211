"""The three things that are timed at a large own stock."""

import json
import time
from statistics import median
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import urlencode

import psycopg

from bourse.run.bench import Figures
from bourse.run.bench.upload.house import ALL, Client, House

TABLES = ("", "?order=-ask", "?order=confirmed", "?shape=Pear&shape=Round", "?health=elsewhere", "?text=777")
CHOSEN, PERCENT = "Pear", "-1.5"  # one stone of ten
LOOK_S = 0.01


def table(house: House) -> Figures:
    """How long the first fifty rows take, in several orders and narrowings, each asked for twice."""
    ours = house.clients["ours"]
    first, again = ([_took_s(ours, f"/listings/{query}") for query in TABLES] for _ in range(2))
    return {"table_first_s": first[0], "table_s": max(*first, *again), "table_median_s": median(again)}


def edits(house: House, count: int) -> Figures:
    """How long a row waits for the answer to another ask, one after the other."""
    ours = house.clients["ours"]
    rows = ours.ask("GET", f"listings?limit={count}")["listings"]
    waits = sorted(_edit_ms(ours, row) for row in rows)
    return {"edit_p50_ms": median(waits), "edit_p95_ms": waits[int(0.95 * (len(waits) - 1))]}


def _edit_ms(client: Client, row: dict[str, Any]) -> float:
    """The row's form as the script sends it, with one per cent more per carat."""
    form = {
        "version": row["version"],
        "initial-per_carat": "1",
        "per_carat": f"{row['ppc_cents'] // 99}",
        "initial-total": "1",
        "total": "1",
        "availability": row["availability"],
        "quiet": "on",
    }
    begun = time.monotonic()
    path = f"/listings/stones/{row['public_id']}/"
    client.send("POST", path, urlencode(form).encode(), "application/x-www-form-urlencoded")
    return (time.monotonic() - begun) * 1000


def reprice(house: House) -> Figures:
    """One shape by some percent: the preview, the order until it is committed, and until others find it."""
    ours = house.clients["ours"]
    order: dict[str, Any] = {
        "selection": {"filter": {"shapes": [CHOSEN]}},
        "change": {"kind": "percent", "percent": PERCENT},
    }
    begun = time.monotonic()
    told = _ordered(ours, "preview", order)
    previewed = time.monotonic()
    with _Commit(house.database) as commit, _Found(house, told) as found:
        done = _ordered(ours, "change", order | {"fingerprint": told["fingerprint"]})
        answered = time.monotonic()
        house.wait_until(lambda: commit.at and found.at)
    return {
        "reprice_rows": float(done["changed"]),
        "reprice_preview_s": previewed - begun,
        "reprice_s": commit.at - ours.sent_at,
        "reprice_searchable_s": max(0.0, found.at - commit.at),
        "reprice_answer_s": answered - ours.sent_at,
    }


def _ordered(client: Client, what: str, body: dict[str, Any]) -> dict[str, Any]:
    return client.ask("POST", f"listings/{what}", json.dumps(body).encode(), "application/json")


class _Looks:
    """Looks again and again, until something is seen; `at` is when, 0 before."""

    def __enter__(self) -> Self:
        self.at, self._ended = 0.0, Event()
        self._thread = Thread(target=self._look_on)
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._ended.wait(LOOK_S) and not self.at:
            if self._sees():
                self.at = time.monotonic()

    def _sees(self) -> bool:
        raise NotImplementedError


class _Commit(_Looks):
    """Sees when the first order for many is committed."""

    def __init__(self, url: str) -> None:
        self._database = psycopg.connect(url, autocommit=True)

    def __exit__(self, *why: object) -> None:
        super().__exit__(*why)
        self._database.close()

    def _sees(self) -> bool:
        return self._database.execute("SELECT FROM market_bulkchange").fetchone() is not None


class _Found(_Looks):
    """Sees when a buyer finds the new asks of all the stones that the preview names."""

    def __init__(self, house: House, told: dict[str, Any]) -> None:
        named = [told["lowest"], told["highest"], *told["samples"]]
        self._wanted = {row["supplier_stock_number"]: row["new_ask_cents"] for row in named}
        self._buyer = house.clients["buyer"]

    def _sees(self) -> bool:
        numbers = urlencode({"stock": ",".join(self._wanted)})
        rows = self._buyer.ask("GET", f"search?{ALL}&{numbers}")["listings"]
        return {row["supplier_stock_number"]: row["ask_cents"] for row in rows} == self._wanted


def _took_s(client: Client, address: str) -> float:
    begun = time.monotonic()
    client.send("GET", address)
    return time.monotonic() - begun
