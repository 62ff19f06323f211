"""The drawing of a stone as a picture of its own, for cards and for whoever links to it."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from bourse.doors.web import stones, words
from bourse.doors.web.proportions import picture, proportions_of
from bourse.doors.web.who import actor_of
from bourse.kit.refusal import NotThere
from bourse.market import queries

KEPT = "private, max-age=86400"


@require_safe
def drawing(request: HttpRequest, listing_id: str) -> HttpResponse:
    """The stone from above as SVG, as far as the asker may see its claims; kept until the listing changes."""
    view = queries.listing(actor_of(request), listing_id)
    drawn = picture(proportions_of(view.claims, words.mark(stones.text_of(view.claims, "shape"))))
    if drawn is None:
        raise NotThere
    # By what is drawn: the listing's version would tell others of changes that are hidden from them.
    mark = f'"{sha256(drawn.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark, "Cache-Control": KEPT})
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"ETag": mark, "Cache-Control": KEPT, "Vary": "Cookie"}
    )
