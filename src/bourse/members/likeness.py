"""How alike two names are, from 0 to 1, and which names of a long list are like one of ours. Pure.

Two words are compared by the measure of Jaro (Journal of the American Statistical Association 84, 1989)
with the bonus of Winkler (Proceedings of the Section on Survey Research Methods, 1990) for a common
beginning of up to four letters: j + 0.1 · l · (1 − j). Words that are neither one slip apart nor of the
same consonants are two words, whatever it says. Names are sets of words, whose order does not matter: each
word goes with the likest of the other name, and the share of the weight so paired is the likeness (Dice's
coefficient over words; a word that says only what trade a firm is in weighs a third). A name of two telling
words or more that stands whole inside a longer one is alike by 0.92 of how alike its words are. Names of
the same consonants that differ in where their words end are compared by Dice's coefficient over the three-
letter pieces of all their letters.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

THRESHOLD = 0.85
_PAIRED = 0.85  # words less alike than this are two words
_CONTAINED = 0.92
_COMMON_WEIGHT = 1 / 3

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SILENT = re.compile(r"[.'’`´]")
_ALIKE = str.maketrans("cqzwpj", "kksvbg")
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
_BREAKS = re.compile(r"[^\w]+|_+")
_FORMS = """
ab ad ag as asa aps bhd bv bvba cc co company cooperative corp corporation cv cvba dmcc doo dwc eeig
eirl est establishment esv etablissement eurl fz fzc fzco fze fzllc gbr gesmbh gie gmbh gp hb inc
incorporated kft kg kk kommanditgesellschaft lda limitada limited llc llp lp ltd ltda ltee maatschappij
mbh nv oao ohg ojsc ood ooo oy oyj pao pjsc jsc plc private proprietary pte pty pvt sa sab sae sal sarl
sas sasu sc sca scs sdn se sl slu snc soc sociedad societe societa spa sprl spzoo srl sro unltd ug
unlimited vof zao zrt
"""
_BETWEEN = """
a al and aux da das de del della der des di do dos du e el et la le les los of the und van von y zu
"""
_OF_THE_TRADE = """
association brothers bros centre center commerce commercial diamond diamonds diam diamant diamants
enterprise enterprises export exports exporters gem gems gemstones general global gold group holding
holdings house import imports importers industries industry international intl jewel jewellers jewellery
jewelers jewelry jewels manufacturing merchants mining partners polished precious resources rough sons
stones trade traders trading ventures world worldwide
"""
LEGAL_FORMS = frozenset(_FORMS.split())
TRADE_WORDS = frozenset(_OF_THE_TRADE.split())
_JOINING = frozenset(_BETWEEN.split())


class Spelt(NamedTuple):
    """A name as it is compared: its telling words, and all its letters run together."""

    words: tuple[str, ...]
    letters: str


def spelt(name: str) -> Spelt:
    """The name's words without those that join others, and its letters with them; legal forms in neither."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold().translate(_LETTERS)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _initials_joined([word for word in _BREAKS.split(_SILENT.sub("", bare)) if word])
    named = [word for word in words if word not in LEGAL_FORMS] or words
    telling = [word for word in named if word not in _JOINING] or named
    return Spelt(tuple(telling), "".join(named))


def words_of(name: str) -> tuple[str, ...]:
    """The words by which a name is compared: plain small letters, without accents, points or legal forms.

    A name that has nothing else keeps them.
    """
    return spelt(name).words


def _initials_joined(words: Sequence[str]) -> list[str]:
    """Letters that stand alone are one word, as in L. L. C. and A.B.C. Trading."""
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        joined += [piece for piece in (run, word) if piece]
        run = ""
    return joined


def jaro(one: str, other: str) -> float:
    """Jaro's likeness of two words: how many letters agree near their places, and how many changed order."""
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    agreed = []
    for place, letter in enumerate(one):
        for there in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[there] and other[there] == letter:
                taken[there] = True
                agreed.append(letter)
                break
    if not agreed:
        return 0.0
    facing = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    moved = sum(a != b for a, b in zip(agreed, facing, strict=True)) // 2
    found = len(agreed)
    return (found / len(one) + found / len(other) + (found - moved) / found) / 3


