"""The control room's addresses: nouns of one show, where a verb becomes a resource or the `do` of a form."""

from django.urls import path

from svoi.studio.views.control import allotments, duties, notes, polls, prompter, questions, steering, trend

urlpatterns = [
    path("shows/<int:show_id>/control", steering.panel, name="studio_control"),
    path("shows/<int:show_id>/hold", steering.hold, name="studio_hold"),
    path("shows/<int:show_id>/cues", steering.cues, name="studio_cues"),
    path("shows/<int:show_id>/plan", steering.plan, name="studio_run_of_show"),
    path("shows/<int:show_id>/trend", trend.trend, name="studio_trend"),
    path("shows/<int:show_id>/trend/table", trend.table, name="studio_trend_table"),
    path("shows/<int:show_id>/log", notes.log, name="studio_log"),
    path("shows/<int:show_id>/notes", notes.notes, name="studio_notes"),
    path("shows/<int:show_id>/incidents", notes.incidents, name="studio_incidents"),
    path("shows/<int:show_id>/incidents/steps", notes.emergency, name="studio_emergency"),
    path("shows/<int:show_id>/duties", duties.duties, name="studio_duties"),
    path("shows/<int:show_id>/questions", questions.questions, name="studio_questions"),
    path("shows/<int:show_id>/message", questions.message, name="studio_message"),
    path("shows/<int:show_id>/polls", polls.polls, name="studio_polls"),
    path("shows/<int:show_id>/polls/<int:poll_id>", polls.poll, name="studio_poll"),
    path("shows/<int:show_id>/allotments", allotments.allotments, name="studio_allotments"),
    path("shows/<int:show_id>/allotments/<int:product_id>", allotments.allotment, name="studio_allotment"),
    path("shows/<int:show_id>/prompter", prompter.prompter, name="studio_prompter"),
    path("shows/<int:show_id>/prompter/now", prompter.now, name="studio_prompter_now"),
]
