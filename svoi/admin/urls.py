"""The operators' addresses: one list and one page for each table."""

from django.urls import path

from svoi.admin.tables import SITE

urlpatterns = [path("", SITE.urls)]
