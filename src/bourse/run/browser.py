"""The browser for the tests: Debian's chromium, never a downloaded one."""

import os
import shutil
import subprocess
import sys

DEBIANS = "/usr/bin/chromium"


def find_chromium() -> str:
    """The path of chromium, installed first where root may. Where there is none the browser's tests fail."""
    path = os.environ.get("BOURSE_CHROMIUM") or shutil.which("chromium") or DEBIANS
    if not os.access(path, os.X_OK):
        if os.geteuid() == 0 and path == DEBIANS and shutil.which("apt-get"):
            _install()
        else:
            print(
                "The browser's tests will fail: chromium is missing. As root: apt install chromium",
                file=sys.stderr,
            )
    return path


def _install() -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-qq", *words], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
