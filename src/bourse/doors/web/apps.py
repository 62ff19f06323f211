from django.apps import AppConfig


class Web(AppConfig):
    name = "bourse.doors.web"
