"""The way in: the content of a file, not its name, decides how it is read."""

from bourse.dialects.tables.json import read_json
from bourse.dialects.tables.limits import DEFAULT_LIMITS, Limits
from bourse.dialects.tables.refusals import FileEmpty, FileTooBig
from bourse.dialects.tables.sheets import Tables
from bourse.dialects.tables.text import read_text
from bourse.dialects.tables.workbook import read_workbook
from bourse.dialects.tables.xml import read_xml


def open_tables(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Tables:
    """Read the bytes of one file into raw tables, or raise the FileRefused that says why not."""
    if not data.strip():
        raise FileEmpty("The file is empty; expected a stock list. Export it again and send that file.")
    if len(data) > limits.file_bytes:
        raise FileTooBig(
            f"The file has {len(data):,} bytes; at most {limits.file_bytes:,} are read. "
            "Split the list into several files."
        )
    if data.startswith(b"PK"):
        return read_workbook(data, "xlsx", limits)
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return read_xml(data, limits)
    if start.startswith((b"{", b"[")):
        return read_json(data, limits)
    return read_text(data, name, limits)
