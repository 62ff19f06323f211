from django.apps import AppConfig


class Kit(AppConfig):
    name = "bourse.kit"
