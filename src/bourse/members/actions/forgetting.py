"""What is not kept for good: applications that came to nothing."""

from datetime import datetime, timedelta

from django.db import transaction

from bourse.kit import audit
from bourse.members.models import Application, ScreeningHit
from bourse.members.queries import limits

CAME_TO_NOTHING = ("declined", "withdrawn")
MOST_AT_ONCE = 500


@transaction.atomic
def forget_declined(*, now: datetime) -> int:
    """Applications declined or withdrawn longer ago than the operator keeps them, gone; how many.

    With each go its documents, its record and the names that were found on lists. The audit keeps its number.
    """
    until = now - timedelta(days=limits().declined_days)
    over = Application.objects.filter(state__in=CAME_TO_NOTHING, changed_at__lte=until)
    gone = list(over.order_by("changed_at").select_for_update().values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not gone:
        return 0
    ScreeningHit.objects.filter(application_id__in=gone).delete()
    Application.objects.filter(pk__in=gone).delete()
    audit.record(
        "members.forget_declined",
        person_id=None,
        company_id=None,
        about="applications",
        after={"forgotten": len(gone)},
        now=now,
    )
    return len(gone)
