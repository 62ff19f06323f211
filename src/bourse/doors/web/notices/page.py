"""The inbox in finished strings."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web import figures, sentences
from bourse.doors.web.notices.names import BOXES, EMPTY, REASONS, TOPICS
from bourse.notices.actions import Act
from bourse.notices.queries import Box, InboxFilter, InboxPage, NoticeView


def shown(found: InboxPage, wanted: InboxFilter, after: str, now: datetime) -> dict[str, object]:
    """The whole page."""
    position = gettext("%(some)s of %(all)s shown, the newest first") % {
        "some": figures.count(len(found.notices)),
        "all": figures.count(found.total),
    }
    head, teaching = EMPTY[wanted.box]
    is_filtered = wanted.topic is not None or wanted.why is not None
    return {
        "tabs": [_tab(box, found, wanted) for box in Box],
        "rows": [_row(notice, now) for notice in found.notices],
        "topics": [
            _choice(topic, TOPICS[topic], count, wanted.topic) for topic, count in found.topics.items()
        ],
        "reasons": [_choice(why, REASONS[why], count, wanted.why) for why, count in found.reasons.items()],
        "box": wanted.box.value,
        "topic": wanted.topic.value if wanted.topic else "",
        "why": wanted.why.value if wanted.why else "",
        "until": figures.machine(now),
        "acts": _acts(wanted.box),
        "position": position,
        "all_of_them": gettext("All %(count)s that fit") % {"count": figures.count(found.total)}
        if found.total > len(found.notices)
        else "",
        "is_filtered": is_filtered,
        "nothing": gettext("Nothing here fits these filters.") if is_filtered else head,
        "teaching": "" if is_filtered else teaching,
        "plain_address": address(InboxFilter(box=wanted.box)),
        "first_address": address(wanted) if after else "",
        "next_address": address(wanted, found.after) if found.after else "",
        "more_keys": _keys(),
    }


def address(wanted: InboxFilter, after: str | None = None) -> str:
    """Where this part of the inbox is."""
    asked = {
        "box": "" if wanted.box is Box.OPEN else wanted.box.value,
        "topic": wanted.topic.value if wanted.topic else "",
        "why": wanted.why.value if wanted.why else "",
        "after": after or "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("notices") + (f"?{query}" if query else "")


def _keys() -> list[tuple[str, str]]:
    """What the page adds to the map of keys."""
    return [
        ("x", gettext("Choose the row")),
        ("a", gettext("Choose all of the page, then all that fit, then none")),
        ("e", gettext("Done")),
        ("u", gettext("Unread, and open again")),
        ("s", gettext("Save, or let go")),
    ]


def _acts(box: Box) -> list[tuple[str, str, str]]:
    """The buttons: the act, its key, its words; the first is the one that the box is there for."""
    done = (Act.DONE.value, "e", gettext("Done"))
    unread = (Act.UNREAD.value, "u", gettext("Open again") if box is Box.DONE else gettext("Unread"))
    save = (
        (Act.UNSAVE.value, "s", gettext("Let go"))
        if box is Box.SAVED
        else (Act.SAVE.value, "s", gettext("Save"))
    )
    read = (Act.READ.value, "r", gettext("Read"))
    return [unread, save] if box is Box.DONE else [done, save, read, unread]


def _tab(box: Box, found: InboxPage, wanted: InboxFilter) -> dict[str, object]:
    return {
        "text": BOXES[box],
        "count": figures.count(found.boxes[box]),
        "address": address(InboxFilter(box=box)),
        "is_current": box is wanted.box,
    }


def _choice(value: str, text: object, count: int, chosen: str | None) -> dict[str, object]:
    return {"value": value, "text": f"{text} ({figures.count(count)})", "is_chosen": value == chosen}


def _row(notice: NoticeView, now: datetime) -> dict[str, object]:
    subject = sentences.said(notice.subject)
    return {
        "public_id": notice.public_id,
        "subject": subject,
        "body": sentences.said(notice.body),
        "link": notice.link,
        "topic": TOPICS[notice.topic],
        "why": REASONS[notice.why],
        "why_label": gettext("Why you get this: %(why)s. Change what you are told of this.")
        % {"why": REASONS[notice.why]},
        "setting": f"{reverse('notice_choices')}#{notice.topic.value}",
        "company": notice.company,
        "age": figures.age(notice.at, now),
        "at": figures.minute(notice.at),
        "machine": figures.machine(notice.at),
        "choose": gettext("Choose: %(subject)s") % {"subject": subject},
        "is_unread": notice.is_unread,
        "is_saved": notice.is_saved,
    }
