"""Figures of the whole market for those who run the house: no company, no stone, no price."""

from django.db.models import Count

from bourse.market.models import Listing, Upload, UploadState


def live_listings() -> int:
    """How many listings are live, of all companies."""
    return Listing.objects.filter(is_live=True).count()


def uploads_by_state() -> dict[str, int]:
    """How many uploads are in each state, of all companies."""
    found = Upload.objects.values_list("state").annotate(Count("id")).order_by()
    return dict.fromkeys(UploadState.values, 0) | dict(found)
