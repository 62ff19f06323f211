"""A market in which every private field holds a value that is found nowhere else.

Asha's company is named, hides both asks of one stone, and has all that a company has. Quill's company hides
its name. Both offer the same stone and differ about it. Each canary says who may see it; nobody else must.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bourse.kit.models import JobFailure
from bourse.market.actions import accept_upload, change_ask, set_showing, start_upload, withdraw_listing
from bourse.market.actions.reading import read_upload
from bourse.market.models import (
    Feed,
    FeedKind,
    LinkCheck,
    Listing,
    Media,
    RefusedRow,
    StagedRow,
    SupplierLayout,
    UnreadCell,
    Upload,
    UploadMode,
)
from bourse.market.queries import difference
from bourse.members.actions.branches import add_branch
from bourse.members.actions.colleagues import invite
from bourse.members.actions.company import set_particulars
from bourse.members.actions.joining import apply, keep_papers
from bourse.members.actions.screening import compare
from bourse.members.actions.vetting import note_application
from bourse.members.actor import Actor, Role
from bourse.members.models import (
    Application,
    Company,
    OneTimeLink,
    Passkey,
    Person,
    SignIn,
    secret_hash,
)
from bourse.members.papers import paper
from bourse.members.profile import Particulars, Place
from bourse.members.queries.firms import own_firm
from bourse.notices.actions import add_webhook, emit, tell
from bourse.notices.models import Delivery
from bourse.notices.topics import Reason, Topic
from bourse.search.actions import keep_view, save_search
from bourse.search.models import SavedSearch, StockView, TableColumns
from cast import NOON, Cast, company, joins
from market.offering import offered
from members.applying import PDF, loaded, said
from privacy import rooms
from privacy.canary import NOBODY, OPERATORS, OWN, QUILL, TRADERS, Canary

LATER = NOON + timedelta(hours=1)
UPLOADED = NOON.replace(minute=7, second=11, microsecond=123_456)
ASK, CASH, OLD_ASK, OLD_CASH = 9_133_717_31, 8_133_717_31, 7_133_717_31, 6_133_717_31
WAS_HIDDEN, WAS_HIDDEN_BY_COMPANY, IS_SHOWN = 5_133_717_31, 4_133_717_31, 3_100_000_00
CANARIES = [
    Canary("hidden ask", "9133717", OWN, True),
    Canary("hidden ask, thousands apart", "9,133,717", OWN, True),
    Canary("hidden cash ask", "8133717", OWN, True),
    Canary("hidden cash ask, thousands apart", "8,133,717", OWN, True),
    Canary("hidden ask of before", "7133717", OWN, True),
    Canary("hidden ask of before, thousands apart", "7,133,717", OWN, True),
    Canary("hidden cash ask of before", "6133717", OWN, True),
    Canary("hidden cash ask of before, thousands apart", "6,133,717", OWN, True),
    *(
        Canary(name, value, OWN, True)
        for what, cents in (("by hand", WAS_HIDDEN), ("by the company", WAS_HIDDEN_BY_COMPANY))
        for name, value in (
            (f"ask made while hidden {what}", str(cents // 100)),
            (f"ask made while hidden {what}, thousands apart", f"{cents // 100:,}"),
        )
    ),
    Canary("cost", "CNRYcost", OWN, True),
    Canary("place below the city", "CNRYplace", OWN, True),
    Canary("note inside the house", "CNRYnote", OWN, True),
    Canary("supplier's own code", "CNRYcode", OWN, True),
    Canary("field that no table names", "CNRYnewfield", OWN, True),
    Canary("past listing", "CNRYpast", OWN),
    Canary("ended listing", "CNRYended", OWN, True),
    Canary("name of a file", "CNRYfile", OWN, True),
    Canary("content of a file", "CNRYcontent", OWN, True),
    Canary("comment of a row on its way", "CNRYstaged", OWN, True),
    Canary("refused row, found", "CNRYfound", OWN, True),
    Canary("refused row, cells", "CNRYcells", OWN, True),
    Canary("unread cell", "CNRYunread", OWN, True),
    Canary("answer", "CNRYanswer", OWN, True),
    Canary("correction", "CNRYcorrection", OWN, True),
    Canary("remembered layout", "CNRYlayout", OWN, True),
    Canary("report of a reading", "CNRYreading", OWN, True),
    Canary("why a feed's upload waits", "CNRYheld", OWN, True),
    Canary("feed's name", "CNRYfeed", OWN, True),
    Canary("feed's key", "CNRYkey", TRADERS, True),
    Canary("feed's error", "CNRYerror", OWN, True),
    Canary("feed's tag", "CNRYetag", NOBODY),
    Canary("legal name", "CNRYlegal", OWN, True),
    Canary("private street", "CNRYstreet", OWN, True),
    Canary("registration number", "CNRYregistration", OWN, True),
    Canary("tax number", "CNRYtax", OWN, True),
    Canary("branch", "CNRYbranch", OWN, True),
    Canary("branch's street", "CNRYlane", OWN, True),
    Canary("branch's city", "CNRYtown", OWN, True),
    Canary("branch's contact", "CNRYcontact", OWN, True),
    Canary("branch in stock files", "CNRYsafe", OWN, True),
    Canary("who is invited", "CNRYinvited", TRADERS, True),
    Canary("where an invitation goes", "cnryinvited@", TRADERS, True),
    Canary("notice, subject", "CNRYtold", TRADERS, True),
    Canary("notice, body", "CNRYsaid", TRADERS, True),
    Canary("webhook's address", "CNRYhook", TRADERS, True),
    Canary("event of a webhook", "CNRYevent", TRADERS, True),
    Canary("why a delivery failed", "CNRYtry", TRADERS, True),
    Canary("hidden name", "CNRYquill", QUILL, True),
    Canary("hidden stock number", "CNRYstock", QUILL, True),
    Canary("hidden pair", "CNRYpair", QUILL, True),
    Canary("hidden state", "CNRYstate", QUILL, True),
    Canary("hidden city", "CNRYcity", QUILL, True),
    Canary("hidden comment", "CNRYcomment", QUILL, True),
    Canary("hidden host of pictures", "cnryimage", QUILL, True),
    Canary("hidden host of films", "cnryfilm", QUILL, True),
    Canary("hidden picture", "CNRYpicture", QUILL, True),
    Canary("hidden thumbnail", "CNRYthumbnail", QUILL, True),
    Canary("hidden film", "cnrymovie", QUILL, True),
    Canary("what was found at a link", "CNRYdead", OWN, True),
    Canary("hidden host of reports", "cnryreport", QUILL, True),
    Canary("hidden fair", "CNRYfair", QUILL, True),
    Canary("hidden brand", "CNRYbrand", QUILL, True),
    Canary("hidden inscription", "CNRYengraved", QUILL, True),
    Canary("hidden time of listing", "07:11.123456", QUILL, True),
    Canary("person's address", "cnrymail", frozenset({"owner"}), True),
    Canary("name of a passkey", "CNRYpasskey", NOBODY),
    Canary("browser of a sign-in", "CNRYbrowser", NOBODY),
    Canary("applicant", "CNRYapplicant", rooms.APPLICANT, True),
    Canary("applicant's reference", "CNRYbank", rooms.APPLICANT, True),
    Canary("applicant's paper", "CNRYpaper", rooms.APPLICANT, True),
    Canary("note on an applicant", "CNRYvetting", OPERATORS, True),
    Canary("listed name", "CNRYlisted", rooms.APPLICANT, True),
    Canary("person's name", "CNRYperson", OWN | {"operator"}, True),
    Canary("password", "CNRYhash", NOBODY),
    Canary("secret of a link", "CNRYsecret", NOBODY),
    Canary("columns that somebody keeps", "CNRYcolumn", NOBODY),
    Canary("name of a view", "CNRYview", frozenset({"owner"}), True),
    Canary("filter of a view", "CNRYsought", frozenset({"owner"}), True),
    Canary("name of a saved search", "CNRYwish", frozenset({"owner"}), True),
    Canary("filter of a saved search", "CNRYhunt", frozenset({"owner"}), True),
    Canary("why a job failed", "CNRYjob", frozenset({"operator"})),
    *rooms.CANARIES,
]


@dataclass(frozen=True)
class World:
    """The people who look, and the ids of what they look at, by the name that an address gives them."""

    people: dict[str, Actor | None]
    ids: dict[str, list[str]]


def build(cast: Cast) -> World:
    """The market with a canary in every private field."""
    quill = joins("Quill", company("CNRYquill Gems"), Role.OWNER)
    _people(cast)
    asked, named = _hidden_asks(cast.asha), _hidden_name(quill)
    again = _shown_again(cast.asha)
    ended = offered(cast.asha, "E-1", "7000000009", comment="CNRYended")
    withdraw_listing(actor=cast.asha, listing_id=ended.public_id, version=1, now=LATER)
    opened, confirmed = _uploads(cast.asha)
    feed, (key, sign_in) = _feed(cast.asha), _signing(cast.tara)
    delivery = _told(cast.asha)
    JobFailure.objects.create(number=1, words="CNRYjob", failed_at=NOON)
    house, applicant = Company.objects.get(name="Asha Gems"), _applicant(cast.omar)
    made = rooms.plant(cast.asha, cast.tara)
    return World(
        people={
            "visitor": None,
            "member": cast.ben,
            "operator": cast.omar,
            "viewer": cast.vera,
            "owner": cast.asha,
            "quill": quill,
        },
        ids={
            "listing_id": [asked.public_id, named.public_id, ended.public_id, again.public_id, "nothing"],
            "upload_id": [opened.public_id, confirmed.public_id],
            "company_id": [
                house.public_id,
                Company.objects.get(name="CNRYquill Gems").public_id,
                *made["company_id"],
            ],
            "media_id": [*_media(asked, named), "nothing"],
            "feed_id": [feed.public_id],
            "passkey_id": [key.public_id, "nothing"],
            "sign_in_id": [sign_in.public_id],
            "webhook_id": [delivery.webhook.public_id, *made["webhook_id"]],
            "delivery_id": [delivery.public_id],
            "view_id": [StockView.objects.get().public_id, "nothing"],
            "search_id": [SavedSearch.objects.get().public_id, "nothing"],
            "key_id": [*made["key_id"], "nothing"],
            **_of_the_company(cast.asha, house),
            "layout": ["another", "nothing"],
            "version": ["0"],
            **applicant,
            "secret": ["nothing"],
            "kind": ["csv", "xlsx", "json", "nothing"],
            "rest": ["nothing"],
        },
    )


def _of_the_company(owner: Actor, house: Company) -> dict[str, list[str]]:
    """What a company tells the house alone: its private part, its places, whom it wants."""
    seen = own_firm(owner).particulars_seal
    said = Particulars(
        "CNRYlegal", "CNRYstreet", registration_number="CNRYregistration", tax_number="CNRYtax"
    )
    set_particulars(actor=owner, particulars=said, seen=seen, now=NOON)
    place = Place("CNRYbranch", "CNRYlane", "CNRYtown", contact="CNRYcontact", stock_words=("CNRYsafe",))
    branch = add_branch(actor=owner, place=place, now=NOON)
    invited = invite(
        actor=owner,
        company_id=house.public_id,
        email="cnryinvited@bourse.example",
        name="CNRYinvited",
        role=Role.VIEWER,
        now=NOON,
    )
    colleague = Person.objects.get(name="Tara").public_id
    return {
        "branch_id": [branch, "nothing"],
        "invitation_id": [invited.public_id, "nothing"],
        "person_id": [colleague, "nothing"],
    }


def _told(owner: Actor) -> Delivery:
    """A notice, and an event that failed on its way to an address."""
    tell(
        topic=Topic.UPLOADS,
        people=[owner.person_id],
        once="canary",
        subject="CNRYtold",
        body="CNRYsaid",
        link="/listings/",
        why=Reason.OWN_ACT,
        now=NOON,
        company_id=owner.company_id,
    )
    address, events = "https://hooks.example/CNRYhook", ["upload.finished"]
    made = add_webhook(actor=owner, address=address, events=events, now=NOON)
    emit(
        company_id=owner.company_id or 0,
        event="upload.finished",
        data={"upload": "CNRYevent"},
        once="canary",
        now=NOON,
    )
    tries = [{"at": NOON.isoformat(), "status": 500, "why": "CNRYtry", "took_ms": 1}]
    delivery = Delivery.objects.select_related("webhook").get(webhook__public_id=made.webhook.public_id)
    Delivery.objects.filter(pk=delivery.pk).update(tries=tries)
    return delivery


def _applicant(omar: Actor) -> dict[str, list[str]]:
    """Somebody who applies, with a paper, a note, and a name that is like a listed one."""
    listed = loaded(omar, "name,id\nCNRYlisted CNRYapplicant,1\n")
    keep_papers(draft="x", papers=[paper("paper.pdf", PDF + b"%CNRYpaper %%EOF")], now=NOON)
    words = {"bank_reference": "CNRYbank", "company_name": "CNRYapplicant CNRYlisted"}
    apply(said=said(**words), draft="x", now=NOON)
    found = Application.objects.get()
    compare(application_id=found.pk, company_id=None, now=NOON)
    note_application(actor=omar, application_id=found.public_id, text="CNRYvetting", now=NOON)
    return {
        "application_id": [found.public_id],
        "document_id": [found.documents.get().public_id],
        "hit_id": [found.hits.get().public_id],
        "list_id": [listed.public_id],
    }


def _people(cast: Cast) -> None:
    Person.objects.filter(pk=cast.asha.person_id).update(
        email="cnrymail@asha.example", name="CNRYperson", password="CNRYhash"
    )
    OneTimeLink.objects.create(
        secret_hash=secret_hash("CNRYsecret"),
        person_id=cast.vera.person_id,
        created_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    TableColumns.objects.create(
        person_id=cast.asha.person_id, table="search", columns=["CNRYcolumn"], changed_at=NOON
    )
    keep_view(actor=cast.asha, name="CNRYview", query="text=CNRYsought", now=NOON)
    save_search(actor=cast.asha, name="CNRYwish", query="brand=CNRYhunt", now=NOON)


def _signing(tara: Actor) -> tuple[Passkey, SignIn]:
    """By what somebody signs in at whose place nobody of these people looks."""
    person = {"person_id": tara.person_id}
    key = Passkey.objects.create(
        **person, name="CNRYpasskey", credential_id=b"CNRYkey", credential=b"CNRYkey", created_at=NOON
    )
    browser = {"device": "CNRYbrowser", "address": "203.0.113.7", "started_at": NOON, "seen_at": NOON}
    return key, SignIn.objects.create(**person, session_key="CNRYsession", how="password", **browser)


def _hidden_asks(asha: Actor) -> Listing:
    """Asha's stone: both asks hidden, now and before, private columns, and a past of which nobody is told."""
    found = offered(
        asha,
        weight_ct="1.000",
        ask_cents=OLD_ASK,
        cash_ask_cents=OLD_CASH,
        comment="CNRYpast",
        private={
            "cost": "CNRYcost",
            "location": "CNRYplace",
            "seller_spec": "CNRYnote",
            "supplier_code": "CNRYcode",
        },
        particulars={"some_new_field": "CNRYnewfield"},
    )
    change_ask(
        actor=asha,
        listing_id=found.public_id,
        ask_cents=ASK,
        cash_ask_cents=CASH,
        hides_ask=True,
        hides_cash_ask=True,
        availability="On memo",
        version=1,
        now=LATER,
    )
    Listing.objects.filter(pk=found.pk).update(comment="")
    return found


