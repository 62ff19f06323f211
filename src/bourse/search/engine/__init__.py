"""The engine: rows in columns; questions of criteria; answers of totals, facets and pages.

Pure: numpy and no framework.

    Store(path, generation).add(payloads)  what pages show, written once a row
    write(path, columns)                   the whole catalogue into one file, put in place by a rename
    Engine.open(path).search(question)     → Answer(total, slots, facets, spans)

A row's place in the file is its slot. Rows keep the order in which they were given, and that order breaks
every tie.
"""

from bourse.search.engine.columns import (
    MISSING,
    NO_CODE,
    Coded,
    Columns,
    Keys,
    Number,
    Payloads,
    Several,
    Tagged,
)
from bourse.search.engine.files import NotACatalogue, write
from bourse.search.engine.payloads import Store, forget_others
from bourse.search.engine.question import AllOf, Criterion, OneOf, Order, Question, Within, WithKey, WithTag
from bourse.search.engine.search import Answer, Engine

__all__ = [
    "MISSING",
    "NO_CODE",
    "AllOf",
    "Answer",
    "Coded",
    "Columns",
    "Criterion",
    "Engine",
    "Keys",
    "NotACatalogue",
    "Number",
    "OneOf",
    "Order",
    "Payloads",
    "Question",
    "Several",
    "Store",
    "Tagged",
    "WithKey",
    "WithTag",
    "Within",
    "forget_others",
    "write",
]
