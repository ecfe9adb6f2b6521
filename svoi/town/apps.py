"""Registers the town with Django, for its command."""

from django.apps import AppConfig


class TownConfig(AppConfig):
    name = "svoi.town"
    label = "svoi_town"
