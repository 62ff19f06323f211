"""Every way in which a file as a whole is refused: what was found, what was expected, and the cure."""

from bourse.kit.refusal import Refusal


class FileRefused(Refusal):
    """The file cannot be read as a table at all."""


class FileEmpty(FileRefused):
    """Nothing stands in the file."""


class FileTooBig(FileRefused):
    """The file has more bytes than are read."""


class TooManyRows(FileRefused):
    """A sheet has more rows than are read."""


class TooManyColumns(FileRefused):
    """A row has more columns than are read."""


class TooManyCells(FileRefused):
    """The sheets together hold more cells than are read."""


class CellTooLong(FileRefused):
    """One cell holds more text than any stock list needs."""


class WorkbookEncrypted(FileRefused):
    """The workbook opens only with a password."""


class WorkbookHasMacros(FileRefused):
    """The workbook carries a program."""


class WorkbookCorrupt(FileRefused):
    """The workbook is cut off or damaged."""


class UnknownWorkbook(FileRefused):
    """The file is a workbook or document of a kind that is not read."""


class PictureOrDocument(FileRefused):
    """The file is a PDF, a picture, a film or a text document."""


class ArchiveRefused(FileRefused):
    """The file is an archive that holds no workbook."""


class ArchiveHostile(FileRefused):
    """The file's inside is built so as to harm its reader."""


class BinaryRefused(FileRefused):
    """The file is a program or unknown binary data."""


class XmlInvalid(FileRefused):
    """The XML breaks off or breaks its own grammar."""


class XmlDeclaresEntities(FileRefused):
    """The XML brings a document type or entities of its own, which are never resolved."""


class JsonInvalid(FileRefused):
    """The JSON breaks off, breaks its grammar, or says one thing twice."""


class TooDeep(FileRefused):
    """The data is nested deeper than any stock list."""


class NoTable(FileRefused):
    """The file can be read but holds no repeated record and no row."""


def empty_file() -> FileEmpty:
    """The refusal of a file in which nothing stands."""
    return FileEmpty("The file is empty; expected a stock list. Export it again and send that file.")
