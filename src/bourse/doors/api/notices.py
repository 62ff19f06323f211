"""What one is told, by API: the inbox, its triage, how one wants to be told."""

from datetime import time
from typing import Annotated

import msgspec
from msgspec import Meta

from bourse.doors.api.operation import MemberRequest, operation
from bourse.doors.api.paging import After, Id
from bourse.kit import clock
from bourse.notices import actions, queries
from bourse.notices.actions import Act
from bourse.notices.queries import Box, InboxFilter, InboxPage, PreferencesView
from bourse.notices.queries.inbox import PlaceNotKnown
from bourse.notices.rhythm import Hours
from bourse.notices.topics import Choice, Reason, Topic

Hour = Annotated[int, Meta(ge=0, le=23)]
Weekday = Annotated[int, Meta(ge=0, le=6, description="0 is Monday.")]
Clock = Annotated[time, Meta(tz=False, description="A time of day in your own time zone.")]


class WantedNotices(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A part of the inbox."""

    box: Box = Box.OPEN
    topic: Topic | None = None
    why: Reason | None = None
    after: After | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class Triage(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What becomes of some notices; names that are not yours are left out without a word."""

    act: Act
    notices: Annotated[list[Id], Meta(min_length=1, max_length=1000)]


class Triaged(msgspec.Struct, frozen=True):
    """How many notices changed, and how many are unread now (1,000 stands for more)."""

    changed: int
    unread: int


class Choices(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """How you want to be told. Topics that are left out stay as they are; hours are set as a whole."""

    choices: dict[Topic, Choice] = {}
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    digest_hour: Hour = 7
    digest_weekday: Weekday | None = None


@operation(scope=None, refuses=(PlaceNotKnown,), while_suspended=True)
def inbox(request: MemberRequest, query: WantedNotices) -> InboxPage:
    """Your own notices, the newest first."""
    wanted = InboxFilter(box=query.box, topic=query.topic, why=query.why)
    return queries.inbox(request.actor, wanted, query.after, query.limit)


@operation(scope=None, refuses=(), while_suspended=True)
def triage(request: MemberRequest, body: Triage) -> Triaged:
    """Notices read, unread, done, saved or let go."""
    changed = actions.triage(actor=request.actor, act=body.act, notices=body.notices, now=clock.now())
    return Triaged(changed, queries.unread(request.actor.person_id))


@operation(scope=None, while_suspended=True)
def choices(request: MemberRequest) -> PreferencesView:
    """How you are told, topic by topic, and when."""
    return queries.preferences(request.actor)


@operation(
    scope=None,
    refuses=(actions.TopicKeepsItsWays, actions.QuietHoursNeedBothEnds),
    while_suspended=True,
)
def choose(request: MemberRequest, body: Choices) -> PreferencesView:
    """How you want to be told from now on."""
    hours = Hours(body.quiet_from, body.quiet_until, body.digest_hour, body.digest_weekday)
    return actions.choose(actor=request.actor, choices=body.choices, hours=hours, now=clock.now())
