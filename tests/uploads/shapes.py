"""CSV in every shape: delimiters, quotes, line ends, titles, totals, and tables that are none."""

import random
from collections.abc import Iterator
from itertools import product

from uploads.cases import Case, refused, taken
from uploads.stock import AT, HEADERS, Table, as_csv, as_text, changed, column_of, table

KIND = "shape of CSV"
ENDS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def cases() -> Iterator[Case]:
    yield from _signs()
    yield from _quotes()
    yield from _lines()
    yield from _widths()
    yield from _around()
    yield from _orders()
    yield from _no_lists()


def _csv(name: str, data: bytes | Table, rows: int = 12, lost: int = 0, **more: object) -> Case:
    made = as_csv(data) if isinstance(data, list) else data
    return Case(KIND, name, "stock.csv", lambda: made, rows, lost, **more)  # type: ignore[arg-type]


def _signs() -> Iterator[Case]:
    for (sign, delimiter), (end, line_end), ending in product(SIGNS.items(), ENDS.items(), ("csv", "txt")):
        data = as_csv(table(), delimiter, line_end)
        yield taken(KIND, f"{sign} and {end} as .{ending}", f"stock.{ending}", data, 12)
    for sign, delimiter in SIGNS.items():
        yield _csv(f"a line sep= for {sign}", f"sep={delimiter}\r\n".encode() + as_csv(table(), delimiter))
        spaced = "\r\n".join(f" {delimiter} ".join(map(str, row)) for row in table()).encode()
        yield _csv(f"spaces around every {sign}", spaced)
        yield _csv(
            f"every row ends in {sign}",
            as_text(table(), delimiter).replace("\r\n", f"{delimiter}\r\n").encode(),
        )
    mixed = as_text(table()).split("\r\n")
    yield _csv(
        "three line ends in one file",
        "".join(f"{line}{end}" for line, end in zip(mixed, ["\n", "\r\n", "\r"] * 9, strict=False)).encode(),
    )


def _quotes() -> Iterator[Case]:
    everything = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in table()).encode()
    yield _csv("quotes around every cell", everything)
    for sign, delimiter in SIGNS.items():
        texts = [
            'say "so"',
            f"a{delimiter}b{delimiter}c",
            '""',
            'it"s',
            f'"{delimiter}"',
            "two\nlines",
            "three\r\nlong\r\nlines",
        ]
        for text in texts:
            data = as_csv(changed("Comment", text), delimiter)
            says = text.replace("\r\n", "\n")
            yield _csv(f"{text!r} between {sign}s", data, values={"member_comment": says})
        yield _csv(
            f"line breaks in every comment between {sign}s", as_csv(column_of("Comment", "a\nb"), delimiter)
        )
    for column, at in product(("Comment", "City", "Stock #"), (0, 5, 11)):
        rows = table()
        rows[at + 1][AT[column]] = "\ufdd0open"
        data = as_csv(rows).replace("\ufdd0".encode(), b'"')
        yield _csv(f"a quote left open in {column} of stone {at + 1}", data, says=("quotation mark",))
    yield _csv("an inch sign", as_csv(changed("Comment", "\ufdd0")).replace("\ufdd0".encode(), b'5"'))
    yield _csv(
        "a quote behind a cell", as_csv(changed("Comment", "\ufdd0")).replace("\ufdd0".encode(), b'"a"b')
    )


def _lines() -> Iterator[Case]:
    plain = as_text(table(), end="\n")
    header, *rows = plain.splitlines(keepends=True)
    yield _csv("blank lines between the rows", "\n\n".join([header.strip(), *map(str.strip, rows)]).encode())
    yield _csv(
        "lines of commas between the rows",
        f"\n{',' * 17}\n".join([header.strip(), *map(str.strip, rows)]).encode(),
    )
    yield _csv(
        "the header again before every third row",
        "".join([header, *rows[:3], header, *rows[3:6], header, *rows[6:]]).encode(),
    )
    yield _csv("one row alone", table(1), 1)
    yield _csv("no line end at the end", plain.rstrip().encode())
    yield _csv("twenty blank lines at the end", (plain + "\n" * 20).encode())
    yield _csv("twenty blank lines before", ("\n" * 20 + plain).encode())
    yield _csv("capitals only", plain.upper().encode())
    yield _csv("small letters only", plain.lower().encode())


def _widths() -> Iterator[Case]:
    for missing in range(1, 5):
        rows = table()
        rows[4] = rows[4][:-missing]
        yield _csv(f"a row that ends {missing} cells early", rows)
    rows = table()
    rows[4] = rows[4][:5]
    yield _csv("a row of five cells", rows)
    rows = table()
    rows[4] = rows[4][2:]
    yield _csv("a row without its first two cells", rows, 11, 1, says=("row 5",))
    rows = table()
    rows[4] = [*rows[4], "", ""]
    yield _csv("two blank cells too many", rows)
    rows = table()
    rows[4] = [*rows[4][:3], "x", "y", *rows[4][3:]]
    yield _csv("two strange cells in the middle", rows, 11, 1, says=("row 5", "20 cells"))
    for text in ("nice, clean stone", "a, b, and c"):
        data = as_csv(changed("Comment", "\ufdd0")).replace("\ufdd0".encode(), text.encode())
        yield _csv(f"the unquoted comment {text!r}", data, values={"member_comment": text})
    blank = table()
    for row in blank:
        row.insert(3, "")
    yield _csv("a column without a header and cells", blank)
    nameless = table()
    for at, row in enumerate(nameless):
        row.insert(3, "" if at == 0 else f"x{at}")
    yield _csv("a column without a header", nameless)
    for column in ("Comment", "City", "Shape", "Lab", "Report #"):
        twice = [[*row, row[AT[column]]] for row in table()]
        yield _csv(f"{column} twice", twice)
    wide = [[*row, *[""] * 480] for row in table()]
    yield _csv("498 columns", wide)
    for width in (513, 1_000, 16_384):
        many = [[*row, *["x"] * (width - len(row))] for row in table()]
        yield refused(KIND, f"{width:,} columns", "stock.csv", as_csv(many), "TooManyColumns", says=("512",))


