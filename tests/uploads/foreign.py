"""Pictures, documents, programs and archives under the names of lists."""

import random
from collections.abc import Iterator
from itertools import product

from dialects.corpus import CORPUS
from dialects.corpus.cases import Refused
from dialects.making import archive, ole
from uploads.cases import Case, refused
from uploads.stock import as_csv, as_xlsx, table

KIND = "no list"
NAMES = ("stock.csv", "stock.xlsx", "stock.xls", "stock.txt", "stock")
_TYPES = "[Content_Types].xml"
_TEXT = "application/vnd.oasis.opendocument"

FILES = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>", "PictureOrDocument"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02", "PictureOrDocument"),
    "a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "PictureOrDocument"),
    "a JPEG with its place": (b"\xff\xd8\xff\xe1\0\x18Exif\0\0II*\0GPS", "PictureOrDocument"),
    "a GIF": (b"GIF89a\1\0\1\0\x80\0\0", "PictureOrDocument"),
    "a TIFF": (b"II*\0\x08\0\0\0", "PictureOrDocument"),
    "a WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "PictureOrDocument"),
    "a picture of a phone": (b"\0\0\0\x18ftypheic\0\0\0\0", "PictureOrDocument"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0", "PictureOrDocument"),
    "an RTF": (b"{\\rtf1\\ansi Stock}", "PictureOrDocument"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "PictureOrDocument"),
    "a Word document": (archive({_TYPES: "<a/>", "word/document.xml": "<a/>"}), "PictureOrDocument"),
    "a presentation": (archive({_TYPES: "<a/>", "ppt/presentation.xml": "<a/>"}), "PictureOrDocument"),
    "a text of LibreOffice": (
        archive({"mimetype": f"{_TEXT}.text", "content.xml": "<a/>"}),
        "PictureOrDocument",
    ),
    "an old Word document": (ole({"WordDocument": b"x"}), "PictureOrDocument"),
    "a mail of Outlook": (ole({"__substg1.0_0037001E": b"Stock"}), "UnknownWorkbook"),
    "a list of Numbers": (
        archive({"Index/Document.iwa": b"\0\1", "Metadata/Properties.plist": b"bplist00"}),
        "UnknownWorkbook",
    ),
    "a binary workbook": (archive({_TYPES: "<a/>", "xl/workbook.bin": b"\x83\1"}), "UnknownWorkbook"),
    "a saved web page": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "UnknownWorkbook"),
    "a workbook of Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "UnknownWorkbook"),
    "a Parquet file": (b"PAR1\x15\x04\x15", "UnknownWorkbook"),
    "a zip of lists": (archive({"a.csv": as_csv(table()), "b.csv": as_csv(table())}), "ArchiveRefused"),
    "a zip of a workbook": (archive({"stock.xlsx": as_xlsx(table())}), "ArchiveRefused"),
    "an empty zip": (archive({}), "ArchiveRefused"),
    "a RAR": (b"Rar!\x1a\x07\x01\0\0\0", "ArchiveRefused"),
    "a 7-Zip": (b"7z\xbc\xaf\x27\x1c\0\4\0\0", "ArchiveRefused"),
    "a gzip": (b"\x1f\x8b\x08\0\0\0\0\0\0\0", "ArchiveRefused"),
    "a bzip2": (b"BZh91AY&SY\0\0", "ArchiveRefused"),
    "a tar": (b"stock.csv".ljust(257, b"\0") + b"ustar\x0000", "ArchiveRefused"),
    "a program": (b"\x7fELF\2\1\1\0", "BinaryRefused"),
    "a program of Windows": (b"MZ\x90\0\3\0\0\0", "BinaryRefused"),
    "a database": (b"SQLite format 3\0\x10\0", "BinaryRefused"),
    "noise": (random.Random(1).randbytes(5_000), "BinaryRefused"),
    "a picture drawn in XML": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "NoTable NotAStockList",
    ),
    "a page to sign in": (b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>", "NoTable"),
    "an empty page": (b"<html></html>", "NoTable"),
    "an empty object": (b"{}", "NoTable NotAStockList FileEmpty"),
    "an empty array": (b"[ ]", "NoTable NotAStockList FileEmpty"),
    "an answer of an API": (b'{"error": {"code": 401, "message": "Sign in"}}', "NoTable NotAStockList"),
    "a cut object": (b'{"stones": [{"shape": "RD", "carat": 1', "JsonInvalid"),
    "a mail": (
        b"From: a@example.com\r\nTo: b@example.com\r\nSubject: Stock\r\n\r\nSee attachment.\r\n",
        "NotAStockList",
    ),
    "a calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "NotAStockList"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "NotAStockList"),
    "a page of code": (b"import os\nfor name in os.listdir('.'):\n    print(name)\n", "NotAStockList"),
}


def cases() -> Iterator[Case]:
    for (what, (data, names)), file in product(FILES.items(), NAMES):
        yield refused(KIND, f"{what} as {file}", file, data, *names.split())
    for case in CORPUS:
        if isinstance(case.answer, Refused):
            name = case.answer.refusal.__name__
            yield refused("table refused", case.name, case.file, case.made, name, says=(case.answer.words,))
