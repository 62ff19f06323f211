"""The orders of search: how a person wants rows shown, which views he keeps, which searches he saves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from bourse.kit.refusal import NotThere, Refusal
from bourse.market.actions import Done, change_planned
from bourse.market.bulk import Change, Selection
from bourse.market.queries.previews import Preview
from bourse.market.queries.previews import preview as market_preview
from bourse.members.actor import Actor
from bourse.search.actions.saving import (
    SearchNameMissing,
    SearchNameTaken,
    SearchTooLong,
    TooManySearches,
    change_search,
    daily_news_told,
    forget_search,
    look_at_search,
    save_search,
)
from bourse.search.kept_views import LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS, KeptView, kept_view, own_views
from bourse.search.models import SavedSearch, StockView, TableColumns
from bourse.search.repricing import planned
from bourse.search.table import RESULTS, TABLES, VIEWS, Table, known, table_of

__all__ = [
    "SearchNameMissing",
    "SearchNameTaken",
    "SearchTooLong",
    "TooManySearches",
    "TooManyViews",
    "ViewNameMissing",
    "ViewNameTaken",
    "ViewNotKnown",
    "ViewTooLong",
    "change_search",
    "change_stock",
    "choose_columns",
    "choose_view",
    "daily_news_told",
    "forget_person",
    "forget_search",
    "keep_view",
    "look_at_search",
    "preview",
    "remove_view",
    "rename_view",
    "save_search",
]

TAKEN = "You keep a view of this name already. Choose another name."


class ViewNotKnown(Refusal):
    """Results are shown as a table or as cards."""


class ViewNameMissing(Refusal):
    """A view has a name, by which its person finds it."""


class ViewNameTaken(Refusal):
    """Two views of one person never bear one name."""

    status = 409


class ViewTooLong(Refusal):
    """What a view filters by has a limit."""


class TooManyViews(Refusal):
    """How many views somebody keeps has a limit."""

    status = 409


def choose_columns(*, actor: Actor, columns: Sequence[str], now: datetime, table: str = RESULTS) -> Table:
    """The columns that the person sees from now on, in this order; none of them means the usual ones."""
    return _keep(actor, table, Table(known(columns, table), table_of(actor, table).view), now)


def choose_view(*, actor: Actor, view: str, now: datetime) -> Table:
    """Table or cards from now on."""
    if view not in VIEWS:
        raise ViewNotKnown(f"Results are shown as one of: {', '.join(VIEWS)}.")
    return _keep(actor, RESULTS, Table(table_of(actor).columns, view), now)


def forget_person(*, person_id: int) -> None:
    """What a person who was erased had chosen for his tables, the views he kept, the searches he saved."""
    SavedSearch.objects.filter(person_id=person_id).delete()
    StockView.objects.filter(person_id=person_id).delete()
    TableColumns.objects.filter(person_id=person_id).delete()


def keep_view(*, actor: Actor, name: str, query: str, now: datetime) -> KeptView:
    """What the table of own stock shows, under a name, for the person alone."""
    if actor.company_id is None:
        raise NotThere
    named = _named(name)
    if len(query) > LONGEST_QUERY:
        raise ViewTooLong("These filters are too long to keep: choose fewer values.")
    if own_views(actor).count() >= MOST_VIEWS:
        raise TooManyViews(f"You keep {MOST_VIEWS} views already. Delete one first.")
    made, is_new = StockView.objects.get_or_create(
        person_id=actor.person_id,
        company_id=actor.company_id,
        name=named,
        defaults={"query": query, "made_at": now},
    )
    if not is_new:
        raise ViewNameTaken(TAKEN)
    return kept_view(actor, made.public_id)


def rename_view(*, actor: Actor, view_id: str, name: str) -> KeptView:
    """The view under another name."""
    kept_view(actor, view_id)
    named = _named(name)
    try:
        with transaction.atomic():
            own_views(actor).filter(public_id=view_id).update(name=named)
    except IntegrityError:
        raise ViewNameTaken(TAKEN) from None
    return kept_view(actor, view_id)


def remove_view(*, actor: Actor, view_id: str) -> KeptView:
    """The view is kept no more; what it was."""
    was = kept_view(actor, view_id)
    own_views(actor).filter(public_id=view_id).delete()
    return was


def _named(name: str) -> str:
    named = " ".join("".join(sign for sign in name if sign.isprintable()).split())
    if not 0 < len(named) <= LONGEST_NAME:
        raise ViewNameMissing(f"Give the view a name of at most {LONGEST_NAME} characters.")
    return named


def preview(*, actor: Actor, selection: Selection, change: Change) -> Preview:
    """What a change of many own listings would do; where it names a rank, at the asks of this moment."""
    return market_preview(actor, selection, planned(actor, selection, change))


def change_stock(
    *, actor: Actor, selection: Selection, change: Change, fingerprint: str, now: datetime
) -> Done:
    """What the preview with this fingerprint told, done by the market's order."""
    return change_planned(
        actor=actor,
        selection=selection,
        change=planned(actor, selection, change),
        fingerprint=fingerprint,
        now=now,
    )


def _keep(actor: Actor, table: str, chosen: Table, now: datetime) -> Table:
    if chosen == Table(TABLES[table].usual):
        TableColumns.objects.filter(person_id=actor.person_id, table=table).delete()
        return chosen
    TableColumns.objects.update_or_create(
        person_id=actor.person_id,
        table=table,
        defaults={"columns": list(chosen.columns), "view": chosen.view, "changed_at": now},
    )
    return chosen
