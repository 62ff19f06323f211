"""schemathesis over the API's description, as everybody: nothing breaks, nothing is undocumented."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bourse.doors.api import description
from bourse.doors.api.urls import addresses
from market.media_made import picture
from run.house import Installation
from run.programs import HEADERS, Program, Said, house_with_keys, session_of, stones

pytestmark = pytest.mark.alone

BY_SESSION, NOBODY = "Asha owner by session", "nobody"
ROLES = (
    "Asha owner all",
    "Asha trader all",
    "Asha viewer all",
    "Asha trader read search",
    "Asha trader manage stock",
    "Asha trader trade",
    "Asha trader feeds",
    "Sid owner all",  # suspended
    "Ben owner all",  # a stranger to what is Asha's
    BY_SESSION,
    NOBODY,
)
FEW = tuple(role for role in ROLES if role not in ("Asha trader trade", "Asha trader feeds"))
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 422, 428, 503]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 411, 413, 414, 415, 422, 428, 431]
[parameters]
"""
# An answer of each kind of file that reads it: questions, rows refused.
ASKING = (
    HEADERS.encode() + b"\nQ-1,Round,1.00,E,VS1,GIA,7000000007,900\nQ-1,Oval,1.00,E,VS1,GIA,7000000008,900\n"
)
BROKEN = (
    HEADERS.encode() + b"\nB-1,Blob,1.00,E,VS1,GIA,7000000017,900\nB-2,Oval,1.00,E,VS1,GIA,7000000018,900\n"
)
Record = Callable[[str, object], None]
House = tuple[Installation, dict[str, str]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_with_keys(tmp_path_factory.mktemp("described") / "house") as (running, keys):
        program = Program(running.port, keys["Asha trader all"])
        program.confirm(program.send(stones(60)))
        yield running, keys


def heads_of(house: House, role: str) -> Iterator[str]:
    """How the role says who it is: by a key, by a browser's session, or not at all."""
    running, keys = house
    heads = {"Authorization": f"Bearer {keys[role]}"} if role in keys else {}
    if role == BY_SESSION:
        heads = session_of(running.port, "asha.owner@example.com")
        yield from ("--generation-with-security-parameters", "false")  # a made-up key would go before it
    for name, value in heads.items():
        yield from ("--header", f"{name}: {value}")


def findings(told: str) -> str:
    """What schemathesis says of each finding, its long values cut short."""
    told = re.split(r"= (?:FAILURES|ERRORS) =", told, maxsplit=1)[-1]
    lines = told.partition("= WARNINGS =")[0].splitlines()
    return "\n".join(line[:300] for line in lines)[:20_000]


def asked(house: House, folder: Path, role: str, *words: str) -> Counter[int]:
    """Let schemathesis call as the role; how many answers of each status it got. It must find nothing."""
    running, keys = house
    program = Program(running.port, keys["Asha trader all"])
    ids = {
        "path.listing_id": program.done("GET", "listings?limit=1")["listings"][0]["public_id"],
        "path.upload_id": program.done("GET", "uploads?limit=1")["uploads"][0]["public_id"],
    }
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG + "".join(f'"{name}" = "{value}"\n' for name, value in ids.items()))
    report = folder / "calls.har"
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("st")), "--config-file", str(config), "run"),
            f"http://127.0.0.1:{running.port}/api/v1/openapi.json",
            *heads_of(house, role),
            *("--seed", "1", "--no-color", "--no-shrink"),
            *("--continue-on-failure", "--suppress-health-check", "all"),
            *("--output-sanitize", "false", "--report", "har", "--report-har-path", str(report), *words),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    statuses = Counter(
        entry["response"]["status"] for entry in json.loads(report.read_bytes())["log"]["entries"]
    )
    assert done.returncode == 0, f"{role}: {findings(done.stdout)}{done.stderr[-500:]}"
    assert not any(status >= 500 for status in statuses), (role, statuses)
    return statuses


