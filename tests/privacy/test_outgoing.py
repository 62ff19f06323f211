"""What is private is in no mail and no event of a webhook that goes to anybody who may not see it."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bourse.kit import outbox
from bourse.kit.post import Answered
from bourse.market.facts import FeedFailed, FeedHeld, ListingsExpired
from bourse.market.models import Feed, Upload
from bourse.members.actions.suspension import reinstate_company, suspend_company
from bourse.members.actions.vetting import ask_applicant, decline_application
from bourse.members.actor import Actor
from bourse.members.models import Application, Company, Person
from bourse.notices.actions import add_webhook, delivering
from bourse.notices.catalogue import EVENTS
from bourse.notices.models import Mail, Preference, Webhook, WebhookEvent
from bourse.notices.topics import ALWAYS, Mailing, Topic
from bourse.wiring import LISTENERS
from cast import NOON, Cast
from notices.mailbox import Mailbox, running
from privacy.canaries import CANARIES, World, build
from privacy.scanning import found_in

pytestmark = pytest.mark.django_db
INVITED = {"who is invited", "where an invitation goes", "person's name"}


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """The house's mail server."""
    box = Mailbox()
    with running(box) as address:
        settings.SMTP, settings.URL = f"smtp://{address}", "https://bourse.example"
        yield box


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[bytes]]:
    """What webhooks were sent, by their address."""
    came: dict[str, list[bytes]] = defaultdict(list)

    def post(address: str, *, content: bytes, headers: dict[str, str], **_: Any) -> Answered:
        came[address].append(json.dumps(dict(headers)).encode() + content)
        return Answered(200)

    monkeypatch.setattr(delivering, "post", post)
    return came


@pytest.fixture
def gone_out(
    cast: Cast, mailbox: Mailbox, posted: dict[str, list[bytes]], run_jobs: Callable[[], int]
) -> World:
    """Everything that happened in the world of the canaries told to everybody who asks for all of it."""
    world = build(cast)
    for who, actor in world.people.items():
        if actor is not None:
            _wants_all(who, actor)
    _more_happens(cast)
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    run_jobs()
    assert not Mail.objects.filter(state="waiting").exists()
    return world


def _wants_all(who: str, actor: Actor) -> None:
    """Every topic at once by mail; every event, where the person may set up a webhook."""
    for topic in set(Topic) - ALWAYS:
        Preference.objects.create(person_id=actor.person_id, topic=topic, in_app=True, mail=Mailing.AT_ONCE)
    if who in ("member", "owner", "quill"):
        add_webhook(actor=actor, address=f"https://hooks.example/{who}", events=list(EVENTS), now=NOON)


def _more_happens(cast: Cast) -> None:
    """What the world left out: an applicant asked and declined, a stop of both companies, what fails."""
    found = Application.objects.get()
    said: dict[str, Any] = {"actor": cast.omar, "application_id": found.public_id, "now": NOON}
    ask_applicant(**said, version=found.version, text="Who owns it?")
    declined: dict[str, Any] = {"reason": "CNRYvetting", "sentence": "Not now."}
    decline_application(**said, version=found.version + 1, **declined)
    for name in ("Asha Gems", "CNRYquill Gems", "Ben & Bea"):
        company_id = Company.objects.get(name=name).public_id
        suspend_company(actor=cast.omar, company_id=company_id, because="It did not answer.", now=NOON)
        reinstate_company(actor=cast.omar, company_id=company_id, now=NOON)
    feed, upload = Feed.objects.get(), Upload.objects.exclude(held_because="").get()
    Feed.objects.update(failures=3, is_paused=True)
    Upload.objects.filter(pk=upload.pk).update(feed=feed)
    outbox.announce(FeedFailed(feed_id=feed.pk, company_id=feed.company_id, run=NOON.isoformat()), now=NOON)
    outbox.announce(FeedHeld(upload_id=upload.pk, feed_id=feed.pk, company_id=feed.company_id), now=NOON)
    outbox.announce(ListingsExpired(company_id=feed.company_id, count=1, at=NOON), now=NOON)


def names_in(content: bytes) -> set[str]:
    return {canary.name for canary in found_in(content, CANARIES)}


def may_see(who: str) -> set[str]:
    return {canary.name for canary in CANARIES if who in canary.entitled}


def test_neither_mail_nor_event_holds_what_its_reader_may_not_see(
    gone_out: World, mailbox: Mailbox, posted: dict[str, list[bytes]]
) -> None:
    _read_the_mails(gone_out, mailbox)
    _read_the_events(gone_out, posted)


def _read_the_mails(gone_out: World, mailbox: Mailbox) -> None:
    addresses = {
        Person.objects.get(pk=actor.person_id).email: may_see(who)
        for who, actor in gone_out.people.items()
        if actor is not None
    }
    addresses |= {
        "tara@bourse.example": may_see("viewer"),
        "cnryinvited@bourse.example": INVITED,
        Application.objects.get().email: may_see("applicant"),
    }
    came: dict[str, set[str]] = defaultdict(set)
    for mail in mailbox.mails:
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        heads = "\n".join(f"{name}: {value}" for name, value in mail.items())
        came[str(mail["To"])] |= names_in("\n".join([heads, *parts]).encode())
    leaks = {to: names - addresses.get(to, set()) for to, names in came.items()}
    assert {to: names for to, names in leaks.items() if names} == {}
    assert came.keys() >= addresses.keys() - {"vera@bourse.example"}
    assert {"notice, subject", "notice, body"} <= came["cnrymail@asha.example"]


def _read_the_events(gone_out: World, posted: dict[str, list[bytes]]) -> None:
    leaks = {
        address: names_in(b"\n".join(bodies)) - may_see(address.rpartition("/")[2])
        for address, bodies in posted.items()
        if address.rpartition("/")[2] in gone_out.people
    }
    assert leaks == {f"https://hooks.example/{who}": set() for who in ("member", "owner", "quill")}
    assert WebhookEvent.objects.values("name").distinct().count() >= 7
    assert Webhook.objects.filter(failures__gt=0).count() == 0
