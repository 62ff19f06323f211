"""A function that tells of one fact, as a listener that hears many."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from bourse.kit.outbox import AnyFact, Fact, Listener

log = structlog.get_logger()


def each(kind: type[AnyFact], tell_of: Callable[[AnyFact, datetime], None]) -> Listener:
    """The listener that tells of each fact of this kind.

    Search hears its facts in the same round: what cannot be told is logged for the operator and left, for it
    would be told again for ever and hold up the market.
    """

    def listener(facts: Sequence[Fact], now: datetime) -> None:
        for fact in facts:
            if isinstance(fact, kind):
                try:
                    with transaction.atomic():
                        tell_of(fact, now)
                except (OperationalError, InterfaceError):
                    raise  # the database is away: the round is tried again
                except Exception:
                    log.exception("not_told", fact=kind.__name__)

    return listener


def unharmed(listen: Listener) -> Listener:
    """The same listener, whose failure is logged and left: the market goes on without it."""

    def listener(facts: Sequence[Fact], now: datetime) -> None:
        try:
            with transaction.atomic():
                listen(facts, now)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the round is tried again
        except Exception:
            log.exception("not_listened", listener=listen.__name__)

    return listener
