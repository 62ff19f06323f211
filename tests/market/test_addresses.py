"""Which addresses are kept of what files say."""

import pytest

from bourse.market.addresses import given, web_address


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://a.example/1.jpg", "https://a.example/1.jpg"),
        ("HTTP://A.example", "HTTP://A.example"),
        ("https://a.example/my picture.jpg?x=1#y", "https://a.example/my picture.jpg?x=1#y"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("//a.example/1.jpg", "https://a.example/1.jpg"),
        ("", ""),
        ("1.jpg", ""),
        ("www.a.example/1.jpg", ""),
        ("https://", ""),
        ("https:///1.jpg", ""),
        ("http:a.example", ""),
        ("https:\\\\a.example", ""),
        ("https:// a.example", ""),
        ("javascript:alert(1)", ""),
        (" javascript://a.example/%0aalert(1)", ""),
        ("data:text/html,<b>", ""),
        ("file:///etc/passwd", ""),
        ("ftp://a.example/1.jpg", ""),
        ("https://a.example/1\n2", ""),
        ("https://a.example/" + "x" * 1_982, "https://a.example/" + "x" * 1_982),
        ("https://a.example/" + "x" * 1_983, ""),
    ],
)
def test_only_addresses_of_the_web_are_kept(text: str, kept: str) -> None:
    assert web_address(text) == kept


@pytest.mark.parametrize(
    ("value", "texts"),
    [(None, []), ("", []), (" a ", ["a"]), (["a", None, "", "b\x00"], ["a", "b"]), (("a",), ["a"])],
)
def test_a_cell_may_hold_one_address_or_several(value: object, texts: list[str]) -> None:
    assert given(value) == texts
