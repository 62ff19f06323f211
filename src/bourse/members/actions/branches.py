"""Orders about a company's places: where goods are sent to, where stock lies."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bourse.kit.refusal import NotThere, Refusal
from bourse.members.actions.owning import own_company_locked, record, refuse_stale
from bourse.members.actor import Actor
from bourse.members.models import Branch, Company
from bourse.members.profile import Place, changed, seal_of
from bourse.members.queries.firms import MOST_BRANCHES, place_of

MOST_WORDS = 20
ONLY_OWNERS = "Branches are added, changed and closed by the owners of your company."


class BranchNameMissing(Refusal):
    """A branch has a name, by which its company's people know it."""


class BranchNameTaken(Refusal):
    """Two open branches of a company are told apart by their names."""

    status = 409


class BranchHasNoUse(Refusal):
    """A branch takes deliveries, holds stock, or both."""


class AddressMissing(Refusal):
    """Goods are sent to a street in a city."""


class StockWordTaken(Refusal):
    """A word of a stock file stands for one place."""

    status = 409


class TooManyStockWords(Refusal):
    """A place is called by so many words at most."""


class TooManyBranches(Refusal):
    """A company has so many open branches at most."""

    status = 409


class BranchIsClosed(Refusal):
    """A closed branch stays as it was."""

    status = 409


@transaction.atomic
def add_branch(*, actor: Actor, place: Place, now: datetime) -> str:
    """One more place of the actor's company; its public id."""
    company = own_company_locked(actor, ONLY_OWNERS)
    if Branch.objects.filter(company=company, closed_at=None).count() >= MOST_BRANCHES:
        raise TooManyBranches(f"Your company has {MOST_BRANCHES} open branches. Close one first.")
    made = Branch(company=company, created_at=now)
    _put(made, _checked(company, place, None))
    record("add_branch", actor, company.pk, f"branch {made.public_id}", now, None, **_told(place))
    return made.public_id


@transaction.atomic
def change_branch(*, actor: Actor, branch_id: str, place: Place, seen: str, now: datetime) -> None:
    """The place as it is said now; what was sent or listed there before keeps its record."""
    company = own_company_locked(actor, ONLY_OWNERS)
    found = _open(company, branch_id)
    before = place_of(found)
    refuse_stale(seen, seal_of(before))
    place = _checked(company, place, found)
    if not (names := changed(before, place)):
        return
    _put(found, place)
    about = f"branch {found.public_id}"
    record("change_branch", actor, company.pk, about, now, _told(before), changed=names, **_told(place))


@transaction.atomic
def close_branch(*, actor: Actor, branch_id: str, now: datetime) -> None:
    """The place is used no more; it stays on record."""
    company = own_company_locked(actor, ONLY_OWNERS)
    found = _open(company, branch_id)
    found.closed_at = now
    found.save(update_fields=["closed_at"])
    record("close_branch", actor, company.pk, f"branch {found.public_id}", now, is_open=False)


def _open(company: Company, branch_id: str) -> Branch:
    found = Branch.objects.filter(company=company, public_id=branch_id).first()
    if found is None:
        raise NotThere("There is no such branch.")
    if found.closed_at is not None:
        raise BranchIsClosed("This branch is closed. Add it anew if it is used again.")
    return found


def _put(branch: Branch, place: Place) -> None:
    for name in Place.__struct_fields__:
        value = getattr(place, name)
        setattr(branch, name, list(value) if isinstance(value, tuple) else value)
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError as error:
        raise BranchNameTaken(f"Your company has an open branch called {place.name} already.") from error


def _checked(company: Company, said: Place, itself: Branch | None) -> Place:
    """The place as it is kept, without stray spaces; refused where nothing could be sent there or found."""
    words = tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in said.stock_words))))
    texts = {
        name: " ".join(value.split())
        for name in Place.__struct_fields__
        if isinstance(value := getattr(said, name), str)
    }
    place = Place(
        **texts, takes_deliveries=said.takes_deliveries, holds_stock=said.holds_stock, stock_words=words
    )
    if not place.name:
        raise BranchNameMissing("Enter a name for the branch, for example Antwerp office.")
    if not place.street or not place.city:
        raise AddressMissing("Enter the street and the city.")
    if not place.takes_deliveries and not place.holds_stock:
        raise BranchHasNoUse("Choose what the branch is for: deliveries, stock, or both.")
    if len(words) > MOST_WORDS:
        raise TooManyStockWords(f"Enter at most {MOST_WORDS} words of your stock files.")
    _refuse_words_of_others(company, words, itself)
    return place


def _refuse_words_of_others(company: Company, words: tuple[str, ...], itself: Branch | None) -> None:
    others = [one for one in Branch.objects.filter(company=company, closed_at=None) if one != itself]
    taken = {word.casefold(): one.name for one in others for word in one.stock_words}
    for word in words:
        if word.casefold() in taken:
            raise StockWordTaken(f"“{word}” stands for your branch {taken[word.casefold()]} already.")


def _told(place: Place) -> dict[str, object]:
    return {"takes_deliveries": place.takes_deliveries, "holds_stock": place.holds_stock}
