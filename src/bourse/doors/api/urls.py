"""The API's table of contents; its description at openapi.json, and docs/api.md, name each line."""

from functools import cache
from typing import Any

from django.urls import path

from bourse.doors.api import (
    description,
    files,
    layouts,
    listings,
    media,
    notices,
    searching,
    stock,
    uploads,
    webhooks,
)
from bourse.doors.api.endpoint import endpoint

addresses = [
    path("uploads", endpoint(GET=uploads.history, POST=uploads.start)),
    path("uploads/<str:upload_id>", endpoint(GET=uploads.show)),
    path("uploads/<str:upload_id>/abandon", endpoint(POST=uploads.abandon)),
    path("uploads/<str:upload_id>/answers", endpoint(POST=uploads.answer)),
    path("uploads/<str:upload_id>/corrections", endpoint(POST=uploads.correct)),
    path("uploads/<str:upload_id>/refused", endpoint(GET=uploads.refused)),
    path("uploads/<str:upload_id>/difference", endpoint(GET=uploads.difference)),
    path("uploads/<str:upload_id>/confirm", endpoint(POST=uploads.confirm)),
    path("uploads/<str:upload_id>/restore", endpoint(POST=uploads.restore)),
    path("uploads/<str:upload_id>/changes", endpoint(GET=uploads.changes)),
    path("layouts", endpoint(GET=layouts.layouts)),
    path("layouts/<str:layout>", endpoint(PATCH=layouts.change, DELETE=layouts.forget)),
    path("template.csv", endpoint(GET=files.template_csv)),
    path("template.xlsx", endpoint(GET=files.template_xlsx)),
    path("schema", endpoint(GET=files.schema)),
    path("stock.csv", endpoint(GET=files.stock_csv)),
    path("stock.xlsx", endpoint(GET=files.stock_xlsx)),
    path("listings", endpoint(GET=stock.stock)),
    path("listings/preview", endpoint(POST=stock.preview)),
    path("listings/change", endpoint(POST=stock.change)),
    path("listings/undo", endpoint(POST=stock.undo)),
    path("listings/keep-alive", endpoint(POST=stock.keep_alive)),
    path(
        "listings/<str:listing_id>",
        endpoint(GET=listings.show, PATCH=listings.change, DELETE=listings.withdraw),
    ),
    path("listings/<str:listing_id>/position", endpoint(GET=stock.position)),
    path("listings/<str:listing_id>/simulation", endpoint(GET=stock.simulate)),
    path("listings/<str:listing_id>/media", endpoint(GET=media.kept, POST=media.add)),
    path("listings/<str:listing_id>/films", endpoint(POST=media.add_film)),
    path("listings/<str:listing_id>/media/<str:media_id>", endpoint(GET=media.show, DELETE=media.remove)),
    path("search", endpoint(GET=searching.search)),
    path("notices", endpoint(GET=notices.inbox)),
    path("notices/triage", endpoint(POST=notices.triage)),
    path("notices/choices", endpoint(GET=notices.choices, PATCH=notices.choose)),
    path("webhooks", endpoint(GET=webhooks.webhooks, POST=webhooks.add)),
    path(
        "webhooks/<str:webhook_id>",
        endpoint(GET=webhooks.show, PATCH=webhooks.change, DELETE=webhooks.remove),
    ),
    path("webhooks/<str:webhook_id>/secret", endpoint(POST=webhooks.rotate)),
    path("webhooks/<str:webhook_id>/enable", endpoint(POST=webhooks.enable)),
    path("webhooks/<str:webhook_id>/test", endpoint(POST=webhooks.test)),
    path("webhooks/<str:webhook_id>/deliveries", endpoint(GET=webhooks.deliveries)),
    path("webhooks/<str:webhook_id>/deliveries/<str:delivery_id>", endpoint(POST=webhooks.replay)),
]


@cache
def described() -> dict[str, Any]:
    """The description of all these addresses as OpenAPI 3.1."""
    return description.document(addresses)


urlpatterns = [
    *addresses,
    path("openapi.json", description.described(described), name="openapi"),
    path("", endpoint()),
    path("<path:rest>", endpoint()),
]
