"""The rundown in the studio: the plan of a show, its stories, and what it can begin from."""

from django.urls import path

from svoi.studio.views import rundown, rundown_copies, stories

urlpatterns = [
    path("fact-checks/", stories.waiting, name="studio_checks"),
    path("shows/<int:show_id>/rundown", rundown.rundown, name="studio_rundown"),
    path("shows/<int:show_id>/rundown/print", rundown.paper, name="studio_rundown_print"),
    path("shows/<int:show_id>/rundown/slot", rundown.slot, name="studio_rundown_slot"),
    path("shows/<int:show_id>/rundown/copy", rundown_copies.copy, name="studio_rundown_copy"),
    path("shows/<int:show_id>/rundown/template", rundown_copies.template, name="studio_rundown_template"),
    path("shows/<int:show_id>/rundown/segments", rundown.segments, name="studio_segments"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>", rundown.segment, name="studio_segment"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/place", rundown.place, name="studio_segment_place"),
    path(
        "shows/<int:show_id>/rundown/segments/<int:segment_id>/removal", rundown.removal, name="studio_segment_removal"
    ),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/story", stories.story, name="studio_story"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/claims", stories.claims, name="studio_claims"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/check", stories.check, name="studio_check"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/approval", stories.approval, name="studio_approval"),
    path("shows/<int:show_id>/rundown/segments/<int:segment_id>/return", stories.sent_back, name="studio_sent_back"),
    path(
        "shows/<int:show_id>/rundown/segments/<int:segment_id>/claims/<int:claim_id>/drop",
        stories.dropped,
        name="studio_claim_dropped",
    ),
    path(
        "shows/<int:show_id>/rundown/segments/<int:segment_id>/claims/<int:claim_id>/evidence",
        stories.evidence,
        name="studio_evidence",
    ),
    path(
        "shows/<int:show_id>/rundown/segments/<int:segment_id>/evidence/<int:evidence_id>/withdrawal",
        stories.withdrawal,
        name="studio_evidence_withdrawal",
    ),
    path("rundown-templates/<int:rundown_id>/retirement", rundown_copies.retirement, name="studio_template_retirement"),
]
