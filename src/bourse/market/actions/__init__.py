"""The market's orders."""

from bourse.market.actions.asks import Changed, change_ask, withdraw_listing
from bourse.market.actions.confirm import Accepted, accept_upload
from bourse.market.actions.reading import read_upload
from bourse.market.actions.showing import set_showing
from bourse.market.actions.uploads import (
    READ_UPLOAD,
    abandon_upload,
    answer_questions,
    correct_rows,
    stage_reading,
    start_upload,
)

__all__ = [
    "READ_UPLOAD",
    "Accepted",
    "Changed",
    "abandon_upload",
    "accept_upload",
    "answer_questions",
    "change_ask",
    "correct_rows",
    "read_upload",
    "set_showing",
    "stage_reading",
    "start_upload",
    "withdraw_listing",
]
