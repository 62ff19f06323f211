"""What the words of one line say of a stone, wherever in the line they stand."""

import re
from collections.abc import Callable, Sequence

from bourse.dialects import scales
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.grades import lookup

Said = dict[str, str | None]

# The fields that a line may fill, with the header under which a table shows them.
HEADERS = {
    "stock_no": "Stock #",
    "shape": "Shape",
    "carat": "Carat",
    "color": "Color",
    "clarity": "Clarity",
    "cut_grade": "Cut Grade",
    "polish": "Polish",
    "symmetry": "Symmetry",
    "fluorescence_intensity": "Fluorescence",
    "lab": "Lab",
    "certificate_no": "Certificate #",
    "measurements": "Measurements",
    "depth_pct": "Depth %",
    "table_pct": "Table %",
    "discount_pct": "Disc %",
    "price_per_carat": "Price Per Carat",
    "total_price": "Total Price",
    "price": "Price",
    "growth_type": "Lab Grown",
    "availability": "Availability",
    "parcel_stones": "Number of Stones",
    "member_comment": "Comments",
}
_CARAT = re.compile(
    r"(\d{0,2}[.,]\d{1,3}|\d{1,2})\s?(?:cts?|carats?|crts?)\.?$|(\d{0,2}\.\d{1,3})$", re.IGNORECASE
)
_SIZES = re.compile(
    r"\d+(?:\.\d+)?\s?[x×*\-]\s?\d+(?:\.\d+)?\s?[x×*]\s?\d+(?:\.\d+)?(?:\s?mm)?$", re.IGNORECASE
)
_REPORT = re.compile(r"#?(?:LG|lg)?\d{7,14}$")
_LAB_AND_REPORT = re.compile(r"([A-Za-z]{3,4})[\s:#\-]*((?:LG|lg)?\d{7,14})$")
_DISCOUNT = re.compile(r"[(\-−–+]?\s?\d{1,2}(?:\.\d{1,2})?\s?%?\)?$")
_DOLLARS = re.compile(
    r"(?:US)?\$\s?([\d,]+(?:\.\d+)?)\s*(/\s?ct|p/?c|ppc|per\s?ct|/\s?carat|pc|total|net|ttl)?$", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{3,7})(?:\.\d{1,2})?\s*(/ct|p/c|ppc|total|net|\$)?$", re.IGNORECASE
)
_PIECES = re.compile(r"(\d{1,6})\s?(?:pcs?|pieces?|stones?|stns?)\.?$", re.IGNORECASE)
_GRADE_PAIR = re.compile(r"([D-Z](?:\s?[-/]\s?[D-Z])??)\s?[/\-]?\s?((?:VVS|VS|SI|IF|FL|I|P)[1-3]?)$")
_CLARITY = re.compile(r"(?:FL|IF|VVS[12]?|VS[12]?|SI[123]?|I[123]|P[123]|LC)[+\-]?$", re.IGNORECASE)
_STOCK = re.compile(r"#?(?=[A-Za-z0-9\-]*\d)(?=[A-Za-z0-9\-]*[A-Za-z\-])[A-Za-z0-9][A-Za-z0-9\-_]{2,15}$")
_BARE_STOCK = re.compile(r"#?\d{3,6}$")
_MARKED = re.compile(
    r"(?:(depth|dep|td|d)|(table|tbl|tab|tb|t))\s?[:=]?\s?(\d{2}(?:\.\d{1,2})?)\s?%?$", re.IGNORECASE
)
_LAB_GROWN = {
    "cvd": "CVD",
    "hpht": "HPHT",
    "lgd": "Lab grown",
    "labgrown": "Lab grown",
    "lab-grown": "Lab grown",
    "natural": "Natural",
    "nat": "Natural",
}
_MEMO = {
    "memo": "On memo",
    "available": "Available",
    "avail": "Available",
    "guaranteed": "Guaranteed available",
    "hold": "On hold",
}
_MAKE_GLUE = re.compile(r"[/\-.]")
_STRESS = "*_~•●▪✓✔"  # how chats mark bold, slanted and struck words, and lists
_FILLERS = {
    "ct", "cts", "carat", "carats", "off", "rap", "back", "disc", "discount", "below", "report", "cert", "no",
    "no.", "#", "-", "–", "@", "/", "=", "per", "for",
}  # fmt: skip


