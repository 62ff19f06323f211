"""The way in: the content of a file, not its name, decides how it is read."""

from bourse.dialects.tables.html import read_html
from bourse.dialects.tables.json import read_json
from bourse.dialects.tables.kinds import Kind, kind_of
from bourse.dialects.tables.limits import DEFAULT_LIMITS, Limits
from bourse.dialects.tables.office2003 import read_spreadsheet_xml
from bourse.dialects.tables.refusals import FileTooBig, empty_file
from bourse.dialects.tables.sheets import Tables
from bourse.dialects.tables.text import read_text
from bourse.dialects.tables.workbooks import read_ole, read_zip
from bourse.dialects.tables.xml import read_xml


def open_tables(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, *, encoding: str = "") -> Tables:
    """Read the bytes of one file into raw tables, or raise the FileRefused that says why not; a text in this
    encoding, if one is given.
    """
    _check_size(data, limits)
    match kind_of(data):
        case Kind.ZIP:
            tables = read_zip(data, limits)
        case Kind.OLE:
            tables = read_ole(data, limits)
        case Kind.HTML:
            tables = read_html(data, limits)
        case Kind.SPREADSHEET_XML:
            tables = read_spreadsheet_xml(data, limits)
        case Kind.XML:
            tables = read_xml(data, limits)
        case Kind.JSON:
            tables = read_json(data, limits)
        case Kind.TEXT:
            tables = read_text(data, name, limits, encoding)
    return _filled(tables)


def _check_size(data: bytes, limits: Limits) -> None:
    if len(data) > limits.file_bytes:
        raise FileTooBig(
            f"The file has {len(data):,} bytes; at most {limits.file_bytes:,} are read. "
            "Split the list into several files."
        )
    if not data.strip(b"\0 \t\r\n"):
        raise empty_file()


def _filled(tables: Tables) -> Tables:
    if not any(sheet.rows for sheet in tables.sheets):
        raise empty_file()
    return tables
