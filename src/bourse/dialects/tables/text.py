"""Plain text of any kind: a delimited list where its lines agree on a sign, else a list pasted as text."""

from bourse.dialects.tables.delimited import read_delimited
from bourse.dialects.tables.delimiters import declared_delimiter, find_delimiter
from bourse.dialects.tables.encodings import Decoded, decode, decode_as
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.lines import first_lines
from bourse.dialects.tables.pasted import read_pasted
from bourse.dialects.tables.refusals import empty_file
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.spoilt import broken_cells

_SAMPLED_LINES = 400
_BLANK = '\t\r\n ,;|"'


def read_text(data: bytes, name: str, limits: Limits, encoding: str = "") -> Tables:
    """The lines of the text as one sheet."""
    decoded = decode_as(data, encoding) if encoding else decode(data)
    if not decoded.text.strip(_BLANK):
        raise empty_file()
    text, declared = _without_sep_line(decoded.text)
    sample = first_lines(text, _SAMPLED_LINES)
    split = find_delimiter(sample)
    width = split.width if split else 1
    if declared is None and split is None and not name.lower().endswith((".csv", ".tsv", ".tab")):
        return _finish("text", decoded, None, read_pasted(text, sample, limits), [])
    delimiter = declared or (split.delimiter if split else ",")
    sheet, notes = read_delimited(text, delimiter, width, limits)
    return _finish("tsv" if delimiter == "\t" else "csv", decoded, delimiter, sheet, notes)


def _without_sep_line(text: str) -> tuple[str, str | None]:
    head = text[:16].splitlines(keepends=True)[0]
    sign = declared_delimiter(head)
    return (text[len(head) :], sign) if sign else (text, None)


def _finish(
    format: str, decoded: Decoded, delimiter: str | None, sheet: Sheet, notes: list[CellNote]
) -> Tables:
    return Tables(format, decoded.encoding, delimiter, [sheet], notes + broken_cells([sheet], decoded))
