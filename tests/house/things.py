"""One of everything that an address may name."""

from datetime import timedelta

from bourse.market.models import Feed, FeedKind, Listing, Media, SupplierLayout, UploadMode
from bourse.members.actions import make_key
from bourse.members.actions.branches import add_branch
from bourse.members.actions.colleagues import invite
from bourse.members.actor import Actor, Role, Scope
from bourse.members.models import Application, Company, Passkey, Person, SignIn
from bourse.members.profile import Place
from bourse.notices.actions import add_webhook, emit
from bourse.notices.models import Delivery
from bourse.search.actions import keep_view, save_search
from cast import NOON, joins
from market.files import sent
from market.offering import offered
from members.applying import applied, loaded

THINGS = frozenset(
    (
        *(
            "company_id",
            "listing_id",
            "media_id",
            "upload_id",
            "feed_id",
            "layout",
            "webhook_id",
            "delivery_id",
            "key_id",
        ),
        *("view_id", "search_id", "branch_id", "invitation_id", "person_id", "passkey_id", "sign_in_id"),
        *("application_id", "document_id", "hit_id", "list_id"),
    )
)


def things_of(owner: Actor, operator: Actor, stock: tuple[str, ...], report: str) -> dict[str, str]:
    """One of everything that a company has, by the name that routes give it."""
    assert owner.company_id
    house = Company.objects.get(pk=owner.company_id)
    feed = Feed.objects.create(
        company=house,
        person_id=owner.person_id,
        name="Home",
        kind=FeedKind.URL,
        address="https://feeds.example/s.csv",
        mode=UploadMode.ADD_AND_UPDATE,
        every_minutes=60,
        next_at=NOON + timedelta(days=9),
        created_at=NOON,
    )
    layout = f"layout-of-{house.public_id}"
    SupplierLayout.objects.create(company=house, layout=layout, answers={}, updated_at=NOON)
    address, events = f"https://hooks.example/{house.public_id}", ["upload.finished"]
    hook = add_webhook(actor=owner, address=address, events=events, now=NOON).webhook.public_id
    emit(company_id=house.pk, event=events[0], data={}, once="matrix", now=NOON)
    key = make_key(actor=owner, name="ours", scopes=[Scope.READ_SEARCH], expires_at=None, now=NOON)
    email = f"wanted.{house.pk}@bourse.example"
    wanted = invite(
        actor=owner, company_id=house.public_id, email=email, name="Wanted", role=Role.VIEWER, now=NOON
    )
    listing = offered(owner, f"L-{house.pk}", report)
    return {
        "company_id": house.public_id,
        "listing_id": listing.public_id,
        "media_id": _picture(listing),
        "upload_id": sent(owner, stock).public_id,
        "feed_id": feed.public_id,
        "layout": layout,
        "webhook_id": hook,
        "delivery_id": Delivery.objects.get(webhook__public_id=hook).public_id,
        "key_id": key.public_id,
        "view_id": keep_view(actor=owner, name="ours", query="", now=NOON).public_id,
        "search_id": save_search(actor=owner, name="ours", query="", now=NOON).public_id,
        "branch_id": add_branch(actor=owner, place=Place("Home", "1 Street", "Surat"), now=NOON),
        "invitation_id": wanted.public_id,
        **_of_a_colleague(house),
        **_of_an_applicant(operator),
    }


def _picture(listing: Listing) -> str:
    """A picture of the stone, which members see as they see the stone."""
    stone = {"company_id": listing.company_id, "stone_id": listing.stone_id, "kind": "picture"}
    kept = {"content": b"x", "thumbnail": b"x", "size_bytes": 1, "added_at": NOON}
    return Media.objects.create(**stone, **kept).public_id


def _of_a_colleague(house: Company) -> dict[str, str]:
    """Somebody of the company who is none of the roles, and by what he signs in: nobody else's business."""
    colleague = Person.objects.get(pk=joins(f"Cora {house.pk}", house, Role.VIEWER).person_id)
    key = Passkey.objects.create(
        person=colleague,
        name="laptop",
        credential_id=colleague.public_id.encode(),
        credential=b"x",
        created_at=NOON,
    )
    signed_in = SignIn.objects.create(
        person=colleague,
        session_key=f"of {colleague.pk}",
        how="password",
        device="x",
        address="203.0.113.7",
        started_at=NOON,
        seen_at=NOON,
    )
    return {
        "person_id": colleague.public_id,
        "passkey_id": key.public_id,
        "sign_in_id": signed_in.public_id,
    }


def _of_an_applicant(operator: Actor) -> dict[str, str]:
    """A firm that applies, with a paper, and a list on which a name is like it: the operator's alone."""
    number = Application.objects.count()
    listed = loaded(operator, "name,id\nDorn Dora,1\n", name=f"List {number}")
    _, found = applied(company_name=f"Applicant {number}")
    return {
        "application_id": found.public_id,
        "document_id": found.documents.get().public_id,
        "hit_id": found.hits.latest("pk").public_id,
        "list_id": listed.public_id,
    }
