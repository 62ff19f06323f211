"""Plain text of any kind: a delimited list where its lines agree on a sign, else a list pasted as text."""

from bourse.dialects.tables.delimited import read_delimited
from bourse.dialects.tables.delimiters import declared_delimiter, find_delimiter
from bourse.dialects.tables.encodings import Decoded, decode
from bourse.dialects.tables.growing import GrowingSheet, Tally
from bourse.dialects.tables.limits import Limits
from bourse.dialects.tables.lines import first_lines, line_blocks
from bourse.dialects.tables.pasted import split_pasted
from bourse.dialects.tables.refusals import FileEmpty
from bourse.dialects.tables.sheets import CellNote, Sheet, Tables
from bourse.dialects.tables.spoilt import broken_cells

_SAMPLED_LINES = 400


def read_text(data: bytes, name: str, limits: Limits) -> Tables:
    """The lines of the text as one sheet."""
    decoded = decode(data)
    text, declared = _without_sep_line(decoded.text)
    sample = first_lines(text, _SAMPLED_LINES)
    split = find_delimiter(sample)
    width = split.width if split else 1
    if declared is None and split is None and not name.lower().endswith((".csv", ".tsv", ".tab")):
        return _finish("text", decoded, None, _read_pasted(text, limits), [])
    delimiter = declared or (split.delimiter if split else ",")
    sheet, notes = read_delimited(text, delimiter, width, limits)
    return _finish("tsv" if delimiter == "\t" else "csv", decoded, delimiter, sheet, notes)


def _without_sep_line(text: str) -> tuple[str, str | None]:
    head = text[:16].partition("\n")[0]
    sign = declared_delimiter(head)
    return (text[len(head) + 1 :], sign) if sign else (text, None)


def _read_pasted(text: str, limits: Limits) -> Sheet:
    sheet = GrowingSheet("", Tally(limits))
    sheet.add_texts(split_pasted([line for block in line_blocks(text) for line in block]))
    return sheet.done()


def _finish(
    format: str, decoded: Decoded, delimiter: str | None, sheet: Sheet, notes: list[CellNote]
) -> Tables:
    if not sheet.rows:
        raise FileEmpty(
            "The file holds no text but blanks; expected a stock list. Export it again and send that file."
        )
    return Tables(format, decoded.encoding, delimiter, [sheet], notes + broken_cells([sheet], decoded))