def in_all(house: House, folder: Path, record: Record, *words: str, roles: tuple[str, ...] = ROLES) -> int:
    """The calls of all roles together."""
    told = {role: asked(house, folder, role, *words) for role in roles}
    record("calls by role", {role: sum(statuses.values()) for role, statuses in told.items()})
    record("statuses", dict(sum(told.values(), Counter())))
    return sum(sum(statuses.values()) for statuses in told.values())


def test_a_few_calls_as_everybody_find_nothing(house: House, tmp_path: Path, record_property: Record) -> None:
    quick = ("--phases", "fuzzing", "--max-examples", "4")
    assert in_all(house, tmp_path, record_property, *quick, roles=FEW) >= 1_500


@pytest.mark.long
def test_twenty_thousand_calls_as_everybody_find_nothing(
    house: House, tmp_path: Path, record_property: Record
) -> None:
    # One at a time: Python 3.11 loses count of its own depth where two threads read source text at once.
    whole = ("--phases", "coverage,fuzzing,stateful", "--max-examples", "20", "--workers", "1")
    assert in_all(house, tmp_path, record_property, *whole) >= 20_000


class Walk:
    """One call of each operation that answers well, with what it needs made before."""

    def __init__(self, house: House) -> None:
        running, self.keys = house
        self.port = running.port
        self.trader = Program(self.port, self.keys["Asha trader all"])
        self.widths = count(10)

    def call(self, program: Program, one: description.Described) -> Said:
        """The answer to a good call of the operation."""
        make = getattr(self, f"_{one.operation.name}", None)
        path, body, headers = make() if make else (self._plain(one), None, {})
        return program.call(one.method, path, body, **headers)

    def _plain(self, one: description.Described) -> str:
        path = one.path.removeprefix("/api/v1/")
        for name, given in (("upload_id", self._confirmed), ("listing_id", self._listing)):
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", given()["public_id"])
        return path

    def _confirmed(self) -> Any:
        known = self.trader.done("GET", "uploads?limit=250")["uploads"]
        return next(one for one in known if one["state"] == "confirmed" and one["kind"] == "file")

    def _listing(self) -> Any:
        return self.trader.done("GET", "listings?limit=1")["listings"][0]

    def _uploads_start(self) -> tuple[str, bytes, dict[str, str]]:
        return "uploads?name=a.csv&mode=add_and_update", stones(2, 70), {"Content_Type": "text/csv"}

    def _uploads_changes(self) -> tuple[str, None, dict[str, str]]:
        return f"uploads/{self._confirmed()['public_id']}/changes?kind=new", None, {}

    def _uploads_difference(self) -> tuple[str, None, dict[str, str]]:
        return f"uploads/{self.trader.send(stones(1, 70))['public_id']}/difference", None, {}

    def _uploads_abandon(self) -> tuple[str, None, dict[str, str]]:
        return f"uploads/{self.trader.send(stones(1, 70))['public_id']}/abandon", None, {}

    def _uploads_confirm(self) -> tuple[str, Any, dict[str, str]]:
        path = f"uploads/{self.trader.send(stones(1, 70))['public_id']}"
        told = self.trader.done("GET", f"{path}/difference")
        return f"{path}/confirm", {"fingerprint": told["fingerprint"]}, {}

    def _uploads_answer(self) -> tuple[str, Any, dict[str, str]]:
        path = f"uploads/{self.trader.send(ASKING)['public_id']}/answers"
        return path, {"answers": {"duplicates": "first"}}, {"Prefer": "wait=20"}

    def _uploads_correct(self) -> tuple[str, Any, dict[str, str]]:
        path = f"uploads/{self.trader.send(BROKEN)['public_id']}/corrections"
        return path, {"corrections": [{"sheet": "", "row": 2, "index": 1, "text": "Pear"}]}, {}

    def _layout(self) -> str:
        path, body, headers = self._uploads_answer()
        self.trader.call("POST", path, body, **headers)
        layout: str = self.trader.done("GET", "layouts")["layouts"][0]["layout"]
        return f"layouts/{layout}"

    def _layouts_change(self) -> tuple[str, Any, dict[str, str]]:
        return self._layout(), {"answers": {"duplicates": "first"}}, {}

    def _layouts_forget(self) -> tuple[str, Any, dict[str, str]]:
        return self._layout(), None, {}

    def _media(self) -> tuple[str, str]:
        path = f"listings/{self._listing()['public_id']}/media"
        kind, content = "application/octet-stream", picture("PNG", (next(self.widths), 10))
        said = self.trader.call("POST", path, content, Content_Type=kind)
        return path, said.json["added"][0]

    def _media_show(self) -> tuple[str, None, dict[str, str]]:
        return "/".join(self._media()), None, {}

    def _media_remove(self) -> tuple[str, None, dict[str, str]]:
        return "/".join(self._media()), None, {}

    def _media_add(self) -> tuple[str, bytes, dict[str, str]]:
        content = picture("PNG", (next(self.widths), 10))
        path = f"listings/{self._listing()['public_id']}/media"
        return path, content, {"Content_Type": "application/octet-stream"}

    def _media_add_film(self) -> tuple[str, Any, dict[str, str]]:
        film = f"https://films.example/{next(self.widths)}"
        return f"listings/{self._listing()['public_id']}/films", {"address": film}, {}

    def _listings_change(self) -> tuple[str, Any, dict[str, str]]:
        one = self._listing()
        return f"listings/{one['public_id']}", {"ask_cents": 1, "version": one["version"]}, {}

    def _listings_withdraw(self) -> tuple[str, Any, dict[str, str]]:
        one = self._listing()
        return f"listings/{one['public_id']}", None, {"If_Match": f'"{one["version"]}"'}

    def _order(self, **change: str) -> dict[str, Any]:
        """An order for one listing, with the fingerprint of its preview."""
        one = self._listing()
        seen = [{"listing": one["public_id"], "version": one["version"]}]
        order: dict[str, Any] = {"selection": {"listings": seen}, "change": change}
        return order | {"fingerprint": self.trader.done("POST", "listings/preview", order)["fingerprint"]}

    def _stock_preview(self) -> tuple[str, Any, dict[str, str]]:
        order = {"selection": {"filter": {}}, "change": {"kind": "percent", "percent": "-1"}}
        return "listings/preview", order, {}

    def _stock_change(self) -> tuple[str, Any, dict[str, str]]:
        return "listings/change", self._order(kind="percent", percent="10"), {}

    def _stock_undo(self) -> tuple[str, Any, dict[str, str]]:
        done = self.trader.done("POST", "listings/change", self._order(kind="delist"))
        return "listings/undo", {"order": done["order"]}, {}

    def _stock_keep_alive(self) -> tuple[str, Any, dict[str, str]]:
        return "listings/keep-alive", {}, {}


WALKED = (
    "uploads",
    "layouts",
    "files",
    "listings",
    "media",
    "stock",
    "searching",
)  # others' own tests walk the others


def test_every_operation_answers_well_to_every_role_that_may(house: House, record_property: Record) -> None:
    walk, reached = Walk(house), 0
    for role in ("owner", "trader", "viewer"):
        for one in description.operations(addresses):
            if one.operation.group not in WALKED:
                continue
            scope = one.operation.scope or "trade"  # where none is needed, one that fits nothing else
            own = Program(walk.port, walk.keys[f"Asha {role} {scope}"])
            said = walk.call(own, one)
            if role in one.operation.roles:
                assert said.status == one.operation.status, (role, one.operation.name, said)
                reached += 1
            else:
                assert said.status == 403, (role, one.operation.name, said)
            other = walk.keys[f"Asha {role} {'feeds' if scope != 'feeds' else 'trade'}"]
            if one.operation.scope:
                told = Program(walk.port, other).call(one.method, walk._plain(one))
                assert told.status == 403 and told.json["code"] == "scope_missing", (role, told)
    record_property("operations reached by role", reached)
