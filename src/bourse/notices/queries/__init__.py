"""Questions about notices."""

from bourse.notices.queries.inbox import Box, InboxFilter, InboxPage, NoticeView, inbox, unread
from bourse.notices.queries.preferences import (
    PreferencesView,
    choices_for,
    choices_of,
    hours_of,
    preferences,
)

__all__ = [
    "Box",
    "InboxFilter",
    "InboxPage",
    "NoticeView",
    "PreferencesView",
    "choices_for",
    "choices_of",
    "hours_of",
    "inbox",
    "preferences",
    "unread",
]
