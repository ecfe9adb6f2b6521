"""Honest counting in the studio: rules with their switches, searches, and found groups."""

from django.urls import path

from svoi.studio.views import counting

urlpatterns = [
    path("honest-count/", counting.home, name="studio_count"),
    path("honest-count/modes", counting.modes, name="studio_count_modes"),
    path("honest-count/groups/<int:group_id>/", counting.group, name="studio_group"),
    path("honest-count/groups/<int:group_id>/verdicts", counting.verdicts, name="studio_group_verdicts"),
]
