"""The table of contents: one include per door."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("bourse.doors.api.urls")),
    path("", include("bourse.doors.web.urls")),
]

handler400 = "bourse.doors.web.errors.views.not_read"
handler403 = "bourse.doors.web.errors.views.not_accepted"
handler404 = "bourse.doors.web.errors.views.not_there"
handler500 = "bourse.doors.web.errors.views.our_fault"
