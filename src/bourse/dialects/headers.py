"""What a column's header says: the fields it may mean, and how surely."""

import re
from dataclasses import dataclass
from itertools import product
from math import prod

from bourse.dialects.dictionary import Dictionary
from bourse.dialects.spelling import squeeze, within_one, words_of

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]+")
EXACT, COMPOSED, NEAR = 0.97, 0.9, 0.85
_MOST_READINGS = 64
_LEAST_FOR_NEARNESS = 6


# A header that asks ("Is Lab Grown") heads a column of answers, never one of amounts or names.
_ASKING = frozenset({"is"})
YES_OR_NO = frozenset(
    {"is_pair", "pair_separable", "growth_type", "availability", "eye_clean", "hearts_and_arrows",
    "treatment",
     "new_arrival", "allow_feed"}
)  # fmt: skip


_WRAPPERS = frozenset(
    {"diamond", "certificate", "cert", "report", "stone", "item", "node", "data", "details",
    "attributes", "product",
     "specs", "specification", "grading", "proportions", "offer", "result", "results", "0",
     "metafields", "meta", "fields", "custom", "properties", "variant", "variants"}
)  # fmt: skip
# Under a wrapper these name the wrapper: the certificate's id, the result's date.
_NAMES_OF_OTHERS = frozenset({"stock_no", "exchange_item_id", "supplier_name", "supplier_code", "updated_at"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What a header says: every field it may mean (none, one or several) and how surely it says so."""

    fields: tuple[str, ...] = ()
    confidence: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def settles(self) -> bool:
        """Whether the header alone names one field."""
        return len(self.fields) == 1


NO_HINT = Hint()


def hint_of(header: str, dictionary: Dictionary) -> Hint:
    """The fields that a header may mean: by its exact spelling, by its words, or by a spelling one letter
    away.
    """
    return _of_one_script(header, dictionary) or _of_two_scripts(header, dictionary)


def _of_one_script(header: str, dictionary: Dictionary) -> Hint:
    key = squeeze(header)
    if not key:
        return NO_HINT
    if fields := dictionary.headers.get(key):
        return Hint(fields, EXACT)
    if fields := _composed(words_of(header), dictionary):
        return Hint(fields, COMPOSED)
    if fields := _near(key, dictionary):
        return Hint(fields, NEAR)
    return _of_the_inner_path(header, dictionary)


def _of_the_inner_path(header: str, dictionary: Dictionary) -> Hint:
    """What the end of a path says, where what stands before it only wraps it: "diamond.certificate.shape"."""
    outer, dot, inner = header.partition(".")
    if not dot or not inner or not set(words_of(outer)) <= _WRAPPERS:
        return NO_HINT
    hint = hint_of(inner, dictionary)
    if set(hint.fields) & _NAMES_OF_OTHERS and words_of(inner)[-1:] != ["sku"]:
        return NO_HINT
    return hint


def _of_two_scripts(header: str, dictionary: Dictionary) -> Hint:
    """What a header in two scripts says ("Weight 重量"): both halves the same, or the half that speaks."""
    if not _LATIN.search(header) or not _OTHER_SCRIPT.search(header):
        return NO_HINT
    halves = _OTHER_SCRIPT.sub(" ", header), _LATIN.sub(" ", header)
    said = [hint for half in halves if (hint := _of_one_script(half, dictionary)).fields]
    if len(said) == 2 and (shared := tuple(field for field in said[0].fields if field in said[1].fields)):
        return Hint(shared, COMPOSED)
    return Hint(said[0].fields, COMPOSED) if len(said) == 1 else NO_HINT


def is_known(header: str, dictionary: Dictionary) -> bool:
    """Whether a text would be recognised as the header of some column."""
    return bool(hint_of(header, dictionary).fields)


def _composed(words: list[str], dictionary: Dictionary) -> tuple[str, ...]:
    """The fields whose rule has exactly the concepts of these words; words that say nothing are passed
    over.
    """
    parts = _split(words, dictionary)
    spoken = [word for word in parts if word not in dictionary.silent and word not in _ASKING]
    choices = [_concepts(word, dictionary) for word in spoken]
    if not choices or not all(choices) or prod(map(len, choices)) > _MOST_READINGS:
        return ()
    found: dict[str, None] = {}
    for concepts in product(*choices):
        found.update(dict.fromkeys(dictionary.rules.get(frozenset(concepts), ())))
    if not _ASKING.isdisjoint(parts):
        return tuple(field for field in found if field in YES_OR_NO)
    return tuple(found)


def _concepts(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    if concepts := dictionary.tokens.get(word):
        return concepts
    if len(word) < _LEAST_FOR_NEARNESS:
        return ()
    near = {
        dictionary.tokens[token]
        for token in dictionary.tokens
        if len(token) >= _LEAST_FOR_NEARNESS - 1 and _nearly(word, token)
    }
    return near.pop() if len(near) == 1 else ()


def _split(words: list[str], dictionary: Dictionary) -> list[str]:
    """Words run together ("vendorstocknumber") taken apart where they consist of known words and nothing
    else.
    """
    return [part for word in words for part in _parts(word, dictionary)]


def _parts(word: str, dictionary: Dictionary) -> list[str]:
    if word in dictionary.tokens or word in dictionary.silent or len(word) < 5:
        return [word]
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, piece = best[start], word[start:end]
            if before is None or not _may_stand_inside(piece, dictionary):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, piece]
    return best[-1] or [word]


def _may_stand_inside(piece: str, dictionary: Dictionary) -> bool:
    return (len(piece) >= 3 or piece in {"no", "id", "ct", "mm"}) and piece in dictionary.tokens


def _near(key: str, dictionary: Dictionary) -> tuple[str, ...]:
    if len(key) < _LEAST_FOR_NEARNESS:
        return ()
    near = {
        dictionary.headers[spelling]
        for spelling in dictionary.long_headers
        if _nearly(key, spelling) and _digits(key) == _digits(spelling)
    }
    return near.pop() if len(near) == 1 else ()


def _nearly(left: str, right: str) -> bool:
    # A slip of the pen rarely hits the first letter: "Gender" is no "Vendor".
    return left[0] == right[0] and within_one(left, right)


def _digits(key: str) -> str:
    # "Stone2Shape" is another stone's shape, not a misspelt "StoneShape".
    return "".join(filter(str.isdigit, key))
