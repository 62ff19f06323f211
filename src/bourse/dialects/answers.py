"""What a supplier says himself of a file: which sheets and header rows, which field a column holds, what his
words mean. It always stands before what the reader makes of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bourse.dialects.cells import Odd
from bourse.dialects.dictionary import Dictionary, fold
from bourse.dialects.fields import FIELDS, Kind, reader_for
from bourse.dialects.grades import Words
from bourse.dialects.reading import Correction
from bourse.dialects.spelling import squeeze
from bourse.dialects.tables.encodings import ENCODINGS
from bourse.kit.refusal import Refusal

NOTHING = "nothing"
READ, LEAVE = "read", "leave"
_SHOWN = 60


class AnswerNotUsable(Refusal):
    """An answer that means nothing for this file."""


class FieldNotKnown(AnswerNotUsable):
    """A column is mapped to a field that there is not."""


class WordNotKnown(AnswerNotUsable):
    """A spelling is given a word that its scale does not have."""


class SheetNotThere(AnswerNotUsable):
    """A sheet is to be read that holds nothing to read, or every sheet is to be left out."""


class HeaderRowNotThere(AnswerNotUsable):
    """A header row that the sheet does not have."""


class EncodingNotKnown(AnswerNotUsable):
    """An encoding that no text is read in."""


class CorrectionNotThere(AnswerNotUsable):
    """A correction of a row that the file does not have."""


@dataclass(frozen=True)
class Own:
    """The supplier's own word on one file; `columns` holds None where a column is to mean nothing."""

    columns: dict[str, str | None] = field(default_factory=dict)
    words: dict[str, dict[str, Words]] = field(default_factory=dict)
    sheets: dict[str, bool] = field(default_factory=dict)
    header_rows: dict[str, int] = field(default_factory=dict)
    encoding: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def moves_tables(self) -> bool:
        """Whether it changes where tables stand or what stands in them, and not only what that means."""
        return bool(self.sheets or self.header_rows or self.encoding or self.corrections)

    @property
    def says_anything(self) -> bool:
        """Whether it differs from silence."""
        return bool(self.columns or self.words or self.moves_tables)


def own_of(answers: Mapping[str, str], corrections: Sequence[Correction], dictionary: Dictionary) -> Own:
    """The answers that no question asked for, each checked: what means nothing is refused by name."""
    own = Own(corrections=tuple(corrections), encoding=_encoding(answers.get("encoding", "")))
    words: dict[str, dict[str, Words]] = defaultdict(dict)
    for key, answer in answers.items():
        kind, _, rest = key.partition(":")
        if kind == "column":
            own.columns[rest] = _field(rest, answer)
        elif kind == "value":
            name, _, text = rest.partition(":")
            words[name][fold(text)] = _word(name, text, answer, dictionary)
        elif kind == "sheet":
            own.sheets[rest] = _is_read(rest, answer)
        elif kind == "header":
            own.header_rows[rest] = _number(rest, answer)
    own.words.update(words)
    return own


def _encoding(name: str) -> str:
    if not name or name in ENCODINGS:
        return name
    raise EncodingNotKnown(
        f"“{name[:_SHOWN]}” is no encoding that we read; expected one of {', '.join(ENCODINGS)}. "
        "Choose one of them."
    )


def _field(key: str, answer: str) -> str | None:
    if answer == NOTHING:
        return None
    if answer in FIELDS:
        return answer
    raise FieldNotKnown(
        f"Column “{key[:_SHOWN]}” is mapped to “{answer[:_SHOWN]}”, which is no field; "
        "expected one of the fields that the exchange reads, or nothing. Choose one of them."
    )


def _word(name: str, text: str, answer: str, dictionary: Dictionary) -> Words:
    """What a cell of the field fills when it says this word."""
    known = FIELDS.get(name)
    if known is None or known.kind not in (Kind.WORDS, Kind.FLAG):
        raise FieldNotKnown(
            f"“{name[:_SHOWN]}” is no field of words; expected one such as shape or polish. "
            "Choose one of them."
        )
    if answer == NOTHING:
        return ()
    said = reader_for(known, "")(answer, dictionary)
    if said is None or isinstance(said, Odd) or not any(word is not None for word in said):
        raise WordNotKnown(
            f"“{text[:_SHOWN]}” is to mean “{answer[:_SHOWN]}”; expected {known.expected}, or nothing. "
            "Choose a word of the scale."
        )
    return said


def _is_read(name: str, answer: str) -> bool:
    if answer in (READ, LEAVE):
        return answer == READ
    raise AnswerNotUsable(
        f"Sheet “{name[:_SHOWN]}” is to be “{answer[:_SHOWN]}”; expected read or leave. "
        "Choose one of the two."
    )


def _number(name: str, answer: str) -> int:
    if answer.isascii() and answer.isdecimal() and len(answer) < 10:
        return int(answer)
    raise HeaderRowNotThere(
        f"“{answer[:_SHOWN]}” is no row{_of(name)}; expected the number of the row that names the columns. "
        "Type that number."
    )


def header_index(sheet: str, numbers: Sequence[int], row: int, *, names_itself: bool) -> int:
    """The place of the row with this number among a sheet's rows."""
    if names_itself:
        raise HeaderRowNotThere(
            f"Row {row} is to name the columns, but this file names its columns itself; "
            "expected no header row. Take that answer back."
        )
    try:
        return numbers.index(row)
    except ValueError:
        last = numbers[-1] if numbers else 0
        raise HeaderRowNotThere(
            f"Row {row}{_of(sheet)} is to name the columns, and nothing stands there; "
            f"expected a filled row up to {last}. Type the number of the row with the headers."
        ) from None


def _of(sheet: str) -> str:
    return f" of sheet “{sheet[:_SHOWN]}”" if sheet else ""


def keys_of(tables: Sequence[tuple[int, Sequence[str]]]) -> list[list[str]]:
    """The keys of the columns of each table, given by its sheet's number and its headers: the header without
    spaces and signs, numbered where it comes again; and where sheets of different headers share one, with
    the number of the sheet.
    """
    keys = [_within(headers) for _number, headers in tables]
    shared: dict[str, int] = defaultdict(int)
    for one in keys:
        for key in one:
            shared[key] += 1
    if len({tuple(one) for one in keys}) < 2:
        return keys
    return [
        [key if shared[key] == 1 else f"{key}@{number}" for key in one]
        for (number, _headers), one in zip(tables, keys, strict=True)
    ]


def _within(headers: Sequence[str]) -> list[str]:
    seen: dict[str, int] = defaultdict(int)
    keys = []
    for index, header in enumerate(headers):
        bare = squeeze(header) or f"column {index + 1}"
        seen[bare] += 1
        keys.append(bare if seen[bare] == 1 else f"{bare}#{seen[bare]}")
    return keys
