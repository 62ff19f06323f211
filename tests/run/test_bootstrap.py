"""Setting up: without venv, as root and as a plain user, and with what another Python made."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_ENSUREPIP = "The virtual environment was not created successfully because ensurepip is not available.\n"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools/bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


class Orders:
    """Stands for subprocess.run: remembers each order, and fails `venv` as often as it is told."""

    def __init__(self, failures: int) -> None:
        self.failures, self.given = failures, list[list[str]]()

    def __call__(self, order: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.given.append(order)
        if "venv" in order and self.failures:
            self.failures -= 1
            return subprocess.CompletedProcess(order, 1, NO_ENSUREPIP, "")
        return subprocess.CompletedProcess(order, 0, "", "")


def test_root_gets_the_missing_venv_module_from_debian(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    orders = Orders(failures=1)
    monkeypatch.setattr(subprocess, "run", orders)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    bootstrap.make_venv(tmp_path / "venv")
    assert [order[-1] for order in orders.given[1:3]] == ["update", "python3-venv"]
    assert "venv" in orders.given[3]


def test_a_plain_user_is_told_in_one_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(subprocess, "run", Orders(failures=1))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as told:
        bootstrap.make_venv(tmp_path / "venv")
    assert told.value.code == "Python's venv module is missing. As root: apt install python3-venv"


def test_an_environment_is_made_anew_only_for_a_reason(bootstrap: ModuleType, tmp_path: Path) -> None:
    lock, home = tmp_path / "lock", tmp_path / "venv"
    (home / "bin").mkdir(parents=True)
    python = home / "bin/python"
    python.symlink_to("/bin/sh")
    lock.write_text("one")
    assert not bootstrap.is_made(home, lock)
    (home / ".stamp").write_text(bootstrap.fingerprint(home, lock))
    assert bootstrap.is_made(home, lock)
    lock.write_text("two")
    assert not bootstrap.is_made(home, lock)
    lock.write_text("one")
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert not bootstrap.is_made(home, lock)


def test_a_failed_installation_names_the_order_that_failed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit) as told:
        bootstrap.must(["false", "--index"])
    assert told.value.code == "Setting up failed at: false --index"


def test_the_command_is_found_through_a_link_from_any_folder(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "bourse", project / "bourse")
    (project / "tools/bootstrap.py").write_text("import os, sys; print(os.getcwd(), *sys.argv[1:])")
    (tmp_path / "away").mkdir()
    (tmp_path / "away/b").symlink_to(project / "bourse")
    said = subprocess.run(
        ["./b", "inspect", "a b.csv"], cwd=tmp_path / "away", capture_output=True, text=True
    )
    assert said.stdout == f"{tmp_path / 'away'} inspect a b.csv\n"


def test_modules_are_compiled_once_whatever_the_shell_says(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")
    bootstrap.keep_bytecode(tmp_path / ".venv")
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert os.environ["PYTHONPYCACHEPREFIX"] == str(tmp_path / ".venv/bytecode")
