"""The last step of a restore: its files take their place once its database has.

The database carries the restore's mark as its comment, given in the transaction that renamed it. So whoever
comes next after a crash knows whether the files that lie ready belong to the database in use, or to one that
never was.
"""

import shutil
from pathlib import Path

FOLDER = "restored"
MADE_FROM_ROWS = "catalogue"
ANCHORS, EARLIER_ANCHORS = "audit/anchors", "audit/anchors.before_restore"


def settle(home: Path, mark: str | None) -> None:
    """Move the files that lie ready into their place if they carry the mark, and drop them if they do not."""
    folder = home / FOLDER
    if not folder.exists():
        return
    if mark and (folder / "mark").exists() and (folder / "mark").read_text() == mark:
        (folder / "old").mkdir(exist_ok=True)
        for ready in sorted((folder / "files").glob("*")):
            _put(ready, home / ready.name, folder / "old" / ready.name)
        shutil.rmtree(home / MADE_FROM_ROWS, ignore_errors=True)
        if (home / ANCHORS).exists():  # of the chain that was here; the start anchors the one that came back
            (home / ANCHORS).replace(home / EARLIER_ANCHORS)
    shutil.rmtree(folder)


def _put(ready: Path, place: Path, old: Path) -> None:
    if place.exists() and not old.exists():
        place.rename(old)
    ready.rename(place)
