"""Files in every encoding that dealers send, with signs that nobody sees and bytes that nobody reads."""

from collections.abc import Iterator
from itertools import product

from uploads.cases import Case, taken
from uploads.stock import Table, as_csv, as_text, changed, column_of, table

KIND = "encoding"

# A codec, what it is found to be, and words that its writers use.
NATIONAL = [
    ("utf-8", "utf-8", "½ carat – «naïve» 无奶"),
    ("utf-8", "utf-8", "תל אביב, נקי לעין"),
    ("utf-8", "utf-8", "ダイヤモンド 東京"),
    ("utf-8", "utf-8", "Цюрих, без сколов"),
    ("utf-8", "utf-8", "💎 eye clean"),
    ("utf-16-le", "utf-16-le", "无奶"),
    ("utf-16-be", "utf-16-be", "fêlure légère"),
    ("cp1252", "cp1252", "Zürich – légère fêlure"),
    ("cp1252", "cp1252", "½ carat, naïf"),
    ("cp1255", "cp1255", "נקי לעין תל אביב"),
    ("gb18030", "gb18030", "圆形钻石 无奶无咖"),
    ("gb18030", "gb18030", "深圳 香港 库存"),
    ("big5", "big5", "圓形鑽石 無奶無咖"),
    ("shift_jis", "shift_jis", "ダイヤモンド 内包物なし"),
]
LOST = "A sign of this number was lost on its way here."
MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
SHAPES = [
    (",", "\r\n", "csv"),
    (";", "\n", "csv"),
    ("\t", "\r\n", "txt"),
    ("|", "\n", "csv"),
    (",", "\r", "csv"),
]


def cases() -> Iterator[Case]:
    yield from _national()
    yield from _invisible()
    yield from _broken()


def _national() -> Iterator[Case]:
    for (codec, found, words), (delimiter, end, ending) in product(NATIONAL, SHAPES):
        text = as_text(column_of("Comment", words), delimiter, end)
        marks = {"without a mark": b""} | ({"with its mark": MARKS[codec]} if codec in MARKS else {})
        for how, mark in marks.items():
            name = f"{codec} “{words[:9]}” {how}, {delimiter!r} {end!r}"
            data = mark + text.encode(codec)
            yield taken(
                KIND, name, f"stock.{ending}", data, 12, says=(f"encoding {found}",),
                values={"member_comment": words, "carat": 0.92},
            )  # fmt: skip


INVISIBLE = {
    "a byte order mark": "\ufeff", "a zero width space": "\u200b", "a word joiner": "\u2060",
    "a right-to-left mark": "\u200f", "a right-to-left override": "\u202e", "an isolate": "\u2067",
}  # fmt: skip
SPACES = {
    "a no-break space": "\u00a0",
    "a narrow space": "\u202f",
    "an ideographic space": "\u3000",
    "a tab": "\t",
}
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _invisible() -> Iterator[Case]:
    columns = {
        "Stock #": ("A1", "stock_no", "A1"),
        "Shape": ("CU", "shape", "Cushion"),
        "Weight": ("0.92", "carat", 0.92),
        "Color": ("D", "color", "D"),
        "Clarity": ("SI1", "clarity", "SI1"),
        "Lab": ("GIA", "lab", "GIA"),
        "Report #": ("6100007919", "certificate_no", "6100007919"),
        "Comment": ("Lot 1", "member_comment", "Lot 1"),
        "City": ("Antwerp", "city", "Antwerp"),
        "Table %": ("54", "table_pct", 54.0),
    }
    for (what, sign), (column, (text, field, value)) in product(INVISIBLE.items(), columns.items()):
        inside = f"{text[:1]}{sign}{text[1:]}"
        yield _first(f"{what} inside {column}", changed(column, inside), **{field: value})
    for (what, sign), (column, (text, field, value)) in product(SPACES.items(), columns.items()):
        yield _first(f"{what} around {column}", changed(column, f"{sign}{text}{sign}"), **{field: value})
    for column in ("Shape", "Weight", "Color", "Clarity", "Lab", "Table %"):
        text, field, value = columns[column]
        wide = text.translate(FULL_WIDTH)
        yield _first(f"full-width {column}", changed(column, wide), **{field: value})
        whole = [str(row[_at(column)]).translate(FULL_WIDTH) for row in table()[1:]]
        yield _first(f"full-width {column} throughout", changed(column, *whole), **{field: value})
    for what, sign in INVISIBLE.items():
        rows = table()
        rows[0] = [f"{str(name)[:2]}{sign}{str(name)[2:]}" for name in rows[0]]
        yield _first(f"{what} inside every header", rows, carat=0.92)


def _at(column: str) -> int:
    return table(0)[0].index(column)


def _first(name: str, rows: Table, **values: object) -> Case:
    return taken(KIND, name, "stock.csv", as_csv(rows), len(rows) - 1, values=values)


def _broken() -> Iterator[Case]:
    whole = as_csv(table())
    for byte in (0x81, 0xC0, 0xFE, 0xFF):
        for column in ("Comment", "City", "Report #", "Stock #"):
            data = as_csv(changed(column, "Caf\ufdd0x")).replace("\ufdd0".encode(), bytes([byte]))
            data = data.replace(b"Lot ", "Größe ".encode())
            says = (f"Byte 0x{byte:02X} at offset" if column in ("Comment", "City") else LOST,)
            yield taken(KIND, f"byte {byte:#x} in {column} of UTF-8", "stock.csv", data, 12, says=says)
    nuls = {
        "Comment": "Byte 0x00 at offset",
        "City": "Byte 0x00 at offset",
        "Stock #": LOST,
        "Report #": LOST,
    }
    for column, why in (nuls | {"Lab": "row 2, 12: The dictionary does not know this word here."}).items():
        data = as_csv(changed(column, "a\ufdd0b")).replace("\ufdd0".encode(), b"\0")
        yield taken(KIND, f"NUL in {column}", "stock.csv", data, 12, says=(why,))
    for column in ("Shape", "Weight", "Clarity"):
        data = as_csv(changed(column, "a\ufdd0b")).replace("\ufdd0".encode(), b"\0")
        yield Case(KIND, f"NUL in {column}", "stock.csv", lambda data=data: data, 11, 1)  # type: ignore[misc]
    half = len(whole.splitlines()[0]) + 2
    mixed = (
        whole[:half]
        + "".join(
            line.replace("Antwerp", "Zürich") for line in whole[half:].decode().splitlines(keepends=True)
        ).encode()
    )
    cut = mixed.rindex(b"A10,")
    tail = mixed[cut:].decode().encode("cp1252")
    says = ("Byte 0xFC at offset",)
    yield taken(KIND, "UTF-8 with cp1252 rows at its end", "stock.csv", mixed[:cut] + tail, 12, says=says)
    yield taken(KIND, "NULs behind the list", "stock.csv", whole + b"\0" * 2, 12)
    yield taken(KIND, "the end sign of DOS", "stock.csv", whole + b"\x1a", 12)
    yield taken(
        KIND, "marks between the rows", "stock.csv", whole.replace(b"\r\nA", b"\r\n\xef\xbb\xbfA"), 12
    )
    yield taken(
        KIND, "a surrogate written in UTF-8", "stock.csv", whole.replace(b"Lot 3", b"\xed\xa0\x80"), 12
    )
    yield taken(KIND, "an overlong slash", "stock.csv", whole.replace(b"Lot 3", b"\xc0\xaf"), 12)
