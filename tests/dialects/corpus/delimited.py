"""Shapes of CSV, and lists pasted as text."""

from bourse.dialects.tables.refusals import (
    CellTooLong,
    FileEmpty,
    FileTooBig,
    TooManyColumns,
)
from dialects.corpus.cases import Case, opens, refuses

_ABC = ["a", "b", "c"]
_OPEN = "never closed"
_ONE_SIDE = "on one side"


def _csv(name: str, text: str, *rows: list[str], delimiter: str = ",", **about: object) -> Case:
    format = "tsv" if delimiter == "\t" else "csv"
    return opens(name, "stock.csv", text.encode(), format, list(rows), delimiter=delimiter, **about)


def _text(name: str, text: str, *rows: list[str], **about: object) -> Case:
    return opens(name, "-", text.encode(), "text", list(rows), **about)


DELIMITED = [
    _csv("commas", "a,b,c\n1,2,3\n", _ABC, ["1", "2", "3"]),
    _csv("semicolons", "a;b;c\n1;2;3\n", _ABC, ["1", "2", "3"], delimiter=";"),
    _csv("tabs", "a\tb\tc\n1\t2\t3\n", _ABC, ["1", "2", "3"], delimiter="\t"),
    _csv("bars", "a|b|c\n1|2|3\n", _ABC, ["1", "2", "3"], delimiter="|"),
    _csv(
        "semicolons around decimal commas",
        "Carat;Price\n0,30;1200,50\n0,50;1500,25\n",
        ["Carat", "Price"],
        ["0,30", "1200,50"],
        ["0,50", "1500,25"],
        delimiter=";",
    ),
    _csv(
        "bars inside cells between commas",
        "Lot,Size,Price\n1,5|5|3,10\n2,6|6|4,20\n",
        ["Lot", "Size", "Price"],
        ["1", "5|5|3", "10"],
        ["2", "6|6|4", "20"],
    ),
    _csv(
        "an address with commas above semicolons",
        "Asha Diamonds, Antwerp, Belgium\n\nShape;Carat;Price;Lab\nRound;1,01;100,5;GIA\nPear;2,5;20,5;IGI\n",
        ["Asha Diamonds, Antwerp, Belgium"],
        ["Shape", "Carat", "Price", "Lab"],
        ["Round", "1,01", "100,5", "GIA"],
        ["Pear", "2,5", "20,5", "IGI"],
        delimiter=";",
    ),
    _csv(
        "lists within a cell between commas",
        "Stock,Remarks,Price\n1,a;b;c;d;e,10\n2,a;b;c;d;f,20\n",
        ["Stock", "Remarks", "Price"],
        ["1", "a;b;c;d;e", "10"],
        ["2", "a;b;c;d;f", "20"],
    ),
    _csv(
        "a short list below a long address",
        "Asha Diamonds\n1 Hoveniersstraat\nAntwerp\nTel 123\nStock\na,b,c,d,e\n1,2,3,4,5\n6,7,8,9,0\n",
        *(["Asha Diamonds"], ["1 Hoveniersstraat"], ["Antwerp"], ["Tel 123"], ["Stock"]),
        *(["a", "b", "c", "d", "e"], ["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "0"]),
    ),
    _csv(
        "a first line that names the sign",
        "sep=;\r\na;b\r\n1,5;2\r\n",
        ["a", "b"],
        ["1,5", "2"],
        delimiter=";",
    ),
    _csv("the same with lines of an old Mac", "sep=|\ra|b\r1|2\r", ["a", "b"], ["1", "2"], delimiter="|"),
    _csv("lines of an old Mac", "a,b\r1,2\r3,4\r", ["a", "b"], ["1", "2"], ["3", "4"]),
    _csv("mixed line ends", "a,b\r\n1,2\n3,4\r5,6", ["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]),
    _csv("quotes in quotes", 'a,b,c\n"x, ""y""",2,3\n', _ABC, ['x, "y"', "2", "3"]),
    _csv(
        "a line break in a cell",
        'a,b,c\n"two\r\nlines",2,3\n4,5,6\n',
        _ABC,
        ["two\nlines", "2", "3"],
        ["4", "5", "6"],
        numbers=[1, 2, 3],
    ),
    _csv("inches in a plain cell", 'a,b,c\n1,7.1" x,3\n', _ABC, ["1", '7.1" x', "3"]),
    _csv("inches in a quoted cell", 'a,b,c\n"1","5" x","3"\n', _ABC, ["1", '5" x', "3"]),
    _csv(
        "a quote left open in the middle swallows nothing",
        'a,b,c\n1,"open,3\n4,5,6\n7,8,9\n',
        _ABC,
        ["1", "open", "3"],
        ["4", "5", "6"],
        ["7", "8", "9"],
        notes=[(2, 1, _OPEN)],
    ),
    _csv(
        "a quote left open before a good quoted cell",
        'a,b,c\n1,"open,3\n4,"ok",6\n',
        _ABC,
        ["1", "open", "3"],
        ["4", "ok", "6"],
        notes=[(2, 1, _OPEN)],
    ),
    _csv(
        "a quote left open at the end", 'a,b,c\n1,2,"open\n', _ABC, ["1", "2", "open"], notes=[(2, 2, _OPEN)]
    ),
    _csv(
        "a closing quote that is missing",
        '"a","b","c"\n"1","2,"3"\n"4","5","6"\n',
        _ABC,
        ["1", "2", "3"],
        ["4", "5", "6"],
        notes=[(2, 1, _ONE_SIDE)],
    ),
    _csv(
        "rows short and long stay as they are",
        "a,b,c\n1,2\n1,2,3,4\n",
        _ABC,
        ["1", "2"],
        ["1", "2", "3", "4"],
    ),
    _csv(
        "titles, blank lines and totals are rows or numbers",
        "Our list\n\n,,\na,b,c\n1,2,3\n,,\nTotal,,3\n",
        ["Our list"],
        _ABC,
        ["1", "2", "3"],
        ["Total", "", "3"],
        numbers=[1, 4, 5, 7],
    ),
    _csv("headers twice and blank", "a,a,\n1,2,3\n", ["a", "a", ""], ["1", "2", "3"]),
    _csv("a header only", "a,b,c\n", _ABC),
    _csv("one column", "Shape\nRound\nPear\n", ["Shape"], ["Round"], ["Pear"]),
    _csv(
        "formulas are texts",
        "a,b\n=1+1,@SUM(A1)\n\"=cmd|'/c x'!A1\",-3\n",
        ["a", "b"],
        ["=1+1", "@SUM(A1)"],
        ["=cmd|'/c x'!A1", "-3"],
    ),
    _text(
        "columns of spaces",
        "Round  1.01  D  VS1\nPear   2.00   E  SI1\n",
        ["Round", "1.01", "D", "VS1"],
        ["Pear", "2.00", "E", "SI1"],
    ),
    _text(
        "words of a chat", "RD 1.01 D VS1 GIA -32%\nPS 2 E SI1\n", ["RD 1.01 D VS1 GIA -32%"], ["PS 2 E SI1"]
    ),
    _text(
        "a letter around the list",
        "Hi John,\n\nplease see:\nRound 1.01 D VS1, -32\nOval 2 E, call\nbest\n",
        ["Hi John,"],
        ["please see:"],
        ["Round 1.01 D VS1, -32"],
        ["Oval 2 E, call"],
        ["best"],
        numbers=[1, 3, 4, 5, 6],
    ),
    _text(
        "a time in brackets is no JSON",
        "[10:32] RD 1.01 D\n[10:33] PS 2 E\n",
        ["[10:32] RD 1.01 D"],
        ["[10:33] PS 2 E"],
    ),
    refuses("nothing", "stock.csv", b"", FileEmpty, "is empty"),
    refuses("blanks", "stock.csv", b" \r\n\t\r\n", FileEmpty),
    refuses("commas without cells", "stock.csv", b",,,\n,,,\n", FileEmpty),
    refuses("a mark without text", "stock.csv", b"\xef\xbb\xbf", FileEmpty),
    refuses(
        "16,384 columns",
        "stock.csv",
        lambda: ("x," * 16_383 + "x\n").encode(),
        TooManyColumns,
        "16,384 columns in row 1",
    ),
    refuses(
        "a cell of 40,000 characters",
        "stock.csv",
        b"a,b\n1," + b"x" * 40_000 + b"\n",
        CellTooLong,
        "row 2, column 2",
    ),
    refuses(
        "a quoted cell of 200,000 characters",
        "stock.csv",
        b'a,b\n1,"' + b"x," * 100_000 + b'"\n',
        CellTooLong,
        "row 2",
    ),
    refuses("a file of 65 MiB", "stock.csv", lambda: bytes(65 * 1024 * 1024), FileTooBig, "68,157,440 bytes"),
]
