"""What changed in the API, the latest first. Nothing is taken away without its line here."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Change(NamedTuple):
    """A change that a program may notice."""

    day: str
    words: object  # in the reader's language, once they are shown


CHANGES = (
    Change("2026-11-25", _("Keys in the header Authorization, with scopes. A session still works.")),
    Change("2026-11-25", _("Every write takes an Idempotency-Key and is done once.")),
    Change("2026-11-25", _("RateLimit headers on every answer; 429 with Retry-After beyond.")),
    Change("2026-11-25", _("Refusals name each wrong field in errors, with its cure.")),
    Change(
        "2026-11-25",
        _("Unknown parameters are refused; limit, kind and format answer parameter_not_understood."),
    ),
    Change("2026-11-25", _("Uploads come in pages; every list has the header Link.")),
    Change("2026-11-25", _("The description at openapi.json, in OpenAPI 3.1.")),
)