def _shown_again(asha: Actor) -> Listing:
    """Asha's stone whose ask was hidden by hand, then by the company, moved meanwhile, and is shown now."""
    found = offered(asha, "S-1", "7000000008", ask_cents=IS_SHOWN)

    def edit(hour: int, version: int, **given: Any) -> None:
        said = {"availability": "On memo", "version": version, "now": NOON + timedelta(hours=hour)} | given
        change_ask(actor=asha, listing_id=found.public_id, **said)

    def show(hour: int, *, hides_ask: bool) -> None:
        now = NOON + timedelta(hours=hour)
        set_showing(actor=asha, hides_name=False, hides_ask=hides_ask, hides_cash_ask=False, now=now)

    edit(1, 1, ask_cents=WAS_HIDDEN, hides_ask=True)
    edit(2, 2, ask_cents=IS_SHOWN, hides_ask=False)
    show(3, hides_ask=True)
    edit(4, 3, ask_cents=WAS_HIDDEN_BY_COMPANY)
    edit(5, 4, ask_cents=IS_SHOWN)
    show(6, hides_ask=False)
    return found


def _media(own: Listing, hidden: Listing) -> list[str]:
    """A dead link of Asha's; a picture and a film of Quill's, who hides his name."""
    seen = {"state": "dead", "why": "CNRYdead.", "failing_since": NOON, "checked_at": NOON, "failures": 3}
    LinkCheck.objects.create(listing=own, kind="picture", address="https://x.example/", host="x", **seen)
    kept = {"company_id": hidden.company_id, "stone_id": hidden.stone_id, "added_at": NOON}
    files = {"content": b"CNRYpicture", "thumbnail": b"CNRYthumbnail", "size_bytes": 1}
    picture = Media.objects.create(kind="picture", **files, **kept)
    film = Media.objects.create(kind="film", address="https://cnrymovie.example/1", **kept)
    return [picture.public_id, film.public_id]


