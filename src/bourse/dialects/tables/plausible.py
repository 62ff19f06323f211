"""Which of the old national encodings a text was written in, judged by what each reading would say."""

import re
from collections.abc import Callable, Iterable

_SAMPLED_CELLS = 2_000
_SAMPLED_BYTES = 256 * 1024
_ENOUGH_CELLS = 100
_NEAR = 256
_SEPARATORS = (b"\n", b"\r", b"\t", b",", b";")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BROKEN = -5.0

_SIMPLIFIED = frozenset(
    "的一是不在有这中大来上个国到们为圆形钻石克拉重量颜色净度切工抛光对称荧证书编号价格库存备注香港深圳上海公司美元无弱强等"
)
_TRADITIONAL = frozenset(
    "的一是不在有這中大來上個國到們為圓形鑽石克拉重量顏色淨度切工拋光對稱螢證書編號價格庫存備註香港公司美元無弱強等"
)
_JAPANESE = frozenset("東京大阪日本会社円形石色重量指輪鑑定書番号価格在庫備考")
SINGLE_BYTE = frozenset(["cp1252", "cp1255"])
_WESTERN_SIGNS = frozenset("€£¥§©®™°±²³·¹¼½¾×÷‘’“”–—•…´«»ªº\xa0")


def most_plausible(data: bytes) -> str:
    """The name of the encoding under which the bytes beyond ASCII make the best sense."""
    cells = _sample(data)
    return max(_SCALES, key=lambda encoding: _sense(cells, encoding))


def _sample(data: bytes) -> list[bytes]:
    """Different cells that hold bytes beyond ASCII, or the near surroundings of such bytes."""
    cells: dict[bytes, None] = {}
    at = 0
    while len(cells) < _SAMPLED_CELLS and (match := _BEYOND_ASCII.search(data, at)):
        start, at = _cell_around(data, match.start())
        cells[data[start:at]] = None
        if at > _SAMPLED_BYTES and len(cells) >= _ENOUGH_CELLS:
            break
    return list(cells)


def _cell_around(data: bytes, at: int) -> tuple[int, int]:
    """From the last separator before this place to the first one behind it, both near."""
    start = max(0, at - _NEAR, *(data.rfind(sign, max(0, at - _NEAR), at) + 1 for sign in _SEPARATORS))
    ends = (data.find(sign, at, at + _NEAR) for sign in _SEPARATORS)
    return start, min((end for end in ends if end >= 0), default=min(at + _NEAR, len(data)))


def _sense(cells: Iterable[bytes], encoding: str) -> float:
    """Between 0 and 1 where all is readable; each unreadable byte weighs five good signs."""
    scale = _SCALES[encoding]
    marks = [mark for cell in cells for mark in scale(cell.decode(encoding, "surrogateescape"))]
    return sum(marks) / max(1, len(marks))


def _western(text: str) -> Iterable[float]:
    for run in re.findall(r"[^\x00-\x7f]+", text):
        for sign in run:
            if "\udc80" <= sign <= "\udcff":
                yield _BROKEN
            elif sign in _WESTERN_SIGNS:
                yield 0.9
            elif sign.isalpha() and "À" <= sign <= "ÿ":
                yield (0.9, 0.6, 0.1)[min(len(run), 3) - 1]
            else:
                yield 0.2


def _hebrew(text: str) -> Iterable[float]:
    for run in re.findall(r"[^\x00-\x7f]+", text):
        for sign in run:
            if "\udc80" <= sign <= "\udcff":
                yield _BROKEN
            elif "א" <= sign <= "ת":
                yield 1.0 if len(run) > 1 else 0.25
            else:
                yield 0.7 if sign in _WESTERN_SIGNS or sign == "₪" else 0.1


def _by_rows(
    encoding: str, rows: tuple[tuple[int, int, float], ...], common: frozenset[str]
) -> Callable[[str], Iterable[float]]:
    """A scale that marks each sign by its row in the national table: early rows hold the everyday signs."""

    def scale(text: str) -> Iterable[float]:
        for sign in text:
            if sign < "\x80":
                continue
            yield 1.2 if sign in common else _mark_of_row(sign, encoding, rows)

    return scale


def _mark_of_row(sign: str, encoding: str, rows: tuple[tuple[int, int, float], ...]) -> float:
    if "\udc80" <= sign <= "\udcff":
        return _BROKEN
    try:
        lead = sign.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0.05
    return next((mark for first, last, mark in rows if first <= lead <= last), 0.05)


_SCALES: dict[str, Callable[[str], Iterable[float]]] = {
    "cp1252": _western,
    "cp1255": _hebrew,
    "gb18030": _by_rows("gb2312", ((0xA1, 0xA3, 0.6), (0xB0, 0xD7, 1.0), (0xD8, 0xF7, 0.4)), _SIMPLIFIED),
    "big5": _by_rows("big5", ((0xA1, 0xA3, 0.6), (0xA4, 0xC6, 1.0), (0xC9, 0xF9, 0.3)), _TRADITIONAL),
    "shift_jis": _by_rows(
        "shift_jis",
        ((0x82, 0x83, 1.1), (0x81, 0x81, 0.6), (0x88, 0x97, 0.9), (0x98, 0xEA, 0.3), (0xA1, 0xDF, 0.15)),
        _JAPANESE,
    ),
}
