"""The pages for those who write programs; the house hands them the API's description."""

from django.urls import path

from bourse.doors.web.developer import views

urlpatterns = [
    path("", views.developer, name="developer"),
    path("reference/", views.calls, name="developer_reference"),
    path("requests/", views.requests, name="developer_requests"),
]