def _hidden_name(quill: Actor) -> Listing:
    """Quill's offer of the same stone: others see what he asks, and not who he is."""
    found = offered(
        quill,
        "CNRYstock",
        colour="F",
        weight_ct="1.000",
        pair_stock_number="CNRYpair",
        goods="pair",
        state="CNRYstate",
        city="CNRYcity",
        comment="CNRYcomment",
        image_urls=["https://cnryimage.example/1.jpg"],
        video_urls=["https://cnryfilm.example/1"],
        certificate_url="https://cnryreport.example/1.pdf",
        particulars={"trade_show": "CNRYfair", "brand": "CNRYbrand", "inscription": "CNRYengraved"},
    )
    Listing.objects.filter(pk=found.pk).update(listed_at=UPLOADED, changed_at=UPLOADED)
    set_showing(actor=quill, hides_name=True, hides_ask=False, hides_cash_ask=False, now=NOON)
    return found


FILE = (
    b"Stock #,Shape,Weight,Color,Clarity,Lab,Report #,Total Price,Availability,Comments,CNRYcontent\n"
    b"U-1,Round,1.20,G,VS1,GIA,7000000021,9000,Guaranteed,CNRYstaged,1\n"
    b"U-2,Blob,1.20,G,VS1,GIA,7000000022,9000,Guaranteed,,1\n"
)


