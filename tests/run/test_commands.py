"""The command line: what is typed wrongly is said, and small commands load little."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bourse.run import commands, guards

ROOT = Path(__file__).resolve().parents[2]


def typed(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-X", "importtime", "-m", "bourse", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def loaded(answer: subprocess.CompletedProcess[str]) -> set[str]:
    return {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines() if "import time:" in line}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["help"]) == 0
    said = capsys.readouterr().out
    assert all(f"./bourse {name} " in said for name in commands.COMMANDS)


def test_an_unknown_command_is_named_and_the_others_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["sirve"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("There is no command sirve.\n")
    assert "./bourse serve " in said


def test_every_command_leads_to_a_function() -> None:
    for place, _ in commands.COMMANDS.values():
        module, _, name = place.partition(":")
        text = (ROOT / "src" / (module.replace(".", "/") + ".py")).read_text()
        assert f"\ndef {name}(" in text, place


def test_an_option_alone_is_meant_for_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []

    def serve(arguments: list[str]) -> int:
        served.append(arguments)
        return 0

    monkeypatch.setattr(commands, "_function", lambda place: serve if "supervisor" in place else None)
    assert commands.main(["--empty"]) == 0
    assert commands.main([]) == 0
    assert served == [["--empty"], []]


def test_inspect_loads_neither_django_nor_a_database_driver(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Shape,Weight,Color,Clarity,Price\nRound,1.01,D,VS1,5000\n")
    answer = typed("inspect", "list.csv", folder=tmp_path)
    names = loaded(answer)
    assert answer.returncode == 0, answer.stderr[-500:]
    assert "bourse.dialects" in names
    assert not {"django", "psycopg", "bourse.settings"} & names


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    order = f"{sys.executable} -P -m bourse help | true"
    done = subprocess.run(
        ["sh", "-c", order],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("bind", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_may_show_a_sample(bind: str) -> None:
    guards.refuse_public_sample(bind)


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.0.2.7", "bourse.example"])
def test_any_other_address_may_not(bind: str) -> None:
    with pytest.raises(guards.CannotServe, match=r"\./bourse reset-sample"):
        guards.refuse_public_sample(bind)
