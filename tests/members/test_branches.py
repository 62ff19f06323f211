"""A company's places."""

import msgspec
import pytest

from bourse.kit.models import AuditEntry
from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions import OnlyOwners
from bourse.members.actions.branches import (
    AddressMissing,
    BranchHasNoUse,
    BranchIsClosed,
    BranchNameMissing,
    BranchNameTaken,
    StockWordTaken,
    add_branch,
    change_branch,
    close_branch,
)
from bourse.members.actions.owning import FormOutOfDate
from bourse.members.actor import Actor
from bourse.members.models import Branch
from bourse.members.profile import Place
from bourse.members.queries.firms import StockPlace, branch, branches, stock_places
from cast import NOON, Cast

ANTWERP = Place(
    "Antwerp office",
    "Hoveniersstraat 2",
    "Antwerp",
    country="BE",
    contact="Nia",
    telephone="+32",
    stock_words=("ANT", " Antwerp  safe "),
)


def add(actor: Actor, place: Place = ANTWERP) -> str:
    return add_branch(actor=actor, place=place, now=NOON)


def test_an_owner_adds_a_branch_and_everybody_of_the_company_sees_it(cast: Cast) -> None:
    made = add(cast.asha)
    kept = msgspec.structs.replace(ANTWERP, stock_words=("ANT", "Antwerp safe"))
    assert branch(cast.vera, made).place == kept
    assert stock_places(cast.tara) == [StockPlace(made, "Antwerp office", ("ANT", "Antwerp safe", "Antwerp"))]
    assert branches(cast.carl) == [] and stock_places(cast.carl) == []
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.about) == ("members.add_branch", f"branch {made}")
    assert "Nia" not in str(entry.after)


def test_a_branch_is_changed_by_who_has_seen_it(cast: Cast) -> None:
    made = add(cast.asha)
    seen = branch(cast.asha, made).seal
    moved = msgspec.structs.replace(ANTWERP, street="Schupstraat 9", holds_stock=False)
    change_branch(actor=cast.asha, branch_id=made, place=moved, seen=seen, now=NOON)
    assert branch(cast.asha, made).place.street == "Schupstraat 9" and stock_places(cast.asha) == []
    with pytest.raises(FormOutOfDate):
        change_branch(actor=cast.asha, branch_id=made, place=ANTWERP, seen=seen, now=NOON)
    assert branch(cast.asha, made).place.street == "Schupstraat 9"


def test_a_closed_branch_stays_and_its_name_is_free(cast: Cast) -> None:
    made = add(cast.asha)
    close_branch(actor=cast.asha, branch_id=made, now=NOON)
    assert branches(cast.asha) == [] and stock_places(cast.asha) == []
    assert [one.closed_at for one in branches(cast.asha, closed=True)] == [NOON]
    with pytest.raises(BranchIsClosed):
        close_branch(actor=cast.asha, branch_id=made, now=NOON)
    assert add(cast.asha) != made


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, BranchNameMissing),
        ({"name": "antwerp OFFICE", "stock_words": ()}, BranchNameTaken),
        ({"name": "Two", "street": ""}, AddressMissing),
        ({"name": "Two", "takes_deliveries": False, "holds_stock": False}, BranchHasNoUse),
        ({"name": "Two", "stock_words": ("ant",)}, StockWordTaken),
    ],
)
def test_a_branch_that_cannot_be_is_refused(
    cast: Cast, wrong: dict[str, object], refusal: type[Refusal]
) -> None:
    add(cast.asha)
    with pytest.raises(refusal):
        add(cast.asha, msgspec.structs.replace(ANTWERP, **wrong))
    assert Branch.objects.count() == 1 and AuditEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["tara", "vera"])
def test_only_owners_keep_branches(cast: Cast, who: str) -> None:
    made, actor = add(cast.asha), getattr(cast, who)
    seen = branch(actor, made)
    with pytest.raises(OnlyOwners):
        add(actor, Place("Two", "Street", "City"))
    with pytest.raises(OnlyOwners):
        change_branch(actor=actor, branch_id=made, place=Place("X"), seen=seen.seal, now=NOON)
    with pytest.raises(OnlyOwners):
        close_branch(actor=actor, branch_id=made, now=NOON)
    assert branches(actor) == [seen]


def test_another_companys_branch_is_not_there(cast: Cast) -> None:
    made = add(cast.asha)
    for order in (
        lambda: branch(cast.carl, made),
        lambda: close_branch(actor=cast.carl, branch_id=made, now=NOON),
        lambda: change_branch(actor=cast.carl, branch_id=made, place=ANTWERP, seen="", now=NOON),
    ):
        with pytest.raises(NotThere, match="There is no such branch"):
            order()
    assert Branch.objects.get().closed_at is None
