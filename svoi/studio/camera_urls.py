"""The browser studio: a show's camera is a page."""

from django.urls import path

from svoi.studio.views import camera

urlpatterns = [
    path("", camera.camera, name="studio_camera"),
    path("/ticket", camera.ticket, name="studio_camera_ticket"),
    path("/air", camera.air, name="studio_camera_air"),
    path("/hold", camera.hold, name="studio_camera_hold"),
    path("/start", camera.start, name="studio_camera_start"),
    path("/end", camera.end, name="studio_camera_end"),
]
