from django.apps import AppConfig


class Market(AppConfig):
    name = "bourse.market"
