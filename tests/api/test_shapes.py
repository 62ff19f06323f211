"""What is sent is read strictly, and each wrong field is named with its cure."""

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from bourse.doors.api.bodies import DEEPEST, strictly
from bourse.doors.api.paging import Paging
from bourse.doors.api.shapes import (
    BodyNotUnderstood,
    FieldsNotUnderstood,
    ParameterNotUnderstood,
    TextNotTaken,
    from_body,
    from_query,
)


class Line(msgspec.Struct, forbid_unknown_fields=True):
    weight: Annotated[int, Meta(ge=1)]
    name: str = ""


class Order(msgspec.Struct, forbid_unknown_fields=True):
    lines: list[Line]
    version: int


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b'{"a": "\xff"}',
        b"",
        b"{} {}",
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_two_readers_may_read_two_ways_is_refused(body: bytes) -> None:
    with pytest.raises(BodyNotUnderstood):
        strictly(body)


@pytest.mark.parametrize("body", [b'{"a": "x\\u0000"}', b'["\\ud800"]', b'{"\\u0000": 1}'])
def test_a_text_that_no_table_holds_is_not_taken(body: bytes) -> None:
    with pytest.raises(TextNotTaken):
        strictly(body)


def test_json_at_the_limits_is_read() -> None:
    deep = b"[" * DEEPEST + b"]" * DEEPEST
    assert strictly(deep) and strictly(b'{"a": "[[[[{{{{", "b": "\\"["}')
    assert strictly(b"[1.0, 1e2, 1.5, 12345678901234567890]") == [1, 100, 1.5, 12345678901234567890]


def errors(run: Any) -> list[tuple[str, str]]:
    with pytest.raises(FieldsNotUnderstood) as refused:
        run()
    return [(one.where, one.pointer) for one in refused.value.errors]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"lines": [{"weight": 0}], "version": 1}, ["/lines/0/weight"]),
        ({"lines": [{"weight": 1, "a/b": 1}], "version": "x"}, ["/lines/0", "/version"]),
        ({"versio": 1}, ["/versio", "/lines", "/version"]),
        ({"a~b/c": 1, "lines": [], "version": 1}, ["/a~0b~1c"]),
        ([], [""]),
    ],
)
def test_each_wrong_field_of_a_body_is_named(body: object, pointers: list[str]) -> None:
    assert errors(lambda: from_body(body, Order)) == [("body", pointer) for pointer in pointers]


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ({"limit": ["0"]}, ["/limit"]),
        ({"limit": ["1", "2"]}, ["/limit"]),
        ({"limit": ["1.0"], "afer": ["x"]}, ["/afer", "/limit"]),
        ({"after": [""]}, ["/after"]),
    ],
)
def test_each_wrong_parameter_is_named(query: dict[str, list[str]], pointers: list[str]) -> None:
    assert errors(lambda: from_query(query, Paging)) == [("query", pointer) for pointer in pointers]


def test_a_parameter_with_a_null_character_is_not_taken() -> None:
    with pytest.raises(TextNotTaken):
        from_query({"after": ["a\0b"]}, Paging)


def test_a_refusal_says_what_cures_it() -> None:
    with pytest.raises(ParameterNotUnderstood) as refused:
        from_query({"afer": ["x"]}, Paging)
    assert str(refused.value) == (
        "The parameter “afer” is not known. Leave it out. Known here: after, limit."
    )
    with pytest.raises(BodyNotUnderstood) as wrong:
        from_body({"lines": [], "version": "x"}, Order)
    assert str(wrong.value) == "The field “version” is not understood. It is a text. Send a whole number."
