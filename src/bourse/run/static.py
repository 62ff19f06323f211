"""Whether the collected static files are those of this code, found out without Django."""

import hashlib
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
STAMP = "static.stamp"


def is_collected(home: Path) -> bool:
    """Whether the collected files were made from what the code and its packages hold now."""
    stamp = home / STAMP
    return stamp.exists() and stamp.read_text() == _fingerprint()


def stamp_collected(home: Path) -> None:
    """Remember what the files were collected from."""
    (home / STAMP).write_text(_fingerprint())


def _fingerprint() -> str:
    found = hashlib.sha256((CODE.parents[1] / "requirements.lock").read_bytes())
    for file in sorted(CODE.glob("doors/*/static/**/*")):
        if file.is_file():
            about = file.stat()
            found.update(f"{file}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return found.hexdigest()
