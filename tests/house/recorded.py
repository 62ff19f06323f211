"""Which orders record nothing, read from the source: an order takes `actor` and `now` by name."""

import ast
from collections.abc import Iterator
from pathlib import Path

RECORDERS = {"record"}


def silent_orders(root: Path) -> Iterator[str]:
    """The public orders of every room from which no call leads to the audit, as room.order."""
    for file in sorted(root.glob("*/actions/**/*.py")) + sorted(root.glob("*/actions.py")):
        room = file.relative_to(root).parts[0]
        for name in silent_in(ast.parse(file.read_text())):
            yield f"{room}.{name}"


def silent_in(module: ast.Module) -> Iterator[str]:
    """The names of the module's orders that reach no recorder through the module's own functions."""
    functions = {one.name: one for one in module.body if isinstance(one, ast.FunctionDef)}
    for name, function in functions.items():
        taken = {argument.arg for argument in function.args.kwonlyargs}
        if {"actor", "now"} <= taken and not name.startswith("_") and not _records(name, functions, set()):
            yield name


def _records(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> bool:
    if name in RECORDERS:
        return True
    if name not in functions or name in seen:
        return False
    seen.add(name)
    return any(_records(called, functions, seen) for called in _called(functions[name]))


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr
