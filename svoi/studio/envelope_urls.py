"""Envelopes in the studio: one for the room from the console, and what a community allows."""

from django.urls import path

from svoi.studio.views import envelopes

urlpatterns = [
    path("shows/<int:show_id>/envelopes", envelopes.envelopes, name="studio_envelopes"),
    path("<slug:slug>/envelopes", envelopes.limits, name="studio_limits"),
]
