"""After the show: its debrief, clips and claims; the log of claims and the hosts' cards of a community."""

from django.urls import path

from svoi.studio.views import announcement, claims, clips, debriefs, hosts

urlpatterns = [
    path("shows/<int:show_id>/debrief", debriefs.debrief, name="studio_debrief"),
    path("shows/<int:show_id>/debrief.csv", debriefs.export, name="studio_debrief_csv"),
    path("shows/<int:show_id>/debrief/notes", debriefs.notes, name="studio_debrief_notes"),
    path("shows/<int:show_id>/debrief/notes/<int:note_id>/closing", debriefs.closing, name="studio_note_closing"),
    path("shows/<int:show_id>/clips", clips.clips, name="studio_clips"),
    path("shows/<int:show_id>/clips/made", clips.made, name="studio_clips_made"),
    path("shows/<int:show_id>/clips/<int:clip_id>/draft", clips.draft, name="studio_draft"),
    path("shows/<int:show_id>/announcement", announcement.announcement, name="studio_announcement"),
    path("shows/<int:show_id>/announcement/words", announcement.words, name="studio_words"),
    path("shows/<int:show_id>/announcement/poster", announcement.poster, name="studio_poster"),
    path("shows/<int:show_id>/claims", claims.of_show, name="studio_claims_said"),
    path("shows/<int:show_id>/claims/<int:claim_id>", claims.said, name="studio_claim_said"),
    path("<slug:slug>/claims", claims.log, name="studio_claims_log"),
    path("<slug:slug>/claims.csv", claims.export, name="studio_claims_csv"),
    path("<slug:slug>/hosts", hosts.hosts, name="studio_hosts"),
    path("<slug:slug>/hosts/<int:host_id>", hosts.host, name="studio_host"),
]
