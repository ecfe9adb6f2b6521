"""Registers the surface with Django."""

from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "svoi.studio"
    label = "svoi_studio"
