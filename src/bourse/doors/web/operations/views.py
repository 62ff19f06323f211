"""How the house fares, and a failed job tried again: the operator's page at three in the morning."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bourse.doors.web.operations import mail, page
from bourse.doors.web.who import MemberRequest, for_operators, sent_only
from bourse.kit import clock
from bourse.notices.queries.outgoing import outgoing_mail
from bourse.upkeep import actions, queries


@require_http_methods(["GET"])
@never_cache
@for_operators
def house(request: MemberRequest) -> HttpResponse:
    """Every process, the queue, the delays, the disk, the last backup and what went wrong."""
    now = clock.now()
    found = queries.house(request.actor, now)
    shown = page.of(found, now) | {"mail": mail.of(outgoing_mail(request.actor), now)}
    return render(request, "web/operations/house.html", shown)


@sent_only("operations")
@for_operators
def try_again(request: MemberRequest) -> HttpResponse:
    """A failed job back into the queue."""
    number = page.number_of(request.POST.get("job", ""))
    actions.try_job_again(actor=request.actor, number=number, now=clock.now())
    messages.success(request, gettext("Job %(number)s waits to be tried again.") % {"number": number})
    return redirect("operations")
