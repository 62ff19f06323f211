"""The market's orders."""

from bourse.market.actions.asks import Changed, change_ask, withdraw_listing
from bourse.market.actions.bulk import Confirmed, Done, change_planned, keep_alive, undo_delist
from bourse.market.actions.confirm import Accepted, accept_upload
from bourse.market.actions.expiry import end_unconfirmed
from bourse.market.actions.feed_runs import FINISH_FEED, finish_feed_upload, run_feed, start_due_feeds
from bourse.market.actions.feeds import (
    RUN_FEED,
    add_feed,
    change_feed,
    pause_feed,
    remove_feed,
    resume_feed,
    run_feed_now,
)
from bourse.market.actions.layouts import change_layout, forget_layout
from bourse.market.actions.links import check_links
from bourse.market.actions.media import MediaAdded, MediaSent, add_film, add_media, remove_media
from bourse.market.actions.reading import read_upload
from bourse.market.actions.restores import start_restore
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
    "FINISH_FEED",
    "READ_UPLOAD",
    "RUN_FEED",
    "Accepted",
    "Changed",
    "Confirmed",
    "Done",
    "MediaAdded",
    "MediaSent",
    "abandon_upload",
    "accept_upload",
    "add_feed",
    "add_film",
    "add_media",
    "answer_questions",
    "change_ask",
    "change_feed",
    "change_layout",
    "change_planned",
    "check_links",
    "correct_rows",
    "end_unconfirmed",
    "finish_feed_upload",
    "forget_layout",
    "keep_alive",
    "pause_feed",
    "read_upload",
    "remove_feed",
    "remove_media",
    "resume_feed",
    "run_feed",
    "run_feed_now",
    "set_showing",
    "stage_reading",
    "start_due_feeds",
    "start_restore",
    "start_upload",
    "undo_delist",
    "withdraw_listing",
]
