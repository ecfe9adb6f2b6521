"""What a live page asks in the background."""

from django.urls import path

from svoi.web.views import live

urlpatterns = [
    path("shows/<int:show_id>/room.json", live.room_json, name="room_json"),
    path("shows/<int:show_id>/ticket", live.ticket, name="room_ticket"),
    path("shows/<int:show_id>/danmaku", live.danmaku_json, name="danmaku"),
]
