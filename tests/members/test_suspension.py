"""The operator suspends a company for a reason, and reinstates it; both are on record."""

from collections.abc import Callable

import pytest

from bourse.kit.models import AuditEntry, Fact
from bourse.kit.refusal import NotThere
from bourse.members.actions.people import OnlyTheOperator
from bourse.members.actions.suspension import (
    NotSuspended,
    SuspendedAlready,
    SuspensionReasonMissing,
    reinstate_company,
    suspend_company,
)
from bourse.members.actor import Actor
from bourse.members.models import Company
from bourse.members.queries import actor_for, own_company
from cast import NOON, Cast

pytestmark = pytest.mark.django_db


def suspended(actor: Actor, because: str = " Unpaid invoices. ", company_id: str = "") -> object:
    number = company_id or Company.objects.get(name="Asha Gems").public_id
    return suspend_company(actor=actor, company_id=number, because=because, now=NOON)


def reinstated(actor: Actor) -> object:
    number = Company.objects.get(name="Asha Gems").public_id
    return reinstate_company(actor=actor, company_id=number, now=NOON)


def test_its_people_read_the_reason_until_it_is_back(cast: Cast) -> None:
    suspended(cast.omar)
    told = own_company(cast.asha)
    assert (told.suspended_at, told.suspended_because) == (NOON, "Unpaid invoices.")
    assert [actor_for(who.person_id, None).is_suspended for who in (cast.asha, cast.vera, cast.ben)] == [
        True,
        True,
        False,
    ]
    reinstated(cast.omar)
    assert (own_company(cast.asha).suspended_at, actor_for(cast.asha.person_id, None).may_trade) == (
        None,
        True,
    )
    assert list(Fact.objects.order_by("pk").values_list("name", flat=True)) == [
        "members.CompanySuspended",
        "members.CompanyReinstated",
    ]
    entries = AuditEntry.objects.order_by("pk").values_list("act", "person_id", "before", "after")
    assert list(entries) == [
        ("members.suspend_company", cast.omar.person_id, {"suspended": False}, {"suspended": True}),
        ("members.reinstate_company", cast.omar.person_id, {"suspended": True}, {"suspended": False}),
    ]


@pytest.mark.parametrize("who", ["asha", "vera", "ben"])
@pytest.mark.parametrize("order", [suspended, reinstated])
def test_members_suspend_nobody(cast: Cast, who: str, order: Callable[[Actor], object]) -> None:
    with pytest.raises(OnlyTheOperator):
        order(getattr(cast, who))
    assert not Company.objects.exclude(suspended_at=None).exists() and not Fact.objects.exists()


def test_a_suspension_has_its_reason_and_happens_once(cast: Cast) -> None:
    with pytest.raises(SuspensionReasonMissing):
        suspended(cast.omar, because=" ")
    with pytest.raises(NotThere):
        suspended(cast.omar, company_id="nothing")
    with pytest.raises(NotSuspended):
        reinstated(cast.omar)
    suspended(cast.omar)
    with pytest.raises(SuspendedAlready):
        suspended(cast.omar, because="Another.")
    assert Company.objects.get(name="Asha Gems").suspended_because == "Unpaid invoices."
    assert AuditEntry.objects.count() == Fact.objects.count() == 1
