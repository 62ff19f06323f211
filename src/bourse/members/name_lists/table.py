"""A list of names as CSV: with a header in one of the usual spellings, or SDN.CSV, which has none."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from bourse.members.name_lists.entry import (
    LONGEST_NAME,
    ListedEntry,
    ListNotRead,
    joined,
    name_fault,
    refuse_faults,
    tidy,
)

_SPELLINGS: Mapping[str, str] = {
    "name": "name fullname wholename primaryname sdnname entityname listedname namealiaswholename caption",
    "also": "aliases alias aka alsoknownas altnames alternativenames othernames aliasnames weakaliases akas",
    "kind": "type sdntype entitytype subjecttype entitysubjecttype schema kind grouptype",
    "country": "country countries nationality nationalities citizenship addresscountry countrydescription",
    "programme": "programme programmes program programs sanctions regime programids regulationprogramme "
    "entityregulationprogramme sanctionsprogramme sanctionsprogram",
    "reference": "id uid uniqueid entnum reference referencenumber groupid sourceid entitylogicalid "
    "entityeureferencenumber",
}
_FIELD_OF = {word: field for field, words in _SPELLINGS.items() for word in words.split()}
_PARTS = ("firstname", "middlename", "lastname", "name1", "name2", "name3", "name4", "name5", "name6")
_SDN_COLUMNS, _ALT_COLUMNS = 12, 5
_HEADER_WITHIN = 5  # rows: some authorities write the day above the header
_BETWEEN = re.compile(r"[;|\n]")
Row = tuple[int, list[str]]


def entries_of_csv(content: bytes, other_names: bytes) -> list[ListedEntry]:
    """The entries of a CSV list; the second file holds other names by the numbers of the first (ALT.CSV)."""
    rows = list(_rows(content, "Row"))
    if not rows:
        return []
    if _is_sdn(rows[0][1]):
        return _with_other_names(_sdn(rows), other_names)
    if other_names:
        raise ListNotRead("A file of other names goes with SDN.CSV alone; this list has its own header.")
    return _headed(rows)


def _rows(content: bytes, word: str) -> Iterator[Row]:
    """The rows that hold anything, each with its number."""
    text = _text(content).rstrip("\x1a\r\n ")
    first = text[:4096].partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise ListNotRead(
            f"{word} {number + 1} breaks the form of CSV ({error}); "
            "expected quotation marks in pairs around a text."
        ) from error


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_sdn(cells: Sequence[str]) -> bool:
    return len(cells) == _SDN_COLUMNS and cells[0].strip().isdecimal()


def _sdn(rows: Sequence[Row]) -> list[ListedEntry]:
    """Number, name, type, programme …: the columns of OFAC's SDN.CSV by their places."""
    entries, faults = [], []
    for number, cells in rows:
        name = tidy(cells[1]) if len(cells) > 1 else ""
        if len(cells) != _SDN_COLUMNS:
            faults.append(f"Row {number}: {len(cells)} cells; expected {_SDN_COLUMNS}, as SDN.CSV has them.")
        elif not cells[0].strip().isdecimal():
            faults.append(f"Row {number}, column 1: “{cells[0][:40]}”; expected a number.")
        elif fault := name_fault(f"Row {number}, column 2", name):
            faults.append(fault)
        else:
            entries.append(
                ListedEntry(
                    number=number,
                    name=name,
                    kind=tidy(cells[2])[:40],
                    programme=tidy(cells[3])[:200],
                    reference=cells[0].strip(),
                )
            )
    refuse_faults(faults)
    return entries


def _with_other_names(entries: list[ListedEntry], other_names: bytes) -> list[ListedEntry]:
    known = {entry.reference: entry for entry in entries}
    faults = []
    for number, cells in _rows(other_names, "Row of other names"):
        where = f"Row {number} of the other names"
        if len(cells) != _ALT_COLUMNS:
            faults.append(f"{where}: {len(cells)} cells; expected {_ALT_COLUMNS}, as ALT.CSV has them.")
        elif cells[0].strip() not in known:
            faults.append(f"{where}, column 1: “{cells[0][:40]}”; expected a number of SDN.CSV.")
        elif fault := name_fault(f"{where}, column 4", tidy(cells[3])):
            faults.append(fault)
        else:
            _add(known[cells[0].strip()], tidy(cells[3]))
    refuse_faults(faults)
    return entries


def _headed(rows: Sequence[Row]) -> list[ListedEntry]:
    """The rows under a header; those of one reference number are one entry with several names."""
    above, header = next(
        ((place, cells) for place, (_, cells) in enumerate(rows[:_HEADER_WITHIN]) if _names(cells)), (0, None)
    )
    if header is None:
        raise ListNotRead(
            f"Row {rows[0][0]} begins “{rows[0][1][0][:40]}” and names no column of names; expected a header "
            "with name, aliases, type, country, programme and id, or SDN.CSV as it is published."
        )
    places = {_key(cell): place for place, cell in reversed(list(enumerate(header)))}
    entries: dict[str, ListedEntry] = {}
    faults = []
    for number, cells in rows[above + 1 :]:
        if len(cells) > len(header):
            faults.append(f"Row {number}: {len(cells)} cells; expected {len(header)}, as the header has.")
            continue
        told = {key: cells[place] for key, place in places.items() if place < len(cells)}
        entry = _entry(number, told)
        named = next((cell for cell in header if _key(cell) in _FIELD_OF), header[0]).strip()
        if fault := next(
            filter(None, (name_fault(f"Row {number}, column {named}", one) for one in _all(entry))), ""
        ):
            faults.append(fault)
        elif entry.reference in entries and entry.reference:
            for name in _all(entry):
                _add(entries[entry.reference], name)
        else:
            entries[entry.reference or f"row {number}"] = entry
    refuse_faults(faults)
    return list(entries.values())


def _names(cells: Sequence[str]) -> bool:
    keys = {_key(cell) for cell in cells}
    return any(_FIELD_OF.get(key) == "name" for key in keys) or bool({"lastname", "name6"} & keys)


def _key(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.casefold())


def _entry(number: int, told: Mapping[str, str]) -> ListedEntry:
    by_field: dict[str, list[str]] = {field: [] for field in _SPELLINGS}
    for key, text in told.items():
        if field := _FIELD_OF.get(key):
            by_field[field].append(text)
    whole = next(filter(None, map(tidy, by_field["name"])), "")
    parts = " ".join(filter(None, (tidy(told.get(part)) for part in _PARTS)))
    also = [tidy(one) for text in by_field["also"] for one in _BETWEEN.split(text)]
    return ListedEntry(
        number=number,
        name=whole or parts,
        also=[one for one in dict.fromkeys(also) if one],
        kind=joined(by_field["kind"], 40),
        country=joined(by_field["country"], 100),
        programme=joined(by_field["programme"], 200),
        reference=joined(by_field["reference"], 100),
    )


def _all(entry: ListedEntry) -> list[str]:
    return [entry.name, *entry.also]


def _add(entry: ListedEntry, name: str) -> None:
    if name not in _all(entry):
        entry.also = [*entry.also, name[:LONGEST_NAME]]
