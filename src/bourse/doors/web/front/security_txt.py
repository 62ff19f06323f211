"""Where somebody who found a hole may say so: security.txt, by RFC 9116."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bourse.kit import clock

GOOD_FOR = timedelta(days=90)  # what a running house says of itself is true today; readers ask again


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The operator's contacts and policy; there is no such file until he has set a contact."""
    if not settings.SECURITY_CONTACTS:
        raise Http404
    expires = (clock.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACTS]
    lines += [f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en"]
    lines += [f"Canonical: {settings.URL}{request.path}"]
    if settings.SECURITY_POLICY:
        lines.append(f"Policy: {settings.SECURITY_POLICY}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
