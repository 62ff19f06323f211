from django.apps import AppConfig


class Members(AppConfig):
    name = "bourse.members"