def _around() -> Iterator[Case]:
    titles = [
        ["Sunrise Diamonds Ltd"],
        ["Stock list of 24 November 2026"],
        ["Tel.", "+32 3 000 00 00"],
        [],
        ["Terms:", "cash", "in advance"],
    ]
    for count in range(1, 6):
        yield _csv(f"{count} lines of title", [*titles[:count], *table()])
    totals: list[list[object]] = [
        ["Total", "", "15.45"], ["TOTAL", "", "15.45", *[""] * 12, "70000.00"], ["Grand Total", "12 stones"],
        ["", "", "15.45"], ["", "", "15.45", *[""] * 12, "70000"], ["Average", "", "1.29"], ["Total Pcs: 12"],
    ]  # fmt: skip
    for line in totals:
        yield _csv(f"a last line {[cell for cell in line if cell]}", [*table(), line])
        yield _csv(f"a last line {[cell for cell in line if cell]} after a blank one", [*table(), [], line])
    notes = [
        ["All prices are in US dollars."],
        ["E. & O. E."],
        ["Visit us at booth 12"],
        ["* subject to prior sale"],
    ]
    for note in notes:
        yield _csv(f"the footnote {note[0]!r}", [*table(), [], note])
    groups = [["", "", "", "", "", "Finish", "", "", "", "Size", "", "", "Report"], *table()]
    yield _csv("groups above the header", groups)
    units = table()
    units.insert(1, ["", "", "ct", *[""] * 6, "mm", "%", "%", "", "", "USD", "USD"])
    yield _csv("units below the header", units)


def _orders() -> Iterator[Case]:
    for seed in range(60):
        chance = random.Random(seed)
        order = chance.sample(range(len(HEADERS)), len(HEADERS))
        rows = [[row[at] for at in order] for row in table(chance.randint(2, 12))]
        yield _csv(
            f"columns in any order, {seed}", as_csv(rows, chance.choice(list(SIGNS.values()))), len(rows) - 1
        )


def _no_lists() -> Iterator[Case]:
    empty = {
        "no byte": b"",
        "spaces": b"  \r\n \r\n",
        "commas": b",,,\r\n,,,\r\n",
        "a mark": b"\xef\xbb\xbf",
        "NULs": b"\0" * 50,
        "a quote": b'"',
        "line ends": b"\r\n" * 40,
        "a mark and a line": b"\xff\xfe\r\0\n\0",
    }
    for what, data in empty.items():
        yield refused(KIND, f"{what} and nothing else", "stock.csv", data, "FileEmpty", "NotAStockList")
    yield refused(KIND, "a header and no row", "stock.csv", as_csv(table(0)), "NotAStockList")
    rows: Table = [["Name", "Telephone", "City"], ["Ravi", "1", "Surat"], ["Ann", "2", "Antwerp"]]
    yield refused(KIND, "an address book", "stock.csv", as_csv(rows), "NotAStockList")
    yield refused(KIND, "one column", "stock.csv", as_csv([row[:1] for row in table()]), "NotAStockList")
    yield refused(KIND, "one word", "stock.csv", b"diamonds", "NotAStockList")
    yield refused(
        KIND, "a sentence", "stock.txt", b"Please find our list attached. Best regards, Asha", "NotAStockList"
    )
    for column in ("Shape", "Weight"):
        gone = [[cell for at, cell in enumerate(row) if at != AT[column]] for row in table()]
        yield refused(KIND, f"a list without {column}", "stock.csv", as_csv(gone), "NotAStockList")
    for size in (33_000, 130_000, 1_100_000):
        giant = as_csv(changed("Comment", "x" * size))
        yield refused(KIND, f"a cell of {size:,} signs", "stock.csv", giant, "CellTooLong", says=("row 2",))
    for size in (10_000, 32_000):
        yield _csv(f"a cell of {size:,} signs", changed("Comment", "x" * size))
    prices = [
        ["Shape", "Low Size", "High Size", "Color", "Clarity", "Price"],
        ["Round", "0.9", "0.99", "D", "IF", "100"],
    ]
    yield refused(KIND, "a price list", "list.csv", as_csv(prices * 2), "NotAStockList", says=("price list",))
    ledger = [["Date", "Supplier", "Carats", "Rate", "Paid"], ["2026-01-02", "Ravi", "1.2", "900", "1080"]]
    yield refused(
        KIND, "a purchase ledger", "book.csv", as_csv(ledger), "NotAStockList", says=("purchase ledger",)
    )
