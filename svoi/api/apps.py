"""Registers the surface with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "svoi.api"
    label = "svoi_api"
