"""Things in every state that a page may meet, for tests that go through all pages."""

from collections.abc import Mapping

from bourse.kit import clock
from bourse.market import actions
from bourse.market.links import NOT_OURS
from bourse.market.models import Feed, LinkCheck, Media, Upload
from bourse.members.actions import screening, vetting
from bourse.members.actions.branches import add_branch
from bourse.members.actions.colleagues import invite
from bourse.members.actions.signing.codes import draw_recovery_codes
from bourse.members.actions.signing.passkeys import add_passkey
from bourse.members.actor import Role
from bourse.members.models import ApplicationDocument, Company, Person
from bourse.members.profile import Place
from bourse.notices.actions import add_webhook, emit, tell
from bourse.notices.models import Delivery, Webhook
from bourse.notices.topics import Reason, Topic
from bourse.search.actions import keep_view, save_search
from cast import Cast
from market.files import A1, A2, A3, like, listed, live, sent, sent_file
from members.applying import applied, loaded
from web.signing import SoftKey

ODD = (
    b"Stock,Shape,Carats,Tint,Clarity,Certificate,Amount,Remarks\n"
    b"Q-1,Round,1.01,G,VS1,7000000011,7070,lively\n"
    b"Q-2,Roundish,1.20,G,XX,7000000012,8070,lively\n"
    b"Q-3,Pear,2.02E+09,E,SI1,7000000013,1500,lively\n"
)
SPOILT = (like(A1, price="6868"), A3, like(A2, stock="A-9", clarity="VX9"), like(A2, stock="A-8", shape=""))
HOOK = "https://hooks.example/events"
WORDS = "Surat"
LISTED = "name,aliases,type,country,programme,id\nDorn Dora,Dora,person,IN,ABC,1\n"
FEED = "https://gems.example/stock.csv"


def states(cast: Cast) -> Mapping[str, list[str]]:
    """Things in every state that a page may meet."""
    listed(cast.asha, A1, A2)
    listed(cast.ben, like(A1, stock="M-1", colour="H"), like(A3, stock="M-3"))
    confirmed = sent(cast.asha, like(A1, price="6868"), A2)
    followed = [confirmed]
    followed += [sent(cast.asha, *SPOILT), sent_file(cast.asha, ODD), sent_file(cast.asha, b"%PDF-1.4")]
    given_up = sent(cast.asha, A1)
    actions.abandon_upload(actor=cast.asha, upload_id=given_up.public_id, now=clock.now())
    return {
        "listing_id": [live("A-1").public_id, live("A-2").public_id, "nothing"],
        "upload_id": [*(one.public_id for one in [*followed, given_up]), *in_between(cast)],
        "company_id": [Company.objects.get(pk=cast.asha.company_id).public_id],
        "key_id": ["nothing"],
        "view_id": [keep_view(actor=cast.asha, name=WORDS, query="shape=Pear", now=clock.now()).public_id],
        "search_id": [save_search(actor=cast.ben, name=WORDS, query="shape=Pear", now=clock.now()).public_id],
        "feed_id": [feed(cast)],
        "passkey_id": [passkey(cast), "nothing"],
        "sign_in_id": ["nothing"],
        "media_id": [media(cast), "nothing"],
        **told(cast),
        **applicants(cast),
        "secret": ["nothing"],
        **people_and_places(cast),
        "version": ["nothing"],
        "kind": ["txt"],
        "layout": ["nothing"],
        "rest": ["nothing"],
    }


def media(cast: Cast) -> str:
    """A picture of an own stone, a film, and links in every state."""
    found, film = live("A-1"), {"actor": cast.asha, "listing_id": live("A-1").public_id}
    actions.add_film(address=f"{HOOK}?7", now=clock.now(), **film)
    why = "hooks.example has no file at this address (status 404). Copy the address anew."
    seen = {"listing": found, "kind": "picture", "host": "x", "checked_at": clock.now()}
    in_state: dict[str, dict[str, object]] = {
        "found": {},
        "not_checked": {"why": NOT_OURS},
        "failing": {"why": why, "failures": 1, "failing_since": clock.now()},
        "dead": {"why": why, "failures": 3, "failing_since": clock.now()},
    }
    for number, (state, rest) in enumerate(in_state.items()):
        LinkCheck.objects.create(address=f"{HOOK}?{number}", state=state, **seen, **rest)
    stone = {"company_id": found.company_id, "stone_id": found.stone_id}
    kept = {"kind": "picture", "content": b"x", "thumbnail": b"x", "width": 90, "height": 90}
    return Media.objects.create(size_bytes=12_000, added_at=clock.now(), **stone, **kept).public_id


def passkey(cast: Cast) -> str:
    """A passkey of Asha's, and a recovery code."""
    given = {
        "credential_id": b"a key",
        "sign_count": 0,
        "credential": SoftKey(credential_id=b"a key").attested(),
    }
    key = add_passkey(actor=cast.asha, name="Laptop", now=clock.now(), **given)
    draw_recovery_codes(actor=cast.asha, now=clock.now())
    return key.public_id


