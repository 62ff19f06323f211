"""Sentences of the rooms in the reader's language.

Rooms speak English, and what they say of a file is stored as said. Their templates are read out of their own
code, so each sentence is known again, its figures and quotations taken out, and the template translated.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import get_language, gettext

import bourse

SOURCE_LANGUAGE = "en"
ROOMS = ("dialects", "market", "members", "notices", "search", "upkeep", "wiring", "kit", "vocabulary")
SILENT = {  # they say nothing to people
    *("migrations", "engine", "writing", "filling", "audit"),
    *("places", "own_layout", "wordlist", "phrase"),
}
_NAMED = re.compile(r"\{([a-z_]+)\}")
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|SET)\b|%s|%\(")
_ENDS = re.compile(r"(?<=[.?!”]) (?=[A-Z“])")


class Template(NamedTuple):
    """A sentence as a room writes it, %(name)s for what it fills in, and how to know it again."""

    message: str
    form: re.Pattern[str]
    longest: str  # piece that stands in every such sentence
    quoted: frozenset[str]  # names of what stood in somebody's file, which no language changes


def said(text: str) -> str:
    """What a room said, for the reader: as it is in English, else by the translation of its template."""
    return text if get_language() == SOURCE_LANGUAGE else _translated(text, get_language() or "")


@lru_cache(maxsize=4096)
def _translated(text: str, language: str) -> str:
    whole = _whole(text, language)
    if whole is not None:
        return whole
    parts = _ENDS.split(text)
    return " ".join(_translated(part, language) for part in parts) if len(parts) > 1 else text


def _whole(text: str, language: str) -> str | None:
    for template in templates():
        found = template.form.fullmatch(text) if template.longest in text else None
        if found:
            values = {
                name: value if name in template.quoted else _translated(value, language)
                for name, value in found.groupdict().items()
            }
            return gettext(template.message) % values if values else gettext(template.message)
    return None


@cache
def templates() -> list[Template]:
    """Every sentence and part of one in the code of the rooms, those with most words of their own first."""
    root = Path(bourse.__path__[0])
    files = (file for room in ROOMS for file in sorted((root / room).rglob("*.py")))
    spoken = {text for file in files if not {*file.parts, file.stem} & SILENT for text in _texts(file)}
    return sorted(map(_template, spoken), key=lambda one: (-len(_bare(one.form.pattern)), one.message))


def _texts(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text())
    aside = {id(part) for node in ast.walk(tree) for part in _not_said(node)}
    for node in ast.walk(tree):
        if id(node) not in aside and (text := _text(node)) and _is_speech(text):
            yield text


def _not_said(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and the pieces of a longer text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from node.values


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_piece(part) for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    names = re.findall(r"[a-z_]+", ast.unparse(part))
    return f"{{{names[-1] if names else 'part'}}}"


def _is_speech(text: str) -> bool:
    own = _NAMED.sub("", text)
    return bool(re.search(r"[a-z]{2}", own)) and " " in text.strip() and not _SQL.search(text)


def _template(text: str) -> Template:
    message, form, quoted, seen = "", "", set(), dict[str, int]()
    pieces = _NAMED.split(text)
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            message, form = message + piece.replace("%", "%%"), form + re.escape(piece)
            continue
        seen[piece] = seen.get(piece, 0) + 1
        name = piece if seen[piece] == 1 else f"{piece}_{seen[piece]}"
        message, form = f"{message}%({name})s", f"{form}(?P<{name}>.*?)"
        if pieces[at - 1].endswith("“"):
            quoted.add(name)
    if not seen:
        message = text
    return Template(message, re.compile(form, re.DOTALL), max(pieces[::2], key=len), frozenset(quoted))


def _bare(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>\.\*\?\)", "", pattern)
