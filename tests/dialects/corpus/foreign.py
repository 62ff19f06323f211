"""Files that are no lists at all, whatever their names say."""

import random

from bourse.dialects.tables.refusals import ArchiveRefused, BinaryRefused, PictureOrDocument, UnknownWorkbook
from dialects.corpus.cases import refuses
from dialects.making import archive, ole

FOREIGN = [
    refuses(
        "a PDF", "stock.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", PictureOrDocument, "a PDF document"
    ),
    refuses("a PNG", "stock.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PictureOrDocument, "a PNG picture"),
    refuses("a JPEG", "stock.csv", b"\xff\xd8\xff\xe0\0\x10JFIF", PictureOrDocument, "a JPEG picture"),
    refuses("a GIF", "stock.csv", b"GIF89a\1\0\1\0", PictureOrDocument, "a GIF picture"),
    refuses("a WebP", "stock.csv", b"RIFF\x24\0\0\0WEBPVP8 ", PictureOrDocument, "a WebP picture"),
    refuses(
        "a picture of a phone",
        "stock.csv",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        PictureOrDocument,
        "picture or film",
    ),
    refuses("an RTF", "stock.txt", b"{\\rtf1\\ansi Stock}", PictureOrDocument, "RTF"),
    refuses(
        "a Word document",
        "stock.docx",
        archive({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
        PictureOrDocument,
        "a Word document",
    ),
    refuses(
        "an old Word document", "stock.doc", ole({"WordDocument": b"x"}), PictureOrDocument, "a Word document"
    ),
    refuses(
        "a text of LibreOffice",
        "stock.odt",
        archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        PictureOrDocument,
    ),
    refuses("an OLE file without a workbook", "stock.xls", ole({"Mail": b"x"}), UnknownWorkbook),
    refuses(
        "a web page in one file",
        "stock.xls",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
        UnknownWorkbook,
        "MHTML",
    ),
    refuses(
        "a workbook of Excel 4", "stock.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", UnknownWorkbook, "Excel 4"
    ),
    refuses("a zip of lists", "stock.zip", archive({"a.csv": "a,b\n1,2\n"}), ArchiveRefused, "a ZIP archive"),
    refuses("an empty zip", "stock.zip", archive({}), ArchiveRefused),
    refuses("a RAR", "stock.rar", b"Rar!\x1a\x07\x01\0", ArchiveRefused, "a RAR archive"),
    refuses("a 7-Zip", "stock.7z", b"7z\xbc\xaf\x27\x1c\0\4", ArchiveRefused, "7-Zip"),
    refuses("a gzip", "stock.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0", ArchiveRefused, "a gzip archive"),
    refuses(
        "a tar", "stock.tar", b"stock.csv".ljust(257, b"\0") + b"ustar\x0000", ArchiveRefused, "a tar archive"
    ),
    refuses("a program", "stock.csv", b"\x7fELF\2\1\1\0", BinaryRefused, "a program"),
    refuses("a program of Windows", "stock.csv", b"MZ\x90\0\3\0\0\0", BinaryRefused, "a program"),
    refuses("a database", "stock.csv", b"SQLite format 3\0\x10\0", BinaryRefused, "SQLite"),
    refuses("noise", "stock.csv", random.Random(1).randbytes(5_000), BinaryRefused, "unknown kind"),
]
