"""The oldest PostgreSQL that a bourse may use: the tests that need a database, run on Debian's 15."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bourse.run.postgres import Server, wheel_binaries

ROOT = Path(__file__).resolve().parents[2]
WITH_DATABASE = ("kit", "members", "market", "search", "api", "web", "sample")


def test_a_run_on_another_server_at_a_toy_size(tmp_path: Path) -> None:
    assert "passed" in passing_on(wheel_binaries(), tmp_path, "kit")


@pytest.mark.long
def test_the_database_tests_pass_on_debians_postgresql_15(tmp_path: Path) -> None:
    said = passing_on(debians(15, tmp_path), tmp_path, *WITH_DATABASE)
    assert "passed" in said
    assert "failed" not in said


def passing_on(binaries: Path, folder: Path, *rooms: str) -> str:
    """The last line of pytest on a server from the binaries; a failure where a test fails."""
    server = Server(folder / "postgres", binaries)
    server.start()
    try:
        env = {**os.environ, "BOURSE_DATABASE_URL": server.url(), "BOURSE_HOME": str(folder / "home")}
        places = [f"tests/{room}" for room in rooms if (ROOT / "tests" / room).is_dir()]
        how = ["-q", "-n", str(min(2, len(places) - 1)), "-m", "not long and not alone"]
        order = [sys.executable, "-P", "-m", "pytest", *how, *places]
        done = subprocess.run(
            order, cwd=ROOT, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
    finally:
        server.stop()
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout.splitlines()[-1]


def debians(major: int, folder: Path) -> Path:
    """Debian's binaries: those installed, or its package unpacked here, so that no cluster is started."""
    installed = Path(f"/usr/lib/postgresql/{major}/bin")
    if installed.exists():
        return installed
    package = f"postgresql-{major}"
    subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, stdin=subprocess.DEVNULL)
    archive = next(folder.glob(f"{package}_*.deb"))
    subprocess.run(["dpkg", "-x", str(archive), str(folder / "debian")], check=True)
    return folder / "debian" / installed.relative_to("/")
