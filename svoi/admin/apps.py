"""Registers the surface with Django, and every table with the site once all rooms are there."""

from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "svoi.admin"
    label = "svoi_admin"

    def ready(self) -> None:
        from svoi.admin.tables import lay_out  # noqa: PLC0415 - tables can be named only after all of them are loaded

        lay_out()
