"""Which number formats of a workbook show a date."""

import re

from bourse.dialects.tables.archive import Archive, hostile
from bourse.dialects.tables.limits import MIB
from bourse.dialects.tables.xlsx.package import Element, read_elements

_MOST_BYTES = 16 * MIB
_WANTED = frozenset(["numFmt", "cellXfs", "cellStyles", "xf"])
_MOST_STYLES = 65_536  # a spreadsheet's own bound is 65,490
_BUILT_IN_DATES = frozenset([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)])
_NO_SIGNS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def date_styles(archive: Archive, member: str | None) -> list[bool]:
    """For each cell style whether it shows its number as a date."""
    if member is None:
        return []
    elements = read_elements(archive, member, _MOST_BYTES, _WANTED)
    # Conditional formats at the end of the part bring numbers of their own; the first to use a number holds.
    formats = [about for name, about in reversed(elements) if name == "numFmt"]
    codes = {about.get("numFmtId"): about.get("formatCode", "") for about in formats}
    styles = [about.get("numFmtId", "0") for about in _cell_styles(elements)]
    if len(styles) > _MOST_STYLES:
        raise hostile(f"{len(styles):,} cell styles, where at most {_MOST_STYLES:,} make sense")
    return [_is_date(number, codes.get(number)) for number in styles]


def _cell_styles(elements: list[Element]) -> list[dict[str, str]]:
    """The formats that cells refer to: those of `cellXfs`, which the named styles' own formats precede."""
    names = [name for name, _ in elements]
    if "cellXfs" not in names:
        return []
    start = names.index("cellXfs") + 1
    end = names.index("cellStyles", start) if "cellStyles" in names[start:] else len(names)
    return [about for name, about in elements[start:end] if name == "xf"]


def _is_date(number: str, code: str | None) -> bool:
    if code is None:
        return number.isdecimal() and int(number) in _BUILT_IN_DATES
    return shows_date(code)


def shows_date(code: str) -> bool:
    """Whether a format code spells a day, a month or a year outside of its literal texts."""
    signs = _NO_SIGNS.sub("", code.lower().partition(";")[0])
    has_time = "h" in signs or "s" in signs
    return "general" not in signs and ("y" in signs or "d" in signs or ("m" in signs and not has_time))
