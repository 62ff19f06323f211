"""What is left of a name that somebody sent for a file."""

import pytest

from bourse.kit.file_names import file_name


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        (["stock.csv"], "stock.csv"),
        (["../../etc/passwd"], "passwd"),
        (["C:\\fakepath\\My stock.XLSX"], "My stock.XLSX"),
        (["/", "list.csv"], "list.csv"),
        (["..", ".hidden.csv"], "hidden.csv"),
        (["a\r\nSet-Cookie: b.csv"], "aSet-Cookie: b.csv"),
        (["\u202evsc.kcots"], "vsc.kcots"),
        (["\u2067\u061cstock\u200f\u2069.csv"], "stock.csv"),
        (["\u200e\u200f", "\u2066"], "feed"),
        (["x" * 300 + ".xlsx"], "x" * 115 + ".xlsx"),
        (["x" * 300], "x" * 120),
        (["", "", ""], "feed"),
        (["réserve 在庫.csv"], "réserve 在庫.csv"),
        (["a\x00b.csv"], "ab.csv"),
    ],
)
def test_a_file_name_is_only_a_name(offered: list[str], shown: str) -> None:
    assert file_name(*offered, otherwise="feed") == shown
