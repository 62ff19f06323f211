"""Workbooks by their containers: which kind a zip or an OLE file holds, and whether it may be opened."""

from bourse.dialects.tables.archive import Archive, encrypted
from bourse.dialects.tables.kinds import refused
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.oldbook import read_xls
from bourse.dialects.tables.ole import Compound
from bourse.dialects.tables.opendocument import read_ods
from bourse.dialects.tables.refusals import (
    ArchiveRefused,
    FileRefused,
    PictureOrDocument,
    UnknownWorkbook,
    WorkbookHasMacros,
)
from bourse.dialects.tables.sheets import Tables
from bourse.dialects.tables.xlsx.reading import read_xlsx

# The member that gives a zip away, what the file then is, and which refusal says so.
_OTHER_ZIPS: tuple[tuple[str, str, type[FileRefused]], ...] = (
    ("xl/workbook.bin", "a binary workbook (XLSB)", UnknownWorkbook),
    ("index/document.iwa", "a Numbers document", UnknownWorkbook),
    ("index.zip", "a Numbers document", UnknownWorkbook),
    ("word/document.xml", "a Word document", PictureOrDocument),
    ("ppt/presentation.xml", "a presentation", PictureOrDocument),
)


def read_zip(data: bytes, limits: Limits) -> Tables:
    """The workbook inside a zip."""
    archive = Archive(data, limits)
    for member, what, refusal in _OTHER_ZIPS:
        if archive.find(member):
            raise refused(what, refusal)
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in archive.names):
        raise _has_macros()
    if archive.find("[Content_Types].xml") or archive.find("xl/workbook.xml"):
        return read_xlsx(archive, limits)
    if archive.find("content.xml"):
        return read_ods(archive, limits)
    raise refused("a ZIP archive", ArchiveRefused)


def read_ole(data: bytes, limits: Limits) -> Tables:
    """The workbook inside the container that Excel wrote until 2003, or that holds an encrypted new one."""
    container = Compound(data)
    streams = container.names
    if "EncryptedPackage" in streams:
        raise encrypted()
    if any(name in streams for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR")):
        raise _has_macros()
    for name in ("Workbook", "Book"):
        if name in streams:
            return read_xls(data, container.read(name), limits)
    if "WordDocument" in streams:
        raise refused("a Word document", PictureOrDocument)
    raise refused("an old Office document without a workbook", UnknownWorkbook)


def _has_macros() -> WorkbookHasMacros:
    return WorkbookHasMacros(
        "The workbook carries macros, which are programs; expected one with cells only. "
        "Save it as XLSX (not XLSM), which leaves the macros out."
    )
