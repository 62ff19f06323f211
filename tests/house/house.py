"""The house's own rules that no linter knows: questions to a source tree, answered with its trespasses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FUNCTION_WALL = 60
VARIABLE = re.compile(r"\bBOURSE_[A-Z][A-Z0-9_]*\b")
READ = re.compile(r"""_environment\(\s*["']([A-Z0-9_]+)["']""")


def foreign_tables(src: Path) -> list[str]:
    """Imports of a room's models (or migrations) from outside the room."""
    found = []
    for path, tree in _modules(src):
        room = path.relative_to(src).parts[:1]
        for line, name in _imports(tree):
            parts = name.split(".")
            if parts[0] == "bourse" and {"models", "migrations"} & set(parts[2:]) and (parts[1],) != room:
                found.append(f"{path.relative_to(src)}:{line} imports {name}")
    return found


def long_functions(src: Path) -> list[str]:
    """Functions longer than the wall, counted without their docstring's lines."""
    found = []
    for path, tree in _modules(src):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node)
                if length > FUNCTION_WALL:
                    found.append(f"{path.relative_to(src)}:{node.name} has {length} lines")
    return found


def silent_rooms(src: Path) -> list[str]:
    """Rooms whose __init__ does not say what they are for, or does more than that."""
    found = []
    for init in sorted(src.glob("*/__init__.py")):
        tree = ast.parse(init.read_text())
        if not ast.get_docstring(tree):
            found.append(f"{init.parent.name} does not say what it is for")
    return found


def undocumented_settings(root: Path) -> list[str]:
    """Variables that the code reads and docs/operating.md does not name, and the other way round."""
    documented = set(VARIABLE.findall((root / "docs/operating.md").read_text()))
    used = set()
    for path in [root / "bourse", *root.glob("tools/*"), *root.glob("src/**/*.py")]:
        text = path.read_text()
        used |= set(VARIABLE.findall(text)) | {f"BOURSE_{name}" for name in READ.findall(text)}
    missing = [
        f"{name} is read, and docs/operating.md has no line for it" for name in sorted(used - documented)
    ]
    dead = [f"{name} is documented, and nothing reads it" for name in sorted(documented - used)]
    return missing + dead


def querying_doors(src: Path) -> list[str]:
    """Views that reach for an object manager: doors ask questions, they never query."""
    return [
        f"{path.relative_to(src)}:{node.lineno} uses .objects"
        for path, tree in _modules(src)
        if path.relative_to(src).parts[0] == "doors"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]


def _modules(src: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(src.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text())


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) - first.lineno + 1 if is_docstring and ast.get_docstring(node) else 0
