"""Colleagues: the owner's pages, and the page behind an invitation's link."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bourse.kit import clock, outbox
from bourse.members.models import Company, Invitation, Membership, Person
from bourse.members.secrets import derived_secret
from bourse.wiring import LISTENERS
from cast import NOON, Cast
from notices.mailbox import Mailbox, running
from web.conftest import Browse, prove, text_of

pytestmark = pytest.mark.django_db
PEOPLE, INVITE = "/account/colleagues/", "/account/colleagues/invite/"
NIA = {"name": "Nia", "email": "Nia@bourse.example", "role": "trader"}
PASSWORD = "correct-horse-battery-staple"


def public_id(cast: Cast, who: str) -> str:
    return Person.objects.get(pk=getattr(cast, who).person_id).public_id


def link(browse: Browse, cast: Cast, **said: str) -> str:
    answer = browse(cast.asha).post(INVITE, NIA | said)
    assert (answer.status_code, answer["Location"]) == (302, PEOPLE)
    made = Invitation.objects.latest("id")
    return f"/invitation/{derived_secret('invitation', made.public_id)}/"


def role_of(person_id: int) -> str | None:
    return Membership.objects.filter(person_id=person_id).values_list("role", flat=True).first()


def test_an_owner_invites_and_somebody_new_comes_in(browse: Browse, cast: Cast) -> None:
    address, visitor = link(browse, cast), browse(None)
    page = text_of(browse(cast.asha).get(PEOPLE))
    assert "nia@bourse.example" in page and "Send again" in page
    page = text_of(visitor.get(address))
    assert "Act for Asha Gems" in page and "Invited by" in page and 'value="Nia"' in page
    answer = visitor.post(address, {"name": "Nia N.", "way": "password", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    nia = Person.objects.get(email="nia@bourse.example")
    assert (nia.name, nia.check_password(PASSWORD), role_of(nia.pk)) == ("Nia N.", True, "trader")
    assert visitor.get("/listings/").status_code == 200
    again = browse(None).get(address)
    assert again.status_code == 409 and "was used already" in text_of(again)
    assert "nia@bourse.example" not in text_of(browse(cast.asha).get(PEOPLE))


def test_somebody_new_may_choose_a_passkey(browse: Browse, cast: Cast) -> None:
    visitor = browse(None)
    answer = visitor.post(link(browse, cast), {"name": "Nia", "way": "passkey", "password": ""})
    assert answer["Location"] == "/account/security/passkeys/add/"
    assert visitor.get(answer["Location"]).status_code == 200
    assert not Person.objects.get(email="nia@bourse.example").has_usable_password()


def test_a_weak_password_or_none_leaves_the_invitation_good(browse: Browse, cast: Cast) -> None:
    address = link(browse, cast)
    for password, sentence in (("", "Enter a password"), ("short", "too short")):
        answer = browse(None).post(address, {"name": "Nia", "way": "password", "password": password})
        assert answer.status_code == 422 and sentence in text_of(answer)
    assert not Person.objects.filter(email="nia@bourse.example").exists()
    assert Invitation.objects.get().used_at is None


def test_somebody_known_signs_in_and_joins(browse: Browse, cast: Cast) -> None:
    ben = Person.objects.get(pk=cast.ben.person_id)
    ben.set_password(PASSWORD)
    ben.save()
    address = link(browse, cast, email=ben.email, role="viewer")
    page = text_of(browse(None).get(address))
    assert "You sign in here already" in page and f"/account/sign-in/?next={address}".replace("/", "%2F") in (
        page.replace("/", "%2F")
    )
    client = browse(cast.ben)
    assert "Join the company" in text_of(client.get(address))
    assert client.post(address)["Location"] == "/account/company/"
    house = Company.objects.get(pk=cast.asha.company_id or 0)
    assert Membership.objects.get(person=ben, company=house).role == "viewer"
    assert client.session["company"] == house.public_id


@pytest.mark.parametrize(
    ("state", "status", "sentence"),
    [
        ({"withdrawn_at": NOON}, 410, "was withdrawn"),
        ({"expires_at": NOON - timedelta(days=1)}, 410, "older than 72 hours"),
    ],
)
def test_each_end_of_a_link_has_its_sentence(
    browse: Browse, cast: Cast, state: dict[str, object], status: int, sentence: str
) -> None:
    address = link(browse, cast)
    Invitation.objects.update(**state)
    for answer in (browse(None).get(address), browse(None).post(address, {"name": "Nia"})):
        assert answer.status_code == status and sentence in text_of(answer)
    assert Membership.objects.count() == 6


def test_a_link_for_another_address_and_one_that_is_none(browse: Browse, cast: Cast) -> None:
    address = link(browse, cast)
    for answer in (browse(cast.carl).get(address), browse(cast.carl).post(address)):
        assert answer.status_code == 403 and "for another address" in text_of(answer)
    assert browse(None).get("/invitation/nothing/").status_code == 404
    assert Membership.objects.count() == 6 and Invitation.objects.get().used_at is None


def test_the_link_goes_by_mail_alone_and_each_mail_has_its_own(
    browse: Browse, cast: Cast, settings: Any, run_jobs: Callable[[], int]
) -> None:
    first = link(browse, cast)
    made = Invitation.objects.get()
    assert first not in text_of(browse(cast.asha).get(PEOPLE))
    browse(cast.asha).post(f"{PEOPLE}invitations/{made.public_id}/again/")
    box = Mailbox()
    with running(box) as server:
        settings.SMTP = f"smtp://{server}"
        outbox.deliver(LISTENERS, now=clock.now())
        run_jobs()
    (mail,) = box.mails
    plain = mail.get_body(("plain",))
    assert mail["To"] == "nia@bourse.example" and plain is not None
    found = re.search(r"/invitation/[\w-]{43}/", plain.get_content())
    assert found and found[0] != first
    assert browse(None).get(first).status_code == 410 and browse(None).get(found[0]).status_code == 200


def test_roles_are_changed_and_the_last_owner_stays(browse: Browse, cast: Cast) -> None:
    client = browse(cast.asha)
    assert client.post(f"{PEOPLE}{public_id(cast, 'vera')}/role/", {"role": "trader"})["Location"] == PEOPLE
    assert role_of(cast.vera.person_id) == "trader"
    own = f"{PEOPLE}{public_id(cast, 'asha')}/role/"
    answer = client.post(own, {"role": "viewer"})
    assert answer.status_code == 409 and "only owner of Asha Gems" in text_of(answer)
    assert client.post(own, {"role": "king"}).status_code == 422
    answer = client.post("/account/colleagues/leave/")
    assert answer.status_code == 409 and role_of(cast.asha.person_id) == "owner"


def test_whoever_is_taken_out_is_out_of_every_browser(browse: Browse, cast: Cast) -> None:
    tara = browse(cast.tara)
    assert tara.get("/listings/").status_code == 200
    address = f"{PEOPLE}{public_id(cast, 'tara')}/remove/"
    assert "revokes the colleague’s keys" in text_of(browse(cast.asha).get(address))
    assert browse(cast.asha).post(address)["Location"] == PEOPLE
    assert tara.get("/listings/").status_code == 302 and role_of(cast.tara.person_id) is None
    assert browse(cast.asha).get(address).status_code == 404


def test_a_company_is_handed_over_by_whoever_has_shown_who_he_is(browse: Browse, cast: Cast) -> None:
    address = f"{PEOPLE}{public_id(cast, 'tara')}/hand-over/"
    stale = browse(cast.asha)
    assert stale.post(address).status_code == 403 and role_of(cast.tara.person_id) == "trader"
    client = prove(browse(cast.asha))
    assert client.post(address)["Location"] == PEOPLE
    assert (role_of(cast.asha.person_id), role_of(cast.tara.person_id)) == ("trader", "owner")
    assert client.post("/account/colleagues/leave/")["Location"] == "/account/company/"
    assert role_of(cast.asha.person_id) is None


@pytest.mark.parametrize("who", ["tara", "vera"])
def test_only_owners_lead_and_others_look(browse: Browse, cast: Cast, who: str) -> None:
    made = link(browse, cast) and Invitation.objects.get().public_id
    client: Client = browse(getattr(cast, who))
    page = text_of(client.get(PEOPLE))
    assert "Asha" in page and "nia@bourse.example" not in page and INVITE not in page
    them = public_id(cast, "asha")
    for tail in ("invite/", f"{them}/role/", f"{them}/remove/", f"{them}/hand-over/"):
        assert client.get(PEOPLE + tail).status_code == 403
        assert client.post(PEOPLE + tail, NIA).status_code == 403
    for tail in ("withdraw/", "again/"):
        assert client.post(f"{PEOPLE}invitations/{made}/{tail}").status_code == 403
    assert Membership.objects.count() == 6 and Invitation.objects.get().withdrawn_at is None


def test_another_companys_people_are_not_there(browse: Browse, cast: Cast) -> None:
    link(browse, cast)
    made, carl = Invitation.objects.get().public_id, prove(browse(cast.carl))
    for one in (public_id(cast, "tara"), "nothing"):
        for tail in ("role/", "remove/", "hand-over/"):
            assert carl.get(f"{PEOPLE}{one}/{tail}").status_code == 404
            assert carl.post(f"{PEOPLE}{one}/{tail}", {"role": "owner"}).status_code == 404
    for one in (made, "nothing"):
        assert carl.post(f"{PEOPLE}invitations/{one}/withdraw/").status_code == 404
        assert carl.post(f"{PEOPLE}invitations/{one}/again/").status_code == 404
    assert Membership.objects.count() == 6 and Invitation.objects.get().withdrawn_at is None
