"""Encodings: which one it is must be found, and bytes that fit none must be told by their place."""

from dialects.corpus.cases import Case, opens

_HEADER = ["Shape", "Carat", "Comment"]


def _list(comment: str) -> str:
    return f"Shape,Carat,Comment\nRound,1.01,{comment}\nPear,2.50,\n"


def _encoded(name: str, codec: str, found: str, comment: str, mark: bytes = b"") -> Case:
    return opens(
        name,
        "stock.csv",
        mark + _list(comment).encode(codec),
        "csv",
        [_HEADER, ["Round", "1.01", comment], ["Pear", "2.50", ""]],
        encoding=found,
        delimiter=",",
    )


ENCODED = [
    _encoded("plain ASCII", "ascii", "utf-8", "eye clean"),
    _encoded("UTF-8", "utf-8", "utf-8", "½ carat – «naïve» 无奶"),
    _encoded("UTF-8 with its mark", "utf-8", "utf-8", "fêlure", b"\xef\xbb\xbf"),
    _encoded("UTF-16 LE with its mark, Excel's Unicode text", "utf-16-le", "utf-16-le", "无奶", b"\xff\xfe"),
    _encoded("UTF-16 BE with its mark", "utf-16-be", "utf-16-be", "fêlure", b"\xfe\xff"),
    _encoded("UTF-16 LE without a mark", "utf-16-le", "utf-16-le", "eye clean"),
    _encoded("UTF-16 BE without a mark", "utf-16-be", "utf-16-be", "eye clean"),
    _encoded("UTF-16 LE without a mark, in Hebrew", "utf-16-le", "utf-16-le", "נקי לעין"),
    _encoded("cp1252, one accent", "cp1252", "cp1252", "café"),
    _encoded("cp1252, many signs", "cp1252", "cp1252", "½ – «naïf» Größe · légère fêlure"),
    _encoded("cp1252, the euro sign", "cp1252", "cp1252", "€ 1.200"),
    _encoded("cp1255, Hebrew", "cp1255", "cp1255", "נקי לעין, תל אביב".replace(",", "")),
    _encoded("GB18030, simplified Chinese", "gb18030", "gb18030", "圆形钻石 无奶无咖"),
    _encoded("GB18030, a city only", "gb18030", "gb18030", "深圳"),
    _encoded("Big5, traditional Chinese", "big5", "big5", "圓形鑽石 無奶無咖"),
    _encoded("Big5, a city only", "big5", "big5", "香港"),
    _encoded("Shift-JIS, Japanese", "shift_jis", "shift_jis", "ダイヤモンド 内包物なし"),
    _encoded("Shift-JIS, a city and a word", "shift_jis", "shift_jis", "東京 ルース"),
    opens(
        "a byte that is no UTF-8 is told by its offset",
        "stock.csv",
        b"Shape,Comment\nRound,caf\xc3\xa9 \xff here\n",
        "csv",
        [["Shape", "Comment"], ["Round", "café \ufffd here"]],
        encoding="utf-8",
        notes=[(2, 1, "Byte 0xFF at offset 26 ")],
    ),
    opens(
        "two files of different encodings in one",
        "stock.csv",
        _list("fêlure légère").encode() + "Oval,3.00,fêlure\n".encode("cp1252"),
        "csv",
        [
            _HEADER,
            ["Round", "1.01", "fêlure légère"],
            ["Pear", "2.50", ""],
            ["Oval", "3.00", "f\ufffdlure"],
        ],
        encoding="utf-8",
        notes=[(4, 2, "Byte 0xEA at offset 70 ")],
    ),
    opens(
        "a NUL in a cell",
        "stock.csv",
        b"Shape,Comment\nRound,a\0b\n",
        "csv",
        [["Shape", "Comment"], ["Round", "a\ufffdb"]],
        notes=[(2, 1, "Byte 0x00 at offset 21 ")],
    ),
    opens(
        "a letter that the writing program lost",
        "stock.csv",
        "Shape,Comment\nRound,caf\ufffd\n".encode(),
        "csv",
        [["Shape", "Comment"], ["Round", "caf\ufffd"]],
        notes=[(2, 1, "lost a letter")],
    ),
    opens(
        "marks, zero-width and direction signs inside cells are dropped",
        "stock.csv",
        "\ufeffSha\u200bpe,Carat\nRound,\ufeff1.01\n\u202ePear\u202c,2\n".encode(),
        "csv",
        [["Shape", "Carat"], ["Round", "1.01"], ["Pear", "2"]],
    ),
    opens(
        "full-width digits stay for the reader above",
        "stock.csv",
        "Shape,Carat\nRound,１.０１\n".encode(),
        "csv",
        [["Shape", "Carat"], ["Round", "１.０１"]],
    ),
]
