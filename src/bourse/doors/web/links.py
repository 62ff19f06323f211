"""What was found at a link of an own listing, as a sentence."""

from django.utils.translation import gettext, ngettext

from bourse.doors.web import figures
from bourse.doors.web.sentences import said
from bourse.market.queries import LinkView


def found_at(link: LinkView) -> str:
    """What was found at the link, and when; why nothing, and since when."""
    if link.checked_at is None:
        return said(link.why) or gettext("Nobody has looked yet.")
    when = {"day": figures.day(link.checked_at)}
    if link.failing_since is None:
        seen = gettext("There on %(day)s.") if not link.why else gettext("Looked at on %(day)s.")
        return " ".join(filter(None, (said(link.why), seen % when)))
    told = when | {"times": figures.count(link.failures), "since": figures.day(link.failing_since)}
    again = ngettext(
        "Looked at once, on %(day)s.",
        "Looked at %(times)s times since %(since)s, last on %(day)s.",
        link.failures,
    )
    return f"{said(link.why)} {again % told}"
