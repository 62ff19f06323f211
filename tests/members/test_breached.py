"""Stolen passwords are looked up in a file, and nowhere else."""

import hashlib
import random
from pathlib import Path

import pytest

from bourse.members.breached import is_listed


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [":17", ""])
@pytest.mark.parametrize("lines", [1, 2, 3, 1000])
def test_every_line_of_sorted_hashes_is_found_and_nothing_else(
    tmp_path: Path, lines: int, count: str, ending: str
) -> None:
    stolen = [f"stolen {number}" for number in range(lines)]
    file = tmp_path / "hashes"
    file.write_bytes("".join(f"{one}{count}{ending}" for one in sorted(map(sha1, stolen))).encode())
    assert all(is_listed(file, password) for password in stolen)
    assert not any(is_listed(file, f"good {number}") for number in range(300))


def test_small_letters_and_no_last_line_end_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "hashes"
    file.write_text("\n".join(sorted(sha1(one).lower() for one in "abc")))
    assert [is_listed(file, one) for one in "abcd"] == [True, True, True, False]


def test_plain_passwords_need_no_order_and_are_whole_lines(tmp_path: Path) -> None:
    words = ["correct horse", "zebra", "über alles", "a"]
    random.Random(7).shuffle(words)
    file = tmp_path / "plain"
    file.write_text("\n".join(words))
    assert all(is_listed(file, word) for word in words)
    assert not any(is_listed(file, word) for word in ("correct", "horse", "ebra", "zebr", "b"))


def test_an_empty_file_lists_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").touch()
    assert not is_listed(tmp_path / "none", "x")
