"""Where a cluster and its socket lie. Pure enough for the settings to ask."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

LONGEST = 90  # a socket's path has 107 bytes, and PostgreSQL adds 20 of its own
POINTER = "postgres_lies_in"


def cluster_folder(home: Path) -> Path:
    """The folder that holds the cluster: the data folder itself, or the one that its pointer file names."""
    pointer = home / POINTER
    return Path(pointer.read_text().strip()) if pointer.exists() else home


def socket_folder(cluster: Path) -> Path:
    """The folder of the cluster's socket: beside the data, or a short one where that path is too long."""
    beside = cluster.absolute() / "run"
    if len(os.fsencode(beside)) <= LONGEST:
        return beside
    name = hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]
    return Path(f"/tmp/bourse-{os.geteuid()}-{name}")  # noqa: S108 (made and checked by Server)


def embedded_url(home: Path) -> str:
    """The address of the embedded database that belongs to a data folder."""
    return f"postgresql://bourse@/bourse?host={quote(str(socket_folder(cluster_folder(home))))}"
