"""The API's table of contents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
