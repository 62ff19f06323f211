"""Who acts for a company: invited, come in, given a role, taken out, put in the owner's place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import AlreadyAMember, EmailNotValid, NameMissing, OnlyOwners, make_key
from bourse.members.actions.colleagues import (
    InvitationIsOver,
    InvitedAlready,
    InvitedTooOften,
    NotToYourself,
    change_role,
    hand_company_over,
    invite,
    leave_company,
    remove_person,
    send_invitation_again,
    withdraw_invitation,
)
from bourse.members.actions.invitations import (
    HasAnAccount,
    InvitationForAnother,
    InvitationTooOld,
    InvitationUsed,
    InvitationWithdrawn,
    come_in,
    join,
)
from bourse.members.actions.owning import LastOwner
from bourse.members.actor import Actor, Role, Scope
from bourse.members.models import ApiKey, Company, Invitation, Membership, Person, SignIn
from bourse.members.queries import actor_for
from bourse.members.queries.colleagues import colleagues
from bourse.members.queries.invitations import invitation, mail_of_invitation
from bourse.members.secrets import derived_secret
from cast import NOON, Cast

PASSWORD = "correct-horse-battery-staple"
LATE = NOON + timedelta(hours=72)


def wanted(actor: Actor, email: str = "nia@bourse.example", role: Role = Role.TRADER) -> Invitation:
    house = Company.objects.get(pk=actor.company_id or 0).public_id
    return invite(actor=actor, company_id=house, email=email, name="Nia", role=role, now=NOON)


def secret_of(made: Invitation) -> str:
    return derived_secret("invitation", made.public_id)


def enter(made: Invitation, **given: object) -> Person:
    said: dict[str, object] = {"name": "Nia", "password": PASSWORD, "now": NOON}
    return come_in(secret=secret_of(made), **(said | given))  # type: ignore[arg-type]


def named(actor: Actor) -> str:
    return Person.objects.get(pk=actor.person_id).public_id


def role_of(actor: Actor) -> str | None:
    return Membership.objects.filter(person_id=actor.person_id).values_list("role", flat=True).first()


def test_somebody_new_comes_in_by_his_invitation(cast: Cast) -> None:
    made = wanted(cast.asha, " Nia@Bourse.example")
    told = mail_of_invitation(made.pk, now=NOON)
    assert told is not None and (told.secret, told.company, told.invited_by) == (
        secret_of(made),
        "Asha Gems",
        "Asha",
    )
    nia = enter(made)
    assert (nia.email, nia.email_verified_at, nia.check_password(PASSWORD)) == (
        "nia@bourse.example",
        NOON,
        True,
    )
    assert actor_for(nia.pk, None) == Actor(nia.pk, cast.asha.company_id, Role.TRADER)
    assert [fact.name for fact in Fact.objects.order_by("id")] == [
        "members.ColleagueInvited",
        "members.PersonJoined",
    ]
    assert [entry.act for entry in AuditEntry.objects.order_by("id")] == ["members.invite", "members.join"]


def test_somebody_without_a_password_can_come_in_to_add_a_passkey(cast: Cast) -> None:
    assert not enter(wanted(cast.asha), password=None).has_usable_password()


def test_somebody_who_signs_in_already_joins_beside_his_company(cast: Cast) -> None:
    ben = Person.objects.get(pk=cast.ben.person_id)
    ben.set_password(PASSWORD)
    ben.save()
    made = wanted(cast.asha, ben.email, Role.VIEWER)
    with pytest.raises(HasAnAccount):
        enter(made)
    house = join(actor=cast.ben, secret=secret_of(made), now=NOON)
    assert actor_for(ben.pk, house).role is Role.VIEWER
    assert actor_for(ben.pk, None).company_id == cast.ben.company_id


@pytest.mark.parametrize(
    ("state", "refusal", "sentence"),
    [
        ({"withdrawn_at": NOON}, InvitationWithdrawn, "withdrawn"),
        ({"expires_at": NOON}, InvitationTooOld, "older than 72 hours"),
    ],
)
def test_a_link_that_is_over_says_why(
    cast: Cast, state: dict[str, object], refusal: type[Refusal], sentence: str
) -> None:
    made = wanted(cast.asha)
    Invitation.objects.update(**state)
    with pytest.raises(refusal, match=sentence):
        enter(made)
    with pytest.raises(refusal, match=sentence):
        join(actor=cast.ben, secret=secret_of(made), now=NOON)
    assert mail_of_invitation(made.pk, now=NOON) is None
    assert not Person.objects.filter(email="nia@bourse.example").exists()


def test_a_link_is_good_once_and_for_72_hours(cast: Cast) -> None:
    made = wanted(cast.asha)
    assert made.expires_at == LATE
    enter(made, now=LATE - timedelta(seconds=1))
    with pytest.raises(InvitationUsed):
        enter(made)
    assert Membership.objects.filter(company_id=cast.asha.company_id or 0).count() == 4


def test_a_link_is_for_its_address_alone_and_a_guess_is_not_there(cast: Cast) -> None:
    made = wanted(cast.asha)
    with pytest.raises(InvitationForAnother):
        join(actor=cast.carl, secret=secret_of(made), now=NOON)
    with pytest.raises(NotThere):
        come_in(secret="x" * 43, name="Nia", password=PASSWORD, now=NOON)
    assert role_of(cast.carl) == "owner" and Membership.objects.count() == 6
    assert invitation(secret_of(made), now=NOON).state == "good"


def test_sent_again_the_earlier_link_ends_and_withdrawn_all_do(cast: Cast) -> None:
    first = wanted(cast.asha)
    second = send_invitation_again(actor=cast.asha, invitation_id=first.public_id, now=NOON)
    with pytest.raises(InvitationWithdrawn):
        enter(first)
    withdraw_invitation(actor=cast.asha, invitation_id=second.public_id, now=NOON)
    with pytest.raises(InvitationWithdrawn):
        enter(second)
    with pytest.raises(InvitationIsOver):
        withdraw_invitation(actor=cast.asha, invitation_id=second.public_id, now=NOON)
    assert colleagues(cast.asha, now=NOON).invited == []


def test_one_address_is_sent_three_invitations_an_hour(cast: Cast) -> None:
    made = wanted(cast.asha)
    for minutes in (10, 20):
        later = NOON + timedelta(minutes=minutes)
        made = send_invitation_again(actor=cast.asha, invitation_id=made.public_id, now=later)
    facts = Fact.objects.count()
    with pytest.raises(InvitedTooOften) as refused:
        send_invitation_again(actor=cast.asha, invitation_id=made.public_id, now=NOON + timedelta(minutes=59))
    assert (refused.value.status, refused.value.retry_after_s) == (429, 60)
    made.refresh_from_db()
    assert (made.withdrawn_at, Invitation.objects.count(), Fact.objects.count()) == (None, 3, facts)
    withdraw_invitation(actor=cast.asha, invitation_id=made.public_id, now=NOON)
    with pytest.raises(InvitedTooOften):
        wanted(cast.asha)  # nor by another way
    wanted(cast.asha, email="noa@bourse.example")  # another address waits for nobody
    again = NOON + timedelta(hours=1)
    house = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    invite(
        actor=cast.asha,
        company_id=house,
        email="nia@bourse.example",
        name="Nia",
        role=Role.TRADER,
        now=again,
    )
    assert Invitation.objects.filter(email="nia@bourse.example").count() == 4


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"email": "nobody"}, EmailNotValid),
        ({"email": "tara@bourse.example"}, AlreadyAMember),
        ({"name": " "}, NameMissing),
        ({"email": "nia@bourse.example"}, InvitedAlready),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    cast: Cast, said: dict[str, object], refusal: type[Refusal]
) -> None:
    wanted(cast.asha)
    house = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    given = {"email": "new@bourse.example", "name": "New", "role": Role.TRADER} | said
    with pytest.raises(refusal):
        invite(actor=cast.asha, company_id=house, now=NOON, **given)  # type: ignore[arg-type]
    assert Invitation.objects.count() == 1 and Fact.objects.count() == 1


@pytest.mark.parametrize("who", ["tara", "vera", "carl", "key"])
def test_only_owners_in_person_lead(cast: Cast, who: str) -> None:
    made, tara = wanted(cast.asha), named(cast.tara)
    house = Company.objects.get(pk=cast.asha.company_id or 0).public_id
    key = Actor(cast.asha.person_id, cast.asha.company_id, Role.OWNER, key_id=1)
    actor: Actor = key if who == "key" else getattr(cast, who)
    orders: list[Callable[[], object]] = [
        lambda: change_role(actor=actor, person_id=tara, role=Role.OWNER, now=NOON),
        lambda: remove_person(actor=actor, person_id=tara, now=NOON),
        lambda: hand_company_over(actor=actor, person_id=tara, now=NOON),
        lambda: withdraw_invitation(actor=actor, invitation_id=made.public_id, now=NOON),
        lambda: send_invitation_again(actor=actor, invitation_id=made.public_id, now=NOON),
        lambda: invite(
            actor=actor, company_id=house, email="x@x.example", name="X", role=Role.OWNER, now=NOON
        ),
    ]
    for order in orders:
        with pytest.raises(NotThere if who == "carl" else OnlyOwners):
            order()
    assert (role_of(cast.tara), Invitation.objects.count(), Fact.objects.count()) == ("trader", 1, 1)


def test_a_role_is_changed_and_holds_at_once(cast: Cast) -> None:
    change_role(actor=cast.asha, person_id=named(cast.vera), role=Role.TRADER, now=NOON)
    assert actor_for(cast.vera.person_id, None).may_trade
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"role": "viewer"}, {"role": "trader"})
    assert Fact.objects.get().body == {
        "person_id": cast.vera.person_id,
        "company_id": cast.asha.company_id,
        "role": "trader",
        "by_id": cast.asha.person_id,
        "at": "2026-11-24T12:00:00+00:00",
    }


def test_the_last_owner_stays_an_owner(cast: Cast) -> None:
    orders: list[Callable[[], object]] = [
        lambda: change_role(actor=cast.asha, person_id=named(cast.asha), role=Role.VIEWER, now=NOON),
        lambda: remove_person(actor=cast.asha, person_id=named(cast.asha), now=NOON),
        lambda: leave_company(actor=cast.asha, now=NOON),
    ]
    for order in orders:
        with pytest.raises(LastOwner, match="only owner of Asha Gems"):
            order()
    assert role_of(cast.asha) == "owner" and not Fact.objects.exists()


def test_a_company_is_handed_over_and_then_left(cast: Cast) -> None:
    wanted(cast.asha, "friend@bourse.example", Role.OWNER)
    hand_company_over(actor=cast.asha, person_id=named(cast.tara), now=NOON)
    assert (role_of(cast.asha), role_of(cast.tara)) == ("trader", "owner")
    assert Invitation.objects.get().withdrawn_at == NOON
    leave_company(actor=actor_for(cast.asha.person_id, None), now=NOON)
    assert role_of(cast.asha) is None
    with pytest.raises(NotToYourself):
        owner = actor_for(cast.tara.person_id, None)
        hand_company_over(actor=owner, person_id=named(cast.tara), now=NOON)


def test_whoever_is_removed_is_out_at_once_with_his_keys(cast: Cast) -> None:
    change_role(actor=cast.asha, person_id=named(cast.tara), role=Role.OWNER, now=NOON)
    tara = actor_for(cast.tara.person_id, None)
    make_key(actor=tara, name="Feed", scopes=[Scope.READ_SEARCH], expires_at=None, now=NOON)
    wanted(tara)
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=LATE)
    SignIn.objects.create(
        person_id=tara.person_id, session_key="s" * 32, how="password", started_at=NOON, seen_at=NOON
    )
    remove_person(actor=cast.asha, person_id=named(tara), now=NOON)
    assert actor_for(tara.person_id, None).company_id is None
    assert not Session.objects.exists() and not SignIn.objects.exists()
    assert ApiKey.objects.get().revoked_at == NOON and Invitation.objects.get().withdrawn_at == NOON
    assert AuditEntry.objects.order_by("id").last().after == {"keys_revoked": 1}  # type: ignore[union-attr]


def test_people_of_the_company_see_each_other_and_owners_see_more(cast: Cast) -> None:
    wanted(cast.asha)
    Person.objects.filter(pk=cast.vera.person_id).update(last_login=NOON)
    seen = colleagues(cast.asha, now=NOON)
    assert [(one.name, one.role.value, one.last_sign_in, one.is_me) for one in seen.people] == [
        ("Asha", "owner", None, True),
        ("Tara", "trader", None, False),
        ("Vera", "viewer", NOON, False),
    ]
    assert [one.email for one in seen.invited] == ["nia@bourse.example"]
    plain = colleagues(cast.tara, now=NOON)
    assert plain.invited == [] and not plain.may_change
    assert [one.last_sign_in for one in plain.people] == [None] * 3
    with pytest.raises(NotThere):
        colleagues(cast.omar, now=NOON)
