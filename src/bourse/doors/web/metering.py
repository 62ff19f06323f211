"""How many requests of each kind came and how long they took, over all web processes.

Each process counts in a file of its own in the data folder, which the metrics process adds up: counting takes
no lock and no table. The labels are the routes of our own table, so a stranger cannot make more of them.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

BUCKETS_S = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)  # few: each is a series of every route
REQUESTS = Counter("bourse_http_requests", "Requests answered, by route and status.", ["route", "status"])
SECONDS = Histogram(
    "bourse_http_request_duration_seconds", "Seconds to an answer, by route.", ["route"], buckets=BUCKETS_S
)
NO_ROUTE = "none"  # static files, and addresses that lead nowhere


def metered(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each request and its time."""

    def counted(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = answer(request)
        match = request.resolver_match
        route = match.route or "/" if match and not match.route.startswith("<path:") else NO_ROUTE
        SECONDS.labels(route).observe(time.perf_counter() - began)
        REQUESTS.labels(route, str(response.status_code)).inc()
        return response

    return counted
