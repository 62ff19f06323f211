"""What is said of a file that is no list: by name, with what it is, what was expected, and the cure."""

import io
import zipfile

import pytest

from bourse.dialects import read_file
from bourse.dialects.tables import Limits, open_tables
from bourse.kit.refusal import Refusal
from dialects.making import ole

LIST = "expected a stock list as CSV, XLSX, XLS, ODS, XML, JSON or text."
ORIGINAL = "Send the list from which it was made, as XLSX or CSV, or paste its text."
HEADERS = "Stock #,Shape,Weight,Color,Clarity,Price"


def packed(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


SENTENCES = {
    "an empty file": (b"", "The file is empty; expected a stock list. Export it again and send that file."),
    "a PDF": (b"%PDF-1.7\n", f"The file is a PDF document; {LIST} {ORIGINAL}"),
    "a picture": (b"\x89PNG\r\n\x1a\n", f"The file is a PNG picture; {LIST} {ORIGINAL}"),
    "a Word document": (
        packed(**{"word__document.xml": "<a/>"}),
        f"The file is a Word document; {LIST} {ORIGINAL}",
    ),
    "a Numbers document": (
        packed(**{"Index__Document.iwa": "x"}),
        f"The file is a Numbers document; {LIST} "
        "Open it in Numbers, choose File, Export To, Excel, and send that.",
    ),
    "an archive": (
        packed(**{"list.csv": "x"}),
        f"The file is a ZIP archive; {LIST} Unpack it and send the list inside.",
    ),
    "a program": (
        b"MZ\x90\0" + b"a" * 99,
        f"The file is a program; {LIST} Export the list again and send that file.",
    ),
    "headers alone": (
        HEADERS.encode(),
        "The file has only headers (“Stock #”, “Shape”, “Weight”, “Color”, “Clarity”, “Price”) and not one "
        "row below them; expected a row for each stone. Export your stock again and upload that.",
    ),
    "another list": (
        b"Name,Phone,Mail\nAsha,12,a@example.com\n",
        "We found no list of stock in this file: its first row says “Name”, “Phone”, “Mail”; expected "
        "columns for shape, weight, colour and clarity. Upload the list of your stones, name the row that "
        "holds its headers, or fill in our template.",
    ),
    "a list that lacks columns": (
        b"Stock #,Shape,Weight,Price\nA1,RD,1.01,5000\n",
        "This is no list of stock yet: it has no column for the colour and no column for the clarity. "
        "Add what is missing, each under a header, then upload again.",
    ),
    "a price list": (
        b"Shape,Low Size,High Size,Color,Clarity,Price\nRD,1.00,1.49,G,VS1,7000\n",
        "This is a price list, not a list of stock: it gives prices for ranges of weight, not for stones. "
        "Upload the list of the stones that you offer.",
    ),
    "a web page": (
        b"<html><body><p>Hello</p></body></html>",
        "The web page holds no table; expected one row for each stone. "
        "Export the stock list itself, as CSV or XLSX.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SENTENCES)
def test_each_file_that_is_no_list_is_told_by_name_with_its_cure(what: str) -> None:
    data, sentence = SENTENCES[what]
    with pytest.raises(Refusal) as refused:
        read_file(data, "upload")
    assert str(refused.value) == sentence


def test_a_workbook_with_a_password_says_how_to_take_it_off() -> None:
    locked = ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    with pytest.raises(Refusal, match="protected with a password") as refused:
        read_file(locked, "stock.xlsx")
    assert "Remove the password" in str(refused.value)


def test_a_file_too_large_says_by_how_much_and_to_split_it() -> None:
    with pytest.raises(Refusal) as refused:
        open_tables(HEADERS.encode() * 10, "stock.csv", Limits(file_bytes=100))
    assert str(refused.value) == (
        "The file has 400 bytes; at most 100 are read. Split the list into several files."
    )
