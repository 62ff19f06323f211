"""Orders about saved searches."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bourse.kit.outbox import announce
from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor
from bourse.search.facts import SearchForgotten, SearchSaved
from bourse.search.filter import Filter, from_query
from bourse.search.kept_views import LONGEST_NAME, LONGEST_QUERY
from bourse.search.models import SavedSearch, SearchHit
from bourse.search.saved import MOST_SEARCHES, SavedSearchView, own_search, own_searches, saved_search
from bourse.search.states import Alert


class SearchNameMissing(Refusal):
    """A saved search has a name, by which its person finds it."""


class SearchNameTaken(Refusal):
    """Two saved searches of one person never bear one name."""

    status = 409


class SearchTooLong(Refusal):
    """What a search asks for has a limit."""


class TooManySearches(Refusal):
    """How many searches somebody saves has a limit."""

    status = 409


@transaction.atomic
def save_search(
    *, actor: Actor, name: str, query: str, alert: Alert = Alert.DAILY, now: datetime
) -> SavedSearchView:
    """What the search page shows, under a name; stones that come or change are counted from now on."""
    if own_searches(actor.person_id).count() >= MOST_SEARCHES:
        raise TooManySearches(f"You saved {MOST_SEARCHES} searches already. Delete one first.")
    search = SavedSearch(
        person_id=actor.person_id,
        company_id=actor.company_id,
        name=_named(name),
        query=_asked(query),
        alert=alert.value,
        made_at=now,
        looked_at=now,
    )
    return _kept(actor, search, now)


@transaction.atomic
def change_search(
    *, actor: Actor, search_id: str, name: str, query: str, alert: Alert, now: datetime
) -> SavedSearchView:
    """The search under this name, with this alert. One that asks for something else begins anew."""
    search = own_search(actor, search_id)
    asked = _asked(query)
    if asked != search.query:
        search.hits.all().delete()
        search.looked_at = now
    elif alert != search.alert:
        search.hits.update(is_told=True)
    search.name, search.query, search.alert = _named(name), asked, alert.value
    return _kept(actor, search, now)


@transaction.atomic
def forget_search(*, actor: Actor, search_id: str, now: datetime) -> SavedSearchView:
    """The search is saved no more; what it was."""
    was = saved_search(actor, search_id)
    search = own_search(actor, search_id)
    announce(SearchForgotten(search_id=search.pk), now=now)
    search.delete()
    return was


@transaction.atomic
def look_at_search(*, actor: Actor, search_id: str, now: datetime) -> SavedSearchView:
    """The person looks at what it found: counting begins anew. What it was before he looked."""
    was = saved_search(actor, search_id)
    search = own_search(actor, search_id)
    search.hits.filter(at__lte=now).delete()
    search.looked_at = now
    search.save(update_fields=["looked_at"])
    return was


def daily_news_told(*, person_id: int, now: datetime) -> None:
    """The person was told of all that his searches had found by now."""
    SearchHit.objects.filter(search__person_id=person_id, is_told=False, at__lte=now).update(is_told=True)


def _kept(actor: Actor, search: SavedSearch, now: datetime) -> SavedSearchView:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:
        raise SearchNameTaken("You saved a search of this name already. Choose another name.") from None
    announce(SearchSaved(search_id=search.pk), now=now)
    return saved_search(actor, search.public_id)


def _named(name: str) -> str:
    named = " ".join("".join(sign for sign in name if sign.isprintable()).split())
    if not 0 < len(named) <= LONGEST_NAME:
        raise SearchNameMissing(f"Give the search a name of at most {LONGEST_NAME} characters.")
    return named


def _asked(query: str) -> str:
    """The canonical query, from its first page on; what is not understood was told where it was typed."""
    filter: Filter = from_query(query)[0]
    asked = filter.on_page(1).to_query()
    if len(asked) > LONGEST_QUERY:
        raise SearchTooLong("This search is too long to save: choose fewer values.")
    return asked
