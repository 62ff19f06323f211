"""Every example of the developer page is run as it stands, against a real house."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bourse.doors.web.developer.examples import EXAMPLES, HELPER, Example
from run.programs import Program, house_with_keys, stones

pytestmark = pytest.mark.alone
SAYS = {  # a piece of what each prints, in a shell and in Python
    "first": ('"total":', "60"),
    "pages": ("", "60"),
    "search": ('"facets":', "60 ["),
    "upload": ('"is_searchable":', "confirmed"),
    "ask": ('"ask_cents":650000', "640000 1"),
    "many": ('"is_searchable":true', "True True"),
    "withdraw": ('"is_live":false', "False"),
    "refused": ('"pointer":"/afer"', "parameter_not_understood /limit Send"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with the file of the examples, and the variables that they read."""
    folder = tmp_path_factory.mktemp("examples")
    with house_with_keys(folder / "house") as (house, keys):
        key = keys["Asha trader all"]
        program = Program(house.port, key)
        program.confirm(program.send(stones(60)))
        (folder / "exchange.py").write_text(HELPER)
        (folder / "stock.csv").write_bytes(stones(3, 900))
        own = {"BOURSE": f"http://localhost:{house.port}", "API_KEY": key}
        yield folder, {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "LANG": "C.UTF-8", **own}


def test_each_example_is_known_here() -> None:
    assert [one.name for one in EXAMPLES] == list(SAYS)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_an_example_runs(place: tuple[Path, dict[str, str]], one: Example) -> None:
    folder, variables = place
    for said, order in (
        (SAYS[one.name][1], [sys.executable, "-c", one.python]),
        (SAYS[one.name][0], ["bash", "-euc", one.shell]),
    ):
        done = subprocess.run(
            order, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, (one.name, done.stderr)
        assert said in done.stdout.replace(": ", ":") or said in done.stdout, (one.name, done.stdout[-600:])
