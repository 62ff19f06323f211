"""Where a run of the checks happens: the project, a folder of its own, and variables of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bourse.run.report import Case, Tally, read_junit

ROOT = Path(__file__).resolve().parents[3]
KEPT = {"BOURSE_REAL_STOCK", "BOURSE_CHROMIUM", "BOURSE_SEED"}


@dataclass(frozen=True)
class Ground:
    """The folder and the variables that every check of a run gets."""

    folder: Path
    env: dict[str, str]

    @classmethod
    def laid(cls, folder: Path, database_url: str) -> "Ground":
        """Nothing of a running installation, a home and caches of its own."""
        for name in ("home", "cache", "house", "house/static"):
            (folder / name).mkdir()
        kept = {name: value for name, value in os.environ.items() if not _is_ours(name) or name in KEPT}
        own = {
            "HOME": str(folder / "home"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PATH": f"{Path(sys.executable).parent}:{kept.get('PATH', '/usr/bin:/bin')}",
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "bourse.settings",
            "BOURSE_HOME": str(folder / "house"),
            "BOURSE_SECRET_KEY": "only for the tests of one run",
            "BOURSE_DATABASE_URL": database_url,
        }
        return cls(folder, {**kept, **own})

    def run(self, order: list[str]) -> tuple[bool, float]:
        """Whether a command succeeds here, and its seconds."""
        begun = time.monotonic()
        done = subprocess.run(order, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL)
        return done.returncode == 0, time.monotonic() - begun

    def ask(self, *arguments: str) -> str:
        """What pytest prints for the arguments."""
        order = [sys.executable, "-P", "-m", "pytest", *arguments]
        asked = subprocess.run(
            order, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        return asked.stdout

    def pytest(self, tally: Tally, *arguments: str, **variables: str) -> list[Case]:
        """Run pytest and count what it found."""
        junit = self.folder / "junit.xml"
        junit.unlink(missing_ok=True)
        where = ["--basetemp", str(self.folder / "pytest"), "--junitxml", str(junit)]
        order = [sys.executable, "-P", "-m", "pytest", "-q", *where, *arguments]
        done = subprocess.run(order, cwd=ROOT, env={**self.env, **variables}, stdin=subprocess.DEVNULL)
        cases = read_junit(junit)
        tally.add_pytest(done.returncode, cases)
        return cases


def _is_ours(name: str) -> bool:
    return name.startswith("BOURSE_")
