"""Fields that every stone needs and no header names, found by cells that can be nothing else."""

import re

from bourse.dialects.dictionary import Dictionary
from bourse.dialects.likeness import (
    FILM,
    UNMISTAKABLE,
    are_codes,
    is_unmistakably,
    share_like,
    share_read,
)
from bourse.dialects.numeric import Meaning

BY_VALUES_ALONE = 0.7
_VALUES_ALONE = (
    "shape", "clarity", "color", "lab", "measurements", "certificate_no", "girdle", "fluorescence_intensity"
)  # fmt: skip
_WEB_ADDRESS = re.compile(r"^(?:https?:)?//")


def find_what_is_missing(meanings: list[Meaning], dictionary: Dictionary) -> None:
    """A field that every stone needs and no header names: taken from the one column whose cells can be
    nothing else.
    """
    held = {field for meaning in meanings for field in meaning.fields if meaning.raw.filled}
    unnamed = [meaning for meaning in meanings if not meaning.fields and meaning.raw.filled]
    for field in _VALUES_ALONE:
        if field in held or (field == "girdle" and held & {"girdle_min", "girdle_max"}):
            continue
        fitting = [
            meaning
            for meaning in unnamed
            if not meaning.fields and is_unmistakably(meaning.raw, field, dictionary)
        ]
        if len(fitting) == 1:
            fitting[0].settle(field, BY_VALUES_ALONE)
    _find_addresses([meaning for meaning in unnamed if not meaning.fields], held)
    if "stock_no" not in held:
        _find_stock_numbers([meaning for meaning in unnamed if not meaning.fields])


_KINDS_OF_ADDRESS = {
    "video_url": FILM,
    "certificate_url": re.compile(r"cert|report|gia\.edu|\.pdf$", re.IGNORECASE),
    "image_url": re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE),
}


def _find_addresses(unnamed: list[Meaning], held: set[str]) -> None:
    """Addresses whose own words say what they lead to, for the kinds that no header names."""
    for meaning in unnamed:
        if share_like(meaning.raw, _WEB_ADDRESS) < UNMISTAKABLE:
            continue
        kinds = [
            kind for kind, sign in _KINDS_OF_ADDRESS.items() if share_like(meaning.raw, sign) >= UNMISTAKABLE
        ]
        if kinds and kinds[0] not in held:
            meaning.settle(kinds[0], BY_VALUES_ALONE)


def _find_stock_numbers(unnamed: list[Meaning]) -> None:
    fitting = [meaning for meaning in unnamed if are_codes(meaning.raw)]
    if len(fitting) == 1:
        fitting[0].settle("stock_no", BY_VALUES_ALONE)


def find_makes(meanings: list[Meaning], dictionary: Dictionary) -> None:
    """Without headers: three columns of grades in a row are cut, polish and symmetry, two are the last
    two.
    """
    grades = [
        not meaning.fields
        and bool(meaning.raw.filled)
        and share_read(meaning.raw, "polish", dictionary) >= UNMISTAKABLE
        for meaning in meanings
    ]
    runs = [len(run) for run in "".join("x" if grade else " " for grade in grades).split()]
    if len(runs) != 1 or not 2 <= runs[0] <= 3:
        return
    first = grades.index(True)
    for step, name in enumerate(("cut_grade", "polish", "symmetry")[3 - runs[0] :]):
        meanings[first + step].settle(name, BY_VALUES_ALONE)
