"""The table of contents: one include per door."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("bourse.doors.api.urls")),
    path("", include("bourse.doors.web.urls")),
]
