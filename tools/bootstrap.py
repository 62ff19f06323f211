"""Makes the environment from the hash-pinned lock, then hands over to it. Standard library only."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONWARNINGS": "ignore",
    "DEBIAN_FRONTEND": "noninteractive",
}
UV = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"}
PRODUCT = (".venv", "requirements.lock")
TESTS = (".venv-test", "requirements-test.lock")
RIVALS = (".venv-bench", "requirements-bench.lock")  # of a bench that compares others


def environment(name: str, lock: Path) -> Path:
    """The environment's Python. The environment is made anew when the lock, its folder or its Python changes.

    Which Python asks does not matter: a running exchange must not lose its environment to another's PATH.
    """
    home = ROOT / name
    if not is_made(home, lock):
        with (ROOT / f"{name}.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)  # two terminals at once
            if not is_made(home, lock):
                make(home, lock)
    return home / "bin/python"


def is_made(home: Path, lock: Path) -> bool:
    stamp = home / ".stamp"
    return stamp.exists() and stamp.read_text() == fingerprint(home, lock)


def fingerprint(home: Path, lock: Path) -> str:
    python = (home / "bin/python").resolve()
    there = python if python.exists() else "gone"
    return hashlib.sha256(lock.read_bytes() + f"{ROOT} {there}".encode()).hexdigest()


def make(home: Path, lock: Path) -> None:
    print("Setting up: installing the pinned packages (once).", file=sys.stderr)
    begun = time.monotonic()
    shutil.rmtree(home, ignore_errors=True)
    make_venv(home)
    install(home, lock)
    (home / ".stamp").write_text(fingerprint(home, lock))
    os.environ["INSTALLED_IN_S"] = f"{time.monotonic() - begun:.2f}"


def make_venv(home: Path) -> None:
    done = subprocess.run([sys.executable, "-Im", "venv", str(home)], capture_output=True, text=True)
    if done.returncode == 0:
        return
    if "ensurepip" not in done.stdout + done.stderr and "No module named venv" not in done.stderr:
        sys.exit(f"The environment cannot be made: {(done.stderr or done.stdout).strip()}")
    if os.geteuid() or not shutil.which("apt-get"):  # Debian without python3-venv
        sys.exit("Python's venv module is missing. As root: apt install python3-venv")
    apt_get("update")
    apt_get("install", "-y", "python3-venv")
    shutil.rmtree(home, ignore_errors=True)
    must([sys.executable, "-Im", "venv", str(home)])


def install(home: Path, lock: Path) -> None:
    python = str(home / "bin/python")
    must([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "tools/uv.lock")])
    sync = ["pip", "sync", "-q", "--system-certs", "--require-hashes", "-p", python, str(lock)]
    must([str(home / "bin/uv"), *([] if has_home() else ["--no-cache"]), *sync])


def has_home() -> bool:
    """Whether there is a home folder to keep a cache in; nobody has none."""
    return os.access(Path("~").expanduser(), os.W_OK)


def apt_get(*words: str) -> None:
    must(["apt-get", "-qq", *words], stdout=subprocess.DEVNULL)


def must(order: list[str], **how: int) -> None:
    """Run a command that has to succeed; its own words say what went wrong."""
    if subprocess.run(order, env={**os.environ, **QUIET, **UV}, stdin=subprocess.DEVNULL, **how).returncode:
        sys.exit(f"Setting up failed at: {' '.join(order)}")


def keep_bytecode(home: Path) -> None:
    """Compile modules once, into the environment. Where a shell forbids it, a start takes thrice as long."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")


def leave_environment() -> None:
    """Go on with the Python that made the environment this one stands in: it may be about to be made anew."""
    if sys.prefix != sys.base_prefix:
        base = getattr(sys, "_base_executable", None) or f"{sys.base_prefix}/bin/python3"
        os.execv(base, [base, "-I", *sys.argv])


def needed(words: list[str]) -> tuple[str, str]:
    """The environment that a command runs in, and its lock."""
    command, *rest = words or ["serve"]
    if command == "bench" and any(word.startswith("--rivals") for word in rest):
        return RIVALS
    return TESTS if command in ("test", "bench") else PRODUCT


def main() -> None:
    leave_environment()
    name, lock = needed(sys.argv[1:])
    try:
        python = environment(name, ROOT / lock)
    except PermissionError as error:
        sys.exit(
            f"{error.filename} cannot be written. Run ./bourse as the owner of {ROOT}, or on a copy of yours."
        )
    keep_bytecode(ROOT / name)
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    os.execv(python, [str(python), "-P", "-m", "bourse", *(sys.argv[1:] or ["serve"])])


if __name__ == "__main__":
    main()
