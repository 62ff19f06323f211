"""What a supplier says himself of a file: which sheets and header rows, which field a column holds, what his
words mean. It always stands before what the reader makes of them.
"""

from bourse.kit.refusal import Refusal

NOTHING = "nothing"
READ, LEFT = "read", "leave"


class AnswerNotUsable(Refusal):
    """An answer that means nothing for this file."""


class FieldNotKnown(AnswerNotUsable):
    """A column is mapped to a field that there is not."""


class WordNotKnown(AnswerNotUsable):
    """A spelling is given a word that its scale does not have."""


class SheetNotThere(AnswerNotUsable):
    """An answer about a sheet that the file does not have, or that holds nothing to read."""


class HeaderRowNotThere(AnswerNotUsable):
    """A header row that the sheet does not have."""


class EncodingNotKnown(AnswerNotUsable):
    """An encoding that no text is read in."""


class CorrectionNotThere(AnswerNotUsable):
    """A correction of a row that the file does not have."""
