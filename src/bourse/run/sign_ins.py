"""The sample's sign-ins: drawn when it is loaded, kept for later starts in a file that only we may read."""

import json
from pathlib import Path

from bourse import settings

FILE = "sample_sign_ins.json"


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
