"""Registers the surface with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "svoi.jobs"
    label = "svoi_jobs"
