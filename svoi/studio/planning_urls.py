"""The calendar of a community: plans, series, the house they are made in, and who works when."""

from django.urls import path

from svoi.studio.views import planning, planning_feed, planning_house, planning_series, planning_slots

urlpatterns = [
    path("shifts/", planning_feed.mine, name="studio_my_shifts"),
    path("shifts/address", planning_feed.address, name="studio_feed_address"),
    path("shifts/steps/<int:step_id>", planning_feed.step, name="studio_step_done"),
    path("calendar/<str:token>.ics", planning_feed.feed, name="studio_feed"),
    path("<slug:slug>/calendar", planning.calendar, name="studio_calendar"),
    path("<slug:slug>/calendar/shifts", planning.shifts, name="studio_shifts"),
    path("<slug:slug>/calendar/shows", planning.new, name="studio_slots"),
    path("<slug:slug>/calendar/unplaced/<int:show_id>", planning.place_announced, name="studio_unplaced"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/", planning_slots.slot, name="studio_slot"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/check", planning_slots.check, name="studio_slot_check"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/place", planning_slots.place, name="studio_slot_place"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/approval", planning_slots.approval, name="studio_slot_approval"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/removal", planning_slots.removal, name="studio_slot_removal"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/copies", planning_slots.copies, name="studio_slot_copies"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/template", planning_slots.template, name="studio_slot_template"),
    path("<slug:slug>/calendar/shows/<int:slot_id>/shifts", planning_slots.shifts, name="studio_slot_shifts"),
    path(
        "<slug:slug>/calendar/shows/<int:slot_id>/shifts/<int:shift_id>/removal",
        planning_slots.shift_removal,
        name="studio_shift_removal",
    ),
    path("<slug:slug>/calendar/shows/<int:slot_id>/samples", planning_slots.samples, name="studio_slot_samples"),
    path("<slug:slug>/calendar/series/", planning_series.listing, name="studio_series_all"),
    path("<slug:slug>/calendar/series/<int:series_id>/", planning_series.series, name="studio_series"),
    path("<slug:slug>/calendar/series/<int:series_id>/shows", planning_series.shows, name="studio_series_shows"),
    path("<slug:slug>/calendar/series/<int:series_id>/skips", planning_series.skips, name="studio_series_skips"),
    path("<slug:slug>/calendar/series/<int:series_id>/end", planning_series.end, name="studio_series_end"),
    path("<slug:slug>/calendar/house", planning_house.house, name="studio_house"),
    path("<slug:slug>/calendar/house/studios", planning_house.studios, name="studio_house_studios"),
    path("<slug:slug>/calendar/house/studios/<int:studio_id>", planning_house.studio, name="studio_house_studio"),
    path("<slug:slug>/calendar/house/terms", planning_house.terms, name="studio_house_terms"),
    path("<slug:slug>/calendar/house/steps", planning_house.steps, name="studio_house_steps"),
    path("<slug:slug>/calendar/house/steps/<int:step_id>", planning_house.step, name="studio_house_step"),
    path("<slug:slug>/calendar/house/samples", planning_house.samples, name="studio_house_samples"),
    path("<slug:slug>/calendar/house/templates/<int:template_id>", planning_house.template, name="studio_template"),
]
