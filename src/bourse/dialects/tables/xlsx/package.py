"""The parts of an XLSX and how they hang together: sheets in order, shared texts, styles, the calendar."""

import posixpath
from dataclasses import dataclass

from bourse.dialects.tables.archive import Archive
from bourse.dialects.tables.limits import MIB
from bourse.dialects.tables.markup import local, parse_markup
from bourse.dialects.tables.refusals import WorkbookCorrupt

_MOST_BYTES = 8 * MIB  # a workbook of a thousand tabs needs less than one
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


def open_package(archive: Archive) -> Package:
    """Follow the relations from the root of the archive; what lies outside of it is never looked for."""
    of_archive = _relations(archive, "")
    main = _only(of_archive, "officeDocument") or archive.find(_MAIN_PART)
    if main is None:
        raise _corrupt("its list of sheets is missing")
    relations = _relations(archive, main)
    elements = read_elements(archive, main, _MOST_BYTES)
    return Package(
        sheets=_sheets(elements, relations),
        shared_strings=_only(relations, "sharedStrings"),
        styles=_only(relations, "styles"),
        is_1904=any(_has_1904(about) for name, about in elements if name == "workbookPr"),
    )


def read_elements(archive: Archive, member: str, most_bytes: int) -> list[Element]:
    """The elements of a small part in order, with their attributes, by bare names."""
    elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
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
    for element, about in read_elements(archive, table, _MOST_BYTES):
        target = archive.find(_inside(folder, about.get("Target", "")))
        if element == "Relationship" and about.get("TargetMode") != "External" and target is not None:
            found[about.get("Id", "")] = _Relation(about.get("Type", "").rpartition("/")[2], target)
    return found


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _sheets(elements: list[Element], relations: dict[str, _Relation]) -> list[SheetPart]:
    """The tabs that hold cells; charts and dialogs hold none."""
    tabs = [about for name, about in elements if name == "sheet"]
    missing = [tab.get("name", "") for tab in tabs if tab.get("id") not in relations]
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
