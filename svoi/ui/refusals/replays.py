"""Refusals about what a show leaves behind: clips, drafts, the log of claims, notes of a debrief."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Clips
    "recording_not_over": Words(
        _("The recording is still going on"), _("Chapters, clips and the debrief come when the show is over.")
    ),
    "clip_length_unfit": Words(
        _("A clip is {least} to {most} seconds long"), _("Move its beginning or its end."), UNREADABLE
    ),
    "clip_not_explained": Words(
        _("The product was not shown all that time"),
        _("A clip lies within one chapter of its product. Choose a stretch inside it."),
        UNREADABLE,
    ),
    "clips_full": Words(_("A show gives {most} clips"), _("All of them are taken.")),
    "clips_of_product_full": Words(
        _("A product gives {most} clips a show"), _("All of them are taken. Choose another product.")
    ),
    "clip_no_recording": Words(_("There is no recording of this show"), _("A clip cannot be made of it.")),
    "clip_not_on_air": Words(
        _("There is no picture on record for this stretch"),
        _("The recording does not hold all of it. Choose another one."),
    ),
    "clip_broken_off": Words(
        _("The picture broke off within this stretch"),
        _("The camera came back with a new stream there. Choose a stretch before or after it."),
    ),
    "clip_too_many": Words(_("The recording has given all its clips"), _("No more files are made of this show.")),
    # Drafts
    "clip_not_made": Words(_("The clip is not made yet"), _("Wait until it can be watched, then write about it.")),
    "draft_closed": Words(_("This draft is closed"), _("It was left or handed over, and stays as it was.")),
    "draft_unworded": Words(_("A draft needs words, up to {most} letters"), _("Nothing was changed."), UNREADABLE),
    # Claims
    "claim_unworded": Words(_("A claim needs words, up to {most} letters"), _("Nothing was written down."), UNREADABLE),
    "claim_not_on_air": Words(
        _("Nothing was on air at that moment"), _("A claim is marked at a moment of the show."), UNREADABLE
    ),
    "evidence_unfit": Words(_("This evidence cannot be kept"), _("Shorten it, or name where it lies."), UNREADABLE),
    "speaker_unknown": Words(
        _("This person does not speak in the show"), _("Choose the host or somebody of the crew."), UNREADABLE
    ),
    "product_not_of_show": Words(
        _("This product was not in the show"), _("Choose one that was laid out or shown."), UNREADABLE
    ),
    # Notes
    "note_unworded": Words(_("A note needs words, up to {most} letters"), _("Nothing was written down."), UNREADABLE),
    "note_kind_unknown": Words(_("Say what kind of note it is"), _("Something to keep, or to change."), UNREADABLE),
}