def people_and_places(cast: Cast) -> dict[str, list[str]]:
    """A branch, an invitation that waits, a colleague."""
    place = Place("Antwerp office", "Hoveniersstraat 2", "Antwerp", country="BE")
    house = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    email, role = "nia@bourse.example", Role.TRADER
    invited = invite(actor=cast.asha, company_id=house, email=email, name="Nia", role=role, now=clock.now())
    return {
        "branch_id": [add_branch(actor=cast.asha, place=place, now=clock.now())],
        "invitation_id": [invited.public_id],
        "person_id": [Person.objects.get(pk=cast.tara.person_id).public_id],
    }


def in_between(cast: Cast) -> list[str]:
    """Uploads that wait for the worker, for a person, and for nobody any more; and a restore."""
    first = Upload.objects.filter(company_id=cast.asha.company_id, state="confirmed").earliest("pk")
    back = actions.start_restore(actor=cast.asha, upload_id=first.public_id, now=clock.now())
    held = sent(cast.asha, A1)
    because = "It takes 40 of your 80 listings down. Confirm it if that is meant, or give it up."
    Upload.objects.filter(public_id=held.public_id).update(kind="feed", held_because=because)
    waiting = sent(cast.asha, A1)
    stage = {"stage": "storing", "rows_done": 5, "rows_total": 90, "rows_per_s": 40, "stage_at": clock.now()}
    Upload.objects.filter(public_id=waiting.public_id).update(state="reading", **stage)
    return [first.public_id, back.public_id, held.public_id, waiting.public_id]


def applicants(cast: Cast) -> dict[str, list[str]]:
    """Applications in every state, with papers, a record and hits, one of them decided; a list in force."""
    listed = loaded(cast.omar, LISTED, now=clock.now())
    asked = [applied(company_name=f"Dora {word}")[1] for word in ("Asha", "Ben", "Carl", "Gems")]
    first, second, third, last = (one.public_id for one in asked)
    now, omar = clock.now(), cast.omar
    vetting.note_application(actor=omar, application_id=first, text=WORDS, now=now)
    vetting.ask_applicant(actor=omar, application_id=second, version=1, text=WORDS, now=now)
    vetting.decline_application(
        actor=omar, application_id=third, version=1, reason=WORDS, sentence=WORDS, now=now
    )
    hits = [one.hits.get().public_id for one in asked]
    screening.decide_hit(actor=omar, hit_id=hits[3], seen="", decision="another", why=WORDS, now=now)
    vetting.accept_application(
        actor=omar, application_id=last, version=1, name="", reason=WORDS, sentence="", now=now
    )
    documents = ApplicationDocument.objects.order_by("pk").values_list("public_id", flat=True)
    return {
        "application_id": [first, second, third, last, "nothing"],
        "document_id": list(documents)[:1],
        "hit_id": [hits[0], hits[3]],
        "list_id": [listed.public_id],
    }


def told(cast: Cast) -> dict[str, list[str]]:
    """Notices of each topic, a webhook that is disabled and one with an event that failed."""
    for topic in Topic:
        tell(
            topic=topic,
            people=[cast.asha.person_id],
            once=topic.value,
            subject="Your feed Gems failed",
            body="Its server's name is not one that everybody reads alike.",
            link="/listings/",
            why=Reason.TRADER,
            now=clock.now(),
            company_id=cast.asha.company_id,
        )
    hooks = [
        add_webhook(actor=cast.asha, address=HOOK, events=["upload.held"], now=clock.now()).webhook.public_id
        for _ in range(2)
    ]
    emit(company_id=cast.asha.company_id or 0, event="upload.held", data={}, once="x", now=clock.now())
    tries = [{"at": clock.now().isoformat(), "status": 0, "why": "Status 500", "took_ms": 1}]
    Delivery.objects.update(state="given up", tries=tries)
    gone = "Its server answered 410: it is gone for good."
    Webhook.objects.filter(public_id=hooks[1]).update(disabled_at=clock.now(), disabled_because=gone)
    sent = Delivery.objects.filter(webhook__public_id=hooks[0]).values_list("public_id", flat=True)
    return {"webhook_id": hooks, "delivery_id": list(sent)}


def feed(cast: Cast) -> str:
    """A feed that failed."""
    found = Feed.objects.create(
        company_id=cast.asha.company_id,
        person_id=cast.asha.person_id,
        name="Gems",
        kind="url",
        address=FEED,
        mode="add_and_update",
        every_minutes=60,
        next_at=clock.now(),
        last_at=clock.now(),
        last_error="Your company's folder is watched already. Change that feed.",
        failures=2,
        created_at=clock.now(),
    )
    return found.public_id
