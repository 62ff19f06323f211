"""One's own person: what one is called, what one takes along, the end of the account."""

import msgspec
import pytest

from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere
from bourse.members.actions import NameMissing
from bourse.members.actions.branches import add_branch
from bourse.members.actions.colleagues import hand_company_over
from bourse.members.actions.owning import LastOwner
from bourse.members.actions.personal import (
    OperatorStays,
    TimeZoneNotKnown,
    erase_account,
    finish_erasure,
    set_personal,
)
from bourse.members.actor import Actor, Role
from bourse.members.models import Membership, Person, SignIn
from bourse.members.profile import Place
from bourse.members.queries import actor_for
from bourse.members.queries.firms import branches
from bourse.members.queries.personal import (
    CompanyKept,
    Own,
    PersonKept,
    company_kept,
    own_person,
    person_kept,
)
from cast import NOON, Cast


def test_a_person_says_how_he_is_called_and_where_he_lives(cast: Cast) -> None:
    said = Own(" Asha Mehta ", "+91 98", "en", "Asia/Kolkata")
    set_personal(actor=cast.asha, own=said, now=NOON)
    own, email = own_person(cast.asha)
    assert (own, email) == (Own("Asha Mehta", "+91 98", "en", "Asia/Kolkata"), "asha@bourse.example")
    entry = AuditEntry.objects.get()
    assert entry.after == {"changed": ["name", "telephone", "language", "time_zone"]}


@pytest.mark.parametrize(
    ("own", "refusal"),
    [(Own(" "), NameMissing), (Own("Asha", time_zone="Mars/North"), TimeZoneNotKnown)],
)
def test_what_cannot_be_is_refused(cast: Cast, own: Own, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        set_personal(actor=cast.asha, own=own, now=NOON)
    assert own_person(cast.asha)[0] == Own("Asha") and not AuditEntry.objects.exists()


def test_what_is_kept_reads_back_to_the_same(cast: Cast) -> None:
    place = Place("Surat", "1 Ring Road", "Surat", stock_words=("SRT",))
    add_branch(actor=cast.asha, place=place, now=NOON)
    SignIn.objects.create(
        person_id=cast.asha.person_id, session_key="s" * 32, how="passkey", started_at=NOON, seen_at=NOON
    )
    person, company = person_kept(cast.asha), company_kept(cast.asha)
    assert company is not None and [one.place for one in company.branches] == [place]
    assert [(one.company, one.role) for one in person.companies] == [("Asha Gems", Role.OWNER)]
    assert [one.how for one in person.sign_ins] == ["passkey"]
    assert msgspec.json.decode(msgspec.json.encode(person), type=PersonKept) == person
    assert msgspec.json.decode(msgspec.json.encode(company), type=CompanyKept) == company
    assert company_kept(cast.tara) is None and company_kept(cast.omar) is None


def test_the_last_owner_hands_over_before_he_goes(cast: Cast) -> None:
    with pytest.raises(LastOwner, match="only owner of Asha Gems"):
        erase_account(actor=cast.asha, now=NOON)
    assert Person.objects.get(pk=cast.asha.person_id).is_active and not Fact.objects.exists()
    tara = Person.objects.get(pk=cast.tara.person_id).public_id
    hand_company_over(actor=cast.asha, person_id=tara, now=NOON)
    erase_account(actor=actor_for(cast.asha.person_id, None), now=NOON)
    assert not Membership.objects.filter(person_id=cast.asha.person_id).exists()


def test_an_account_is_closed_at_once_and_then_a_number_stands_for_its_person(cast: Cast) -> None:
    Person.objects.filter(pk=cast.tara.person_id).update(telephone="+91 1")
    place = Place("Surat", "1 Ring Road", "Surat", contact="tara", telephone="+91 1")
    add_branch(actor=cast.asha, place=place, now=NOON)
    erase_account(actor=cast.tara, now=NOON)
    with pytest.raises(NotThere):
        actor_for(cast.tara.person_id, None)
    kept = branches(cast.asha)[0].place
    assert (kept.contact, kept.telephone, kept.street) == ("", "", "1 Ring Road")
    assert [one.name for one in Fact.objects.order_by("id")] == [
        "members.PersonRemoved",
        "members.PersonErased",
    ]
    for _again in range(2):
        finish_erasure(person_id=cast.tara.person_id)
        person = Person.objects.get(pk=cast.tara.person_id)
        assert person.name == f"Erased person {person.pk}" and person.telephone == ""
        assert person.email == f"{person.public_id}@erased.invalid" and person.erased_at == NOON


def test_nobody_is_forgotten_who_did_not_ask(cast: Cast) -> None:
    finish_erasure(person_id=cast.tara.person_id)
    assert Person.objects.get(pk=cast.tara.person_id).name == "Tara"


def test_the_house_keeps_an_operator_and_programs_erase_nobody(cast: Cast) -> None:
    with pytest.raises(OperatorStays):
        erase_account(actor=cast.omar, now=NOON)
    with pytest.raises(NotThere):
        erase_account(actor=Actor(cast.tara.person_id, cast.tara.company_id, Role.TRADER, key_id=1), now=NOON)
    assert Person.objects.filter(erased_at=None).count() == 7 and not AuditEntry.objects.exists()