class _Line:
    """A line under reading: its words, which are taken from left to right as each finds its meaning."""

    def __init__(self, words: list[str], dictionary: Dictionary) -> None:
        self.words, self.dictionary = words, dictionary
        self.said: Said = {}
        self.rest: list[str] = []

    def read(self) -> Said:
        at = 0
        while at < len(self.words):
            at += self._take(at)
        if self.rest and any(name in self.said for name in ("carat", "clarity", "shape")):
            self.said["member_comment"] = " ".join(self.rest)
        return self.said

    def _take(self, at: int) -> int:
        """How many words from here have found a meaning; one that has none goes to the remarks."""
        for length in (4, 3, 2, 1):
            words = self.words[at : at + length]
            if len(words) == length and self._says(words, at):
                return length
        if (taken := self._makes(at)) > 0:
            return taken
        if fold(self.words[at]).strip(":,;") not in _FILLERS:
            self.rest.append(self.words[at])
        return 1

    def _says(self, words: Sequence[str], at: int) -> bool:
        text = " ".join(words).strip(",;")
        if len(words) > 1:
            return (
                self._shape(text, at)
                or self._fancy(text)
                or self._fluorescence(text, at)
                or self._lab(text)
                or self._sizes(text)
                or self._pieces(text)
                or self._with_unit(text)
            )
        readers: list[Callable[[str, int], bool]] = [
            self._numbers, self._grades, self._shape, self._named, self._by_place,
        ]  # fmt: skip
        return any(reader(text, at) for reader in readers)

    def _set(self, name: str, value: str | None) -> bool:
        if value is None or name in self.said:
            return False
        self.said[name] = value
        return True

    def _shape(self, text: str, at: int) -> bool:
        found = lookup(text, self.dictionary.words_of("shape"))
        if found is None and fold(text) == "r":
            found = "R"
        short = len(text) == 1
        if found is None or (short and (at > 2 or not self._has_colour_after(at))):
            return False
        return self._set("shape", text)

    def _has_colour_after(self, at: int) -> bool:
        return any(
            scales.white_colour(word) or _GRADE_PAIR.match(word.upper())
            for word in self.words[at + 1 : at + 4]
        )

    def _fancy(self, text: str) -> bool:
        found = scales.fancy_colour(text, self.dictionary) if " " in text else None
        return found is not None and found[1] is not None and self._set("color", text)

    def _sizes(self, text: str) -> bool:
        return bool(_SIZES.match(text)) and self._set("measurements", text)

    def _with_unit(self, text: str) -> bool:
        """An amount whose unit stands apart from it: "$7000 pc", "5000 p/c"."""
        found = _DOLLARS.match(text)
        if found is None and self.said.keys() & {"clarity", "color"}:
            found = _AMOUNT.match(text)
        return found is not None and bool(found[2]) and self._amount(found[1], found[2])

    def _pieces(self, text: str) -> bool:
        found = _PIECES.match(text)
        return found is not None and self._set("parcel_stones", found[1])

    def _numbers(self, text: str, _at: int) -> bool:
        if self._sizes(text) or self._pieces(text):
            return True
        if found := _MARKED.match(text):
            return self._set("depth_pct" if found[1] else "table_pct", found[3])
        if found := _DOLLARS.match(text):
            return self._amount(found[1], found[2])
        if "carat" not in self.said and (found := _CARAT.match(text)):
            return self._set("carat", (found[1] or found[2]).replace(",", "."))
        if _REPORT.match(text) and "certificate_no" not in self.said:
            return self._set("certificate_no", text.lstrip("#"))
        return self._discount_or_amount(text)

    def _discount_or_amount(self, text: str) -> bool:
        if not self.said.keys() & {"clarity", "color"}:
            return False
        marked = text[0] in "(-−–+" or text.endswith("%")
        if _DISCOUNT.match(text) and marked:
            return self._set("discount_pct", text)
        if found := _AMOUNT.match(text):
            return self._amount(found[1], found[2])
        return False

    def _amount(self, amount: str, unit: str | None) -> bool:
        word = (unit or "").casefold().replace(" ", "")
        if word in {"/ct", "p/c", "pc", "ppc", "perct", "/carat"}:
            return self._set("price_per_carat", amount)
        if word in {"total", "net", "ttl"}:
            return self._set("total_price", amount)
        return self._set("price", amount)

    def _grades(self, text: str, _at: int) -> bool:
        if (
            "color" not in self.said
            and "clarity" not in self.said
            and (found := _GRADE_PAIR.match(text.upper()))
        ):
            self.said["color"], self.said["clarity"] = found[1], found[2]
            return True
        if _CLARITY.match(text) and "clarity" not in self.said:
            return self._set("clarity", text)
        spans = text.split("-")
        if "clarity" not in self.said and len(spans) == 2 and all(_CLARITY.match(span) for span in spans):
            return self._set("clarity", text)
        if "color" not in self.said and text.upper() == text and scales.white_colour(text) is not None:
            return self._set("color", text)
        return False

    def _named(self, text: str, _at: int) -> bool:
        word = fold(text).strip(".,:")
        if word in _LAB_GROWN:
            return self._set("growth_type", _LAB_GROWN[word])
        if word in _MEMO:
            return self._set("availability", _MEMO[word])
        if found := _LAB_AND_REPORT.match(text):
            lab = lookup(found[1], self.dictionary.words_of("lab"))
            return lab is not None and self._set("lab", found[1]) and self._set("certificate_no", found[2])
        return self._lab(text)

    def _lab(self, text: str) -> bool:
        bare = text.strip(":#,")
        found = lookup(bare, self.dictionary.words_of("lab")) if len(bare) >= 3 else None
        return found not in (None, "None", "Other") and self._set("lab", bare)

    def _fluorescence(self, text: str, at: int) -> bool:
        if not self.said.keys() & {"clarity"}:
            return False
        words = self.dictionary.words_of("fluorescence_intensity")
        if " " not in text and len(text) == 1 and not self._after_makes(at):
            return False
        bare = re.sub(r"^(?:fl(?:uor?)?|flour)[:\s]+", "", text, flags=re.IGNORECASE)
        known = lookup(bare, words) is not None
        colour = bare.rpartition(" ")[2]
        paired = " " in bare and lookup(bare.rpartition(" ")[0], words) is not None
        paired = (
            paired
            and len(colour) > 2
            and lookup(colour, self.dictionary.words_of("fluorescence_color")) is not None
        )
        return (known or paired) and self._set("fluorescence_intensity", bare)

    def _after_makes(self, at: int) -> bool:
        return at > 0 and self._is_make(self.words[at - 1])

    def _is_make(self, word: str) -> bool:
        parts = [part for part in _MAKE_GLUE.split(word.strip(",;")) if part]
        known = self.dictionary.words_of("cut_grade")
        return bool(parts) and all(lookup(part, known) is not None for part in parts)

    def _by_place(self, text: str, at: int) -> bool:
        if self._is_make(text) and "polish" not in self.said and self.said.keys() & {"clarity"}:
            return False
        if self._fluorescence(text, at):
            return True
        early = not self.said.keys() & {"carat", "clarity"}
        if early and (_STOCK.match(text) or (at == 0 and _BARE_STOCK.match(text))):
            return self._set("stock_no", text.lstrip("#"))
        return False

    def _makes(self, at: int) -> int:
        """Grades in a row after the clarity: three are cut, polish, symmetry; two of a fancy shape the last
        two.
        """
        if "clarity" not in self.said or "polish" in self.said:
            return 0
        end = at
        while end < len(self.words) and end - at < 3 and self._is_make(self.words[end]):
            end += 1
        grades = [part for word in self.words[at:end] for part in _MAKE_GLUE.split(word.strip(",;")) if part]
        names = self._names_for(grades)
        for name, grade in zip(names, grades, strict=False):
            self._set(name, grade)
        return end - at if names else 0

    def _names_for(self, grades: Sequence[str]) -> tuple[str, ...]:
        triple = len(grades) == 1 and fold(grades[0]) in {"3ex", "xxx", "3x", "eee"}
        if len(grades) == 3:
            return "cut_grade", "polish", "symmetry"
        if triple:
            return ("cut_grade",)
        shape = lookup(self.said.get("shape") or "", self.dictionary.words_of("shape"))
        return ("polish", "symmetry") if len(grades) == 2 and shape not in (None, "Round") else ()


def read_words(cells: Sequence[str], dictionary: Dictionary) -> Said:
    """What a line's cells say: a value for each field that some of its words name."""
    words = [
        bare
        for cell in cells
        for word in re.split(r"[\s|]+", cell.replace("\u00a0", " "))
        if (bare := word.strip(_STRESS))
    ]
    return _Line(words, dictionary).read()
