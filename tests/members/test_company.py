"""What a company says of itself."""

import msgspec
import pytest

from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import CompanyNameTaken, EmailNotValid, NameMissing, OnlyOwners
from bourse.members.actions.company import (
    FoundedNotAYear,
    WebsiteNotAnAddress,
    WordNotKnown,
    set_particulars,
    set_profile,
)
from bourse.members.actions.owning import FormOutOfDate
from bourse.members.actor import Actor
from bourse.members.models import Company
from bourse.members.profile import Particulars, Profile
from bourse.members.queries.firms import member, own_firm
from cast import NOON, Cast

SAID = Profile(
    name="Asha  Gems",
    country="IN",
    city="Surat",
    nature="dealer",
    trades=("rough", "natural polished"),
    associations=("A bourse",),
    about="Rounds since 1981.",
    website="www.asha.example",
    public_email="Office@asha.example",
    public_telephone="+91 98 00",
    founded=1981,
)


def put(actor: Actor, profile: Profile) -> None:
    set_profile(actor=actor, profile=profile, seen=own_firm(actor).profile_seal, now=NOON)


def test_an_owner_says_what_others_see_and_members_see_it(cast: Cast) -> None:
    put(cast.asha, SAID)
    seen = member(cast.carl, own_firm(cast.asha).public_id)
    assert seen.profile == msgspec.structs.replace(
        SAID,
        name="Asha Gems",
        trades=("natural polished", "rough"),
        website="https://www.asha.example",
        public_email="office@asha.example",
    )
    assert not seen.is_own and not Fact.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person_id, entry.company_id) == (
        "members.set_profile",
        cast.asha.person_id,
        cast.asha.company_id,
    )
    assert "office" not in str(entry.after) and entry.after["nature"] == "dealer"


def test_another_name_is_announced_and_on_record(cast: Cast) -> None:
    put(cast.asha, msgspec.structs.replace(own_firm(cast.asha).profile, name="Asha & Daughters"))
    assert Company.objects.get(pk=cast.asha.company_id or 0).name == "Asha & Daughters"
    fact = Fact.objects.get()
    assert (fact.name, fact.body["company_id"]) == ("members.CompanyRenamed", cast.asha.company_id)
    assert AuditEntry.objects.get().before == {"name": "Asha Gems"}


def test_what_is_said_again_changes_nothing(cast: Cast) -> None:
    put(cast.asha, own_firm(cast.asha).profile)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"name": "ben & bea"}, CompanyNameTaken),
        ({"nature": "bank"}, WordNotKnown),
        ({"trades": ("guns",)}, WordNotKnown),
        ({"website": "javascript:alert(1)"}, WebsiteNotAnAddress),
        ({"website": "https://me:secret@x.example"}, WebsiteNotAnAddress),
        ({"public_email": "nobody"}, EmailNotValid),
        ({"founded": 2027}, FoundedNotAYear),
    ],
)
def test_a_profile_that_cannot_be_is_refused(
    cast: Cast, wrong: dict[str, object], refusal: type[Refusal]
) -> None:
    before = own_firm(cast.asha)
    with pytest.raises(refusal):
        put(cast.asha, msgspec.structs.replace(before.profile, **wrong))
    assert own_firm(cast.asha) == before and not AuditEntry.objects.exists() and not Fact.objects.exists()


@pytest.mark.parametrize("who", ["tara", "vera"])
def test_only_owners_change_it(cast: Cast, who: str) -> None:
    actor: Actor = getattr(cast, who)
    firm = own_firm(actor)
    with pytest.raises(OnlyOwners):
        put(actor, SAID)
    with pytest.raises(OnlyOwners):
        set_particulars(actor=actor, particulars=Particulars("X"), seen=firm.particulars_seal, now=NOON)
    assert own_firm(actor) == firm and not firm.may_change


def test_two_owners_do_not_overwrite_each_other(cast: Cast) -> None:
    seen = own_firm(cast.asha).profile_seal
    put(cast.asha, SAID)
    with pytest.raises(FormOutOfDate):
        set_profile(actor=cast.asha, profile=Profile("Else"), seen=seen, now=NOON)
    assert own_firm(cast.asha).profile.name == "Asha Gems"


def test_the_private_part_is_for_its_own_people_and_no_value_is_on_record(cast: Cast) -> None:
    said = Particulars("Asha Gems Pvt", "1 Ring Road", "395002", "U-1", "T-1", "2–9", bank_reference="A bank")
    firm = own_firm(cast.asha)
    set_particulars(actor=cast.asha, particulars=said, seen=firm.particulars_seal, now=NOON)
    assert own_firm(cast.vera).particulars == said
    entry = AuditEntry.objects.get()
    assert entry.after["changed"][:3] == ["legal_name", "street", "postcode"]
    assert "Ring Road" not in str(entry.after)


def test_a_suspended_company_and_none_are_the_same_to_others(cast: Cast) -> None:
    house = Company.objects.get(pk=cast.asha.company_id or 0)
    house.suspended_at, house.suspended_because = NOON, "Unpaid."
    house.save()
    for asked in (house.public_id, "nothing"):
        with pytest.raises(NotThere, match="There is no such company"):
            member(cast.carl, asked)
    assert member(cast.vera, house.public_id).is_own
    assert member(cast.omar, house.public_id).profile.name == "Asha Gems"


def test_whoever_acts_for_no_company_sees_none(cast: Cast) -> None:
    house = Company.objects.get(pk=cast.asha.company_id or 0)
    with pytest.raises(NotThere):
        member(Actor(cast.carl.person_id, None, None), house.public_id)
    with pytest.raises(NotThere):
        own_firm(cast.omar)
