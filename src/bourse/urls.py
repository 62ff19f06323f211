"""The table of contents: one include per door."""

from django.urls import include, path

from bourse.doors.api.urls import described

urlpatterns = [
    path("api/v1/", include("bourse.doors.api.urls")),
    path("developer/", include("bourse.doors.web.developer.urls"), {"api": described}),
    path("", include("bourse.doors.web.urls")),
]

handler400 = "bourse.doors.web.errors.views.not_read"
handler403 = "bourse.doors.web.errors.views.not_accepted"
handler404 = "bourse.doors.web.errors.views.not_there"
handler500 = "bourse.doors.web.errors.views.our_fault"
