"""Does every line know its room? The house keeps its rules, and each bites on a planted trespass."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from house import house

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/bourse"
# Functions over the wall that stand for a reason; this list only ever gets shorter.
LONG_FOR_A_REASON: set[str] = set()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house once more, to plant trespasses in."""
    for folder in ("src", "docs", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "bourse"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def plant(copy: Path, module: str, code: str) -> None:
    path = copy / "src/bourse" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code + (path.read_text() if path.exists() else ""))


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "COLUMNS": "200", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_contracts_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "code", "contract"),
    [
        ("kit/clock.py", "import bourse.market.facts\n", "The house has floors"),
        ("market/queries.py", "import bourse.search.queries\n", "The house has floors"),
        ("cellar/__init__.py", "", "The house has floors"),
        ("doors/api/trespass.py", "import bourse.doors.web.urls\n", "Doors do not open into each other"),
        ("members/models.py", "import bourse.members.queries\n", "Inside a room"),
        ("vocabulary/trespass.py", "import django.db\n", "Words, readers and the engine know no framework"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(copy: Path, module: str, code: str, contract: str) -> None:
    plant(copy, module, code)
    answer = lint_imports(copy)
    assert answer.returncode == 1
    broken = [line for line in answer.stdout.splitlines() if "BROKEN" in line]
    assert len(broken) == 1 and broken[0].startswith(contract), answer.stdout


@pytest.mark.parametrize(
    ("question", "module", "code", "trespass"),
    [
        (
            house.foreign_tables,
            "doors/api/trespass.py",
            "from bourse.market.models import Stone\n",
            "doors/api/trespass.py:1 imports bourse.market.models.Stone",
        ),
        (
            house.long_functions,
            "kit/trespass.py",
            "def wall() -> None:\n" + "    print()\n" * 60,
            "kit/trespass.py:wall has 61 lines",
        ),
        (house.silent_rooms, "cellar/__init__.py", "", "cellar does not say what it is for"),
        (
            house.querying_doors,
            "doors/api/trespass.py",
            "def view(room: object) -> object:\n    return room.objects\n",
            "doors/api/trespass.py:2 uses .objects",
        ),
    ],
)
def test_a_rule_of_the_house_holds_and_bites(
    copy: Path, question: Callable[[Path], list[str]], module: str, code: str, trespass: str
) -> None:
    assert set(question(SRC)) - LONG_FOR_A_REASON == set()
    plant(copy, module, code)
    assert set(question(copy / "src/bourse")) - LONG_FOR_A_REASON == {trespass}


def test_every_setting_is_documented(copy: Path) -> None:
    assert house.undocumented_settings(ROOT) == []
    plant(copy, "kit/trespass.py", 'import os\n\nHIDDEN = os.environ["BOURSE_" "HIDDEN"]  # BOURSE_HIDDEN\n')
    assert house.undocumented_settings(copy) == [
        "BOURSE_HIDDEN is read, and docs/operating.md has no line for it"
    ]


def test_no_exception_to_the_wall_is_older_than_its_reason() -> None:
    assert set(house.long_functions(SRC)) >= LONG_FOR_A_REASON


def test_untyped_code_does_not_pass_the_type_check(copy: Path) -> None:
    plant(copy, "vocabulary/trespass.py", "def untyped(x):\n    return x\n")
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--cache-dir",
            str(copy / ".mypy"),
            "src/bourse/vocabulary/trespass.py",
        ],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src"), "BOURSE_SECRET_KEY": "planted", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "trespass.py:1: error: Function is missing a type annotation  [no-untyped-def]" in answer.stdout
