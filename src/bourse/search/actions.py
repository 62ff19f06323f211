"""The orders of search: how a person wants his results shown."""

from collections.abc import Sequence
from datetime import datetime

from bourse.kit.refusal import Refusal
from bourse.market.actions import Done, change_planned
from bourse.market.bulk import Change, Selection
from bourse.market.queries.previews import Preview
from bourse.market.queries.previews import preview as market_preview
from bourse.members.actor import Actor
from bourse.search.models import TableColumns
from bourse.search.repricing import planned
from bourse.search.table import RESULTS, TABLES, VIEWS, Table, known, table_of


class ViewNotKnown(Refusal):
    """Results are shown as a table or as cards."""


def choose_columns(*, actor: Actor, columns: Sequence[str], now: datetime, table: str = RESULTS) -> Table:
    """The columns that the person sees from now on, in this order; none of them means the usual ones."""
    return _keep(actor, table, Table(known(columns, table), table_of(actor, table).view), now)


def choose_view(*, actor: Actor, view: str, now: datetime) -> Table:
    """Table or cards from now on."""
    if view not in VIEWS:
        raise ViewNotKnown(f"Results are shown as one of: {', '.join(VIEWS)}.")
    return _keep(actor, RESULTS, Table(table_of(actor).columns, view), now)


def forget_person(*, person_id: int) -> None:
    """What a person who was erased had chosen for his tables."""
    TableColumns.objects.filter(person_id=person_id).delete()


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