CORRECTIONS = [{"sheet": "", "row": 2, "index": 9, "text": "CNRYcorrection"}]


def _uploads(asha: Actor) -> tuple[Upload, Upload]:
    """One that waits for its confirm, with all that was said of it, and one that was confirmed."""
    confirmed = _sent(
        asha, FILE.replace(b"CNRYstaged", b"").replace(b"U-", b"V-").replace(b"70000000", b"71000000")
    )
    told = difference(asha, confirmed.public_id)
    accept_upload(
        actor=asha, upload_id=confirmed.public_id, fingerprint=told.fingerprint, removing=None, now=NOON
    )
    opened = _sent(asha, FILE)
    report = opened.report | {"notes": ["CNRYreading"]}
    Upload.objects.filter(pk=opened.pk).update(
        answers=opened.answers | {"value:shape:blob": "CNRYanswer"},
        report=report,
        held_because="CNRYheld",
        corrections=CORRECTIONS,
    )
    assert StagedRow.objects.filter(upload=opened, comment="CNRYstaged").exists()
    RefusedRow.objects.filter(upload=opened).update(found="CNRYfound", cells=["CNRYcells"])
    UnreadCell.objects.create(upload=opened, row=2, index=1, found="CNRYunread", why="no number")
    SupplierLayout.objects.create(
        company_id=opened.company_id,
        layout="another",
        answers={"value:color:x": "CNRYlayout"},
        updated_at=NOON,
    )
    return opened, confirmed


def _sent(asha: Actor, content: bytes) -> Upload:
    begun = start_upload(
        actor=asha, file_name="CNRYfile.csv", content=content, mode=UploadMode.ADD_AND_UPDATE, now=NOON
    )
    found = Upload.objects.get(public_id=begun.public_id)
    read_upload(upload_id=found.pk, now=NOON)
    return Upload.objects.get(pk=found.pk)


def _feed(asha: Actor) -> Feed:
    values: dict[str, Any] = {"last_error": "CNRYerror", "last_etag": "CNRYetag", "failures": 1}
    assert asha.company_id is not None
    return Feed.objects.create(
        company_id=asha.company_id,
        person_id=asha.person_id,
        name="CNRYfeed",
        kind=FeedKind.URL,
        address="https://feeds.example/stock.csv?key=CNRYkey",
        mode=UploadMode.ADD_AND_UPDATE,
        every_minutes=60,
        next_at=NOON,
        created_at=NOON,
        **values,
    )
