"""Reads all sheets of an XLSX, the plain ones by scanning and the others by walking."""

from bourse.dialects.tables.archive import Archive
from bourse.dialects.tables.growing import Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.refusals import WorkbookCorrupt, XmlInvalid
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.typed import TypedSheet
from bourse.dialects.tables.xlsx.package import SheetPart, open_package
from bourse.dialects.tables.xlsx.scan import NotPlain, scan_sheet
from bourse.dialects.tables.xlsx.strings import shared_strings
from bourse.dialects.tables.xlsx.styles import date_styles
from bourse.dialects.tables.xlsx.values import Meaning
from bourse.dialects.tables.xlsx.walk import walk_sheet


def read_xlsx(archive: Archive, limits: Limits) -> Tables:
    """The sheets of the workbook with the values that it stores."""
    try:
        package = open_package(archive, limits)
        meaning = Meaning(
            shared=shared_strings(archive, package.shared_strings, limits),
            date_styles=date_styles(archive, package.styles),
            is_1904=package.is_1904,
        )
        tally = Tally(limits)
        read = [_read_sheet(archive, part, meaning, tally) for part in package.sheets]
    except XmlInvalid as error:
        raise WorkbookCorrupt(
            "The workbook is damaged or cut off: one of its parts breaks off; expected the whole file. "
            "Send it again, or open it in a spreadsheet and save it again."
        ) from error
    sheets = [sheet for sheet, _ in read]
    return Tables("xlsx", None, None, sheets, [note for _, notes in read for note in notes])


def _read_sheet(
    archive: Archive, part: SheetPart, meaning: Meaning, tally: Tally
) -> tuple[Sheet, list[CellNote]]:
    sheet = TypedSheet(part.name, tally)
    try:
        scan_sheet(archive.stream(part.member), meaning, sheet)
    except NotPlain:
        sheet = TypedSheet(part.name, tally)
        walk_sheet(archive.stream(part.member), meaning, sheet)
    return sheet.done(hidden=part.is_hidden), sheet.notes
