"""The parts of an XLSX and how they hang together: sheets in order, shared texts, styles, the calendar."""

import posixpath
from dataclasses import dataclass

from bourse.dialects.tables.archive import Archive, hostile
from bourse.dialects.tables.limits import MIB, Limits
from bourse.dialects.tables.markup import local, parse_markup
from bourse.dialects.tables.refusals import WorkbookCorrupt

_MOST_BYTES = 2 * MIB  # a workbook of hundreds of tabs needs a tenth
_MOST_ELEMENTS = 150_000  # twice as many cell styles as a spreadsheet can hold
_MAIN_PART = "xl/workbook.xml"

Element = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One tab of the workbook, and the member that holds its cells."""

    name: str
    member: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What the workbook says of itself."""

    sheets: list[SheetPart]
    shared_strings: str | None
    styles: str | None
    is_1904: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    member: str


def open_package(archive: Archive, limits: Limits) -> Package:
    """Follow the relations from the root of the archive; what lies outside of it is never looked for."""
    of_archive = _relations(archive, "")
    main = _only(of_archive, "officeDocument") or archive.find(_MAIN_PART)
    if main is None:
        raise _corrupt("its list of sheets is missing")
    relations = _relations(archive, main)
    elements = read_elements(archive, main, _MOST_BYTES, frozenset(["workbookPr", "sheet"]))
    return Package(
        sheets=_sheets(elements, relations, limits.sheets),
        shared_strings=_only(relations, "sharedStrings"),
        styles=_only(relations, "styles"),
        is_1904=any(_has_1904(about) for name, about in elements if name == "workbookPr"),
    )


def read_elements(archive: Archive, member: str, most_bytes: int, wanted: frozenset[str]) -> list[Element]:
    """The wanted elements of a small part in order, with their attributes, by bare names."""
    elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) not in wanted:
            return
        if len(elements) > _MOST_ELEMENTS:
            raise hostile(f"more than {_MOST_ELEMENTS:,} elements in “{member}”")
        elements.append((local(name), {local(key): value for key, value in attributes.items()}))

    parse_markup([archive.read(member, most_bytes)], start, _ignore, _ignore)
    return elements


def _relations(archive: Archive, member: str) -> dict[str, _Relation]:
    """What a part refers to inside the archive, by the ids that it uses."""
    folder, name = posixpath.split(member)
    table = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if table is None:
        return {}
    found: dict[str, _Relation] = {}
    for _, about in read_elements(archive, table, _MOST_BYTES, frozenset(["Relationship"])):
        target = archive.find(_inside(folder, about.get("Target", "")))
        if about.get("TargetMode") != "External" and target is not None:
            found[about.get("Id", "")] = _Relation(about.get("Type", "").rpartition("/")[2], target)
    return found


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _sheets(elements: list[Element], relations: dict[str, _Relation], most: int) -> list[SheetPart]:
    """The tabs that hold cells; charts and dialogs hold none."""
    tabs = [about for name, about in elements if name == "sheet"]
    if len(tabs) > most:
        raise hostile(f"{len(tabs):,} sheets, where at most {most} are read")
    missing = [tab.get("name", "") for tab in tabs if tab.get("id") not in relations]
    if len({tab.get("id") for tab in tabs}) < len(tabs):
        raise hostile("one sheet under several names")
    if missing or not tabs:
        raise _corrupt(f"sheet “{missing[0]}” is missing" if missing else "it has no sheet")
    return [
        SheetPart(tab.get("name", ""), relations[tab["id"]].member, tab.get("state", "visible") != "visible")
        for tab in tabs
        if relations[tab["id"]].kind == "worksheet"
    ]


def _only(relations: dict[str, _Relation], kind: str) -> str | None:
    return next((relation.member for relation in relations.values() if relation.kind == kind), None)


def _has_1904(about: dict[str, str]) -> bool:
    return about.get("date1904", "0") in ("1", "true", "on")


def _ignore(_: str) -> None:
    pass


def _corrupt(what: str) -> WorkbookCorrupt:
    return WorkbookCorrupt(
        f"The workbook is damaged: {what}; expected all of its parts. "
        "Open it in a spreadsheet and save it again."
    )
