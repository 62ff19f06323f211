"""Makes the environment from the hash-pinned lock, then hands over to it. Standard library only."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONWARNINGS": "ignore"}
UV = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"}


def environment(name: str, lock: Path) -> Path:
    """The environment's Python, made anew when the lock or the Python differs from the last time."""
    home = ROOT / name
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode() + str(ROOT).encode()).hexdigest()
    stamp = home / ".stamp"
    with open(ROOT / f"{name}.lock", "w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)  # two terminals at once
        if not (stamp.exists() and stamp.read_text() == wanted):
            print("Setting up: installing the pinned packages (once).", file=sys.stderr)
            shutil.rmtree(home, ignore_errors=True)
            make_venv(home)
            install(home, lock)
            stamp.write_text(wanted)
    return home / "bin/python"


def make_venv(home: Path) -> None:
    try:
        venv.create(home, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError):  # Debian without python3-venv
        if os.geteuid() or not shutil.which("apt-get"):
            sys.exit("The venv module is missing. As root: apt install python3-venv")
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)
        os.execv(sys.executable, [sys.executable, "-I", *sys.argv])


def install(home: Path, lock: Path) -> None:
    python = str(home / "bin/python")
    pip = [python, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "tools/uv.lock")]
    sync = ["pip", "sync", "-q", "--system-certs", "--require-hashes", "-p", python, str(lock)]
    environ = {**os.environ, **QUIET, **UV}
    subprocess.run(pip, check=True, env=environ)
    subprocess.run([str(home / "bin/uv"), *sync], check=True, env=environ)


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if command in ("test", "bench"):
        python = environment(".venv-test", ROOT / "requirements-test.lock")
    else:
        python = environment(".venv", ROOT / "requirements.lock")
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    os.execv(python, [str(python), "-P", "-m", "bourse", *(sys.argv[1:] or ["serve"])])


if __name__ == "__main__":
    main()
