"""Lists of sanctioned names as authorities publish them, as CSV or XML. Pure; read in a confined child."""

from bourse.kit.refusal import Refusal
from bourse.members.name_lists.entry import MOST_ENTRIES, ListedEntry, ListNotRead
from bourse.members.name_lists.markup import entries_of_xml
from bourse.members.name_lists.table import entries_of_csv

MOST_BYTES = 50 * 1024 * 1024

__all__ = ["MOST_BYTES", "ListNotRead", "ListTooLarge", "ListedEntry", "read_list"]


class ListTooLarge(Refusal):
    """A list has at most 50 MiB and 200,000 entries."""


def read_list(content: bytes, other_names: bytes) -> list[ListedEntry]:
    """The entries of a list, with the other names of a second file (ALT.CSV) where one is given.

    A list with a fault is refused whole, with the row and the cell: half a list lets too much pass.
    """
    if max(len(content), len(other_names)) > MOST_BYTES:
        raise ListTooLarge("The file is larger than 50 MB, which is the most that a list of names may have.")
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        entries = entries_of_xml(content)
    else:
        entries = entries_of_csv(content, other_names)
    if len(entries) > MOST_ENTRIES:
        raise ListTooLarge(f"The list has {len(entries):,} entries; at most {MOST_ENTRIES:,} are taken.")
    if not entries:
        raise ListNotRead("The file holds no name; expected a list with at least one.")
    return entries
