"""The sample's sign-ins: drawn when it is loaded, kept for later starts in a file that only we may read."""

import importlib
import importlib.util
import json
from pathlib import Path

import msgspec

from bourse import settings
from bourse.run.home import keep_private

FILE = "sample_sign_ins.json"


def load_sample(home: Path) -> None:
    """Load the sample market and keep its sign-ins."""
    drawn = importlib.import_module("bourse.run.sample").load()
    keep_private(home / FILE, json.dumps(msgspec.to_builtins(drawn), indent=1))


def kept(home: Path) -> str:
    """The sign-ins in words for the line that a start prints; empty where none are kept."""
    file = home / FILE
    if not file.exists():
        return ""
    return ", ".join(
        f"{one['email']} / {one['password']} ({one['role']})" for one in json.loads(file.read_text())
    )


def operator_address(secret: object) -> str:
    """The address of the one-time link that makes the first operator."""
    return f"{settings.URL}/account/link/{secret}/"


def has_sample() -> bool:
    """Whether this checkout carries a sample to load."""
    return importlib.util.find_spec("bourse.run.sample") is not None
