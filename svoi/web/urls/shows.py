"""The show room and its sheet."""

from django.urls import path

from svoi.web.views import polls, purchases, reminders, shows

urlpatterns = [
    path("shows/<int:show_id>/", shows.room, name="show"),
    path("shows/<int:show_id>/tray", shows.tray, name="show_tray"),
    path("shows/<int:show_id>/calendar.ics", shows.calendar, name="show_calendar"),
    path("shows/<int:show_id>/reminder", reminders.reminder, name="show_reminder"),
    path("shows/<int:show_id>/poll", polls.poll, name="show_poll"),
    path("polls/<int:poll_id>/votes", polls.votes, name="poll_votes"),
    path("shows/<int:show_id>/sheet", purchases.sheet, name="show_sheet"),
    path("shows/<int:show_id>/orders", purchases.buy, name="show_orders"),
]
