"""What is told of saved searches: one notice a person, however many of his searches found something."""

from datetime import datetime

from bourse.members.queries import recipients
from bourse.notices.actions import tell
from bourse.notices.queries import hours_of
from bourse.notices.rhythm import last_digest
from bourse.notices.topics import Reason, Topic
from bourse.search.actions import daily_news_told
from bourse.search.facts import StonesFound
from bourse.search.saved import DailyNews, daily_news

LINK = "/search/saved/"
MOST_NAMED = 10


def stones_found(fact: StonesFound, now: datetime) -> None:
    """Whoever wants to hear at once hears of all that one round of news brought for him."""
    _tell(fact.person_id, fact.stones, fact.searches, f"stones found {fact.at.isoformat()}", now)


def tell_daily(now: datetime) -> int:
    """Those whose hour has come hear of what their daily searches found since the last time; how many."""
    waiting = list(daily_news())
    known = recipients(news.person_id for news in waiting)
    hours = hours_of(known)
    due = [
        (news, moment)
        for news in waiting
        if (person := known.get(news.person_id))
        and (moment := last_digest(hours[news.person_id], person.time_zone, now)) >= news.since
    ]
    return sum(_tell_of_a_day(news, moment, now) for news, moment in due)


def _tell_of_a_day(news: DailyNews, moment: datetime, now: datetime) -> int:
    once = f"stones found daily {moment.isoformat()}"
    told = _tell(news.person_id, news.stones, news.searches, once, now)
    daily_news_told(person_id=news.person_id, now=now)
    return told


def _tell(person_id: int, stones: int, searches: list[str], once: str, now: datetime) -> int:
    head = "A stone" if stones == 1 else f"{stones:,} stones"
    of = searches[0] if len(searches) == 1 else f"{len(searches):,} saved searches"
    more = len(searches) - MOST_NAMED
    return tell(
        topic=Topic.SEARCHES,
        people=[person_id],
        once=once,
        subject=f"{head} for {of}",
        body=f"New or changed since you last looked, in: {', '.join(searches[:MOST_NAMED])}"
        + (f" and {more:,} more." if more > 0 else "."),
        link=LINK,
        why=Reason.OWN_SEARCH,
        now=now,
    )
