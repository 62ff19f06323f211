"""How a phrase is read, as lines or as JSON."""

import json
from typing import Any

from bourse.search.phrase import read
from bourse.search.phrase.form import Form, form


def reading(phrase: str, *, as_json: bool) -> str:
    """The reading of the phrase, as it is printed."""
    said = form(read(phrase))
    return json.dumps(said, ensure_ascii=False) if as_json else told(said)


def told(said: Form) -> str:
    """The reading in lines: each field with its values, then what is unread and what is asked."""
    lines = [f"{field}: {_values(values)}" for field, values in said["filters"].items()]
    lines += [f"Not understood: {', '.join(said['unread'])}"] if said["unread"] else []
    return "\n".join([*lines, *(f"? {question}" for question in said["questions"])])


def _values(values: Any) -> str:
    if isinstance(values, dict):
        return f"not {_values(values['not'])}"
    if isinstance(values[0], list):
        return " or ".join(map(_span, values))
    return ", ".join(values) if isinstance(values[0], str) else _span(values)


def _span(ends: list[float | None]) -> str:
    low, high = (f"{end:g}" if end is not None else "" for end in ends)
    if low == high:
        return low
    return f"{low}–{high}" if low and high else f"from {low}" if low else f"up to {high}"
