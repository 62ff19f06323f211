"""How much of a file is read: every bound of this room stands here, with its reason."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that a file must keep; what goes over one is refused by that bound's name.

    The largest stock lists of the trade are about 100,000 stones of 80 columns and 40 MB; together the bounds
    keep the reader of the worst file that they let in under 512 MiB.
    """

    file_bytes: int = 64 * MIB
    rows: int = 250_000  # of goods
    heading_rows: int = 100  # beside them: titles and headers of all sheets
    columns: int = 512  # the widest layout known has about 150
    cells: int = 12_000_000
    cell_characters: int = 32 * KIB  # a spreadsheet's own bound is 32,767
    members: int = 10_000  # of an archive: a workbook with a picture of each stone has thousands
    unpacked_bytes: int = 640 * MIB  # 12 million cells at their usual 40 to 50 bytes of XML
    ratio: int = 100  # of unpacked to packed bytes: sheets reach 10 to 40
    ratio_from_bytes: int = 4 * MIB
    shared_strings: int = 1_500_000  # six texts of its own for each of the rows
    sheets: int = 256  # of one workbook
    line_characters: int = 128 * KIB  # the csv module's own bound for one cell: no line may go over it
    depth: int = 32  # of elements in XML, of objects and lists in JSON


DEFAULT_LIMITS = Limits()
