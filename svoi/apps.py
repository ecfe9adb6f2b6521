"""The one Django app that owns every table and the one line of migrations."""

from django.apps import AppConfig


class SvoiConfig(AppConfig):
    name = "svoi"
    label = "svoi"
    default_auto_field = "django.db.models.BigAutoField"
