"""Files as they come from dealers and from those who mean harm, each with the answer that it must get."""

from dialects.corpus.cases import Case, Opened
from dialects.corpus.delimited import DELIMITED
from dialects.corpus.encoded import ENCODED
from dialects.corpus.foreign import FOREIGN
from dialects.corpus.hostile import HOSTILE
from dialects.corpus.nested import NESTED
from dialects.corpus.spreadsheets import SPREADSHEETS

CORPUS = [*ENCODED, *DELIMITED, *SPREADSHEETS, *NESTED, *FOREIGN]

__all__ = ["CORPUS", "HOSTILE", "Case", "Opened"]
