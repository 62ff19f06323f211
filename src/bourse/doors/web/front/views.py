"""The first page that anybody sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the exchange holds now, and the way in."""
    return render(request, "web/front/page.html", {"page": {}})
