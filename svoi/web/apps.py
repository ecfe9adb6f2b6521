"""Registers the surface with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "svoi.web"
    label = "svoi_web"