def jaro_winkler(one: str, other: str) -> float:
    """Jaro's likeness, nearer to 1 for words that begin alike."""
    likeness = jaro(one, other)
    common = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    begins = min(4, len(one), len(other)) if common is None else min(4, common)
    return likeness + 0.1 * begins * (1 - likeness)


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, to three places."""
    return _alike(spelt(one), spelt(other))


def _alike(one: Spelt, other: Spelt) -> float:
    ours, theirs = one.words, other.words
    if not ours or not theirs:
        return 0.0
    pairs = list(_paired(ours, theirs))
    weight, other_weight = sum(map(_weight, ours)), sum(map(_weight, theirs))
    shared = sum(alike * (_weight(a) + _weight(b)) for alike, a, b in pairs) / (weight + other_weight)
    return round(max(shared, _contained(pairs, ours, theirs), _run_together(one.letters, other.letters)), 3)


def _weight(word: str) -> float:
    return _COMMON_WEIGHT if word in TRADE_WORDS else 1.0


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """Each word with the likest that is still free, the likest pairs first."""
    every = sorted(
        (
            (_word_likeness(a, b), here, there)
            for here, a in enumerate(ours)
            for there, b in enumerate(theirs)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    used, used_there = set[int](), set[int]()
    for alike, here, there in every:
        if alike >= _PAIRED and here not in used and there not in used_there:
            used.add(here)
            used_there.add(there)
            yield alike, ours[here], theirs[there]


@lru_cache(maxsize=200_000)
def _word_likeness(one: str, other: str) -> float:
    """The measure for words that may be one; long words that only begin alike are two, whatever it says."""
    return 0.0 if _nearby(one).isdisjoint(_nearby(other)) else jaro_winkler(one, other)


def _contained(pairs: Sequence[tuple[float, str, str]], ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The shorter name inside the longer, where it has two words that tell something."""
    shorter = min(ours, theirs, key=lambda words: (len(words), "".join(words)))
    telling = [word for word in shorter if word not in TRADE_WORDS]
    if len(pairs) < len(shorter) or len(telling) < 2:
        return 0.0
    return _CONTAINED * sum(alike for alike, _, _ in pairs) / len(pairs)


def _run_together(ours: str, theirs: str) -> float:
    if _sounds(ours) != _sounds(theirs):
        return 0.0
    one, other = _pieces(ours), _pieces(theirs)
    both = sum((one & other).values())
    return 2 * both / (one.total() + other.total())


def _pieces(letters: str) -> Counter[str]:
    edged = f"  {letters} "
    return Counter(edged[place : place + 3] for place in range(len(edged) - 2))


class Match(msgspec.Struct, frozen=True):
    """That one of ours is like an entry of a list: the entry's key, its name that is likest, and how much."""

    key: int
    listed_name: str
    score: float


class Listed:
    """The names of a list, so kept that those like one of ours are found without comparing all."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._names = [(key, name, spelt(name)) for key, name in names]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        self._with_letters: dict[str, list[int]] = defaultdict(list)
        for place, (_, _, name) in enumerate(self._names):
            self._with_letters[_sounds(name.letters)].append(place)
            for word in set(name.words):
                self._with_word[word].append(place)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in self._with_word:
            for key in _nearby(word):
                self._near[key].append(word)

    def __len__(self) -> int:
        return len(self._names)

    def like(self, name: str, threshold: float = THRESHOLD) -> list[Match]:
        """The entries whose likest name reaches the threshold, the likest first; each entry once."""
        ours = spelt(name)
        best: dict[int, Match] = {}
        for place in sorted(self._candidates(ours)):
            key, listed_name, theirs = self._names[place]
            score = _alike(ours, theirs)
            if score >= threshold and (key not in best or score > best[key].score):
                best[key] = Match(key, listed_name, score)
        return sorted(best.values(), key=lambda match: (-match.score, match.key))

    def _candidates(self, ours: Spelt) -> set[int]:
        """The names with a word near to a telling word of ours, or with the same sound run together."""
        telling = [word for word in ours.words if word not in TRADE_WORDS] or ours.words
        beside = {other for word in telling for key in _nearby(word) for other in self._near.get(key, ())}
        near = {other for other in beside if any(_word_likeness(word, other) >= _PAIRED for word in telling)}
        found = {place for word in near for place in self._with_word[word]}
        return found.union(self._with_letters.get(_sounds(ours.letters), ()))


@lru_cache(maxsize=100_000)
def _nearby(word: str) -> frozenset[str]:
    """Keys that a word shares with those one slip away, or written from the same sound."""
    keys = {word, f"={_sounds(word)}", *(word[:place] + word[place + 1 :] for place in range(len(word)))}
    return frozenset(keys)


def _sounds(word: str) -> str:
    """The word's consonants, those of one sound as one: Mohammed and Muhammad are both mhmd."""
    told = _VOWELS.sub("", word.translate(_ALIKE)) or word
    return _TWICE.sub(r"\1", told)
