"""A Django app without tables, so that its templates, static files and words are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "svoi.ui"
    label = "svoi_ui"
