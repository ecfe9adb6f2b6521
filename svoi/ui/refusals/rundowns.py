"""Refusals about rundowns: words that do not fit, work that met somebody else's, and stories that are not proved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import UNREADABLE, Words

UNKNOWN = 404
WORDS: dict[str, Words] = {
    # Words
    "rundown_words_missing": Words(_("Something is not said yet"), _("Fill in the field that is empty."), UNREADABLE),
    "rundown_words_too_long": Words(
        _("This is too long"), _("It has {length_max} characters at most. Shorter is easier to say."), UNREADABLE
    ),
    "rundown_too_many_beats": Words(
        _("These are too many lines for the host"),
        _("A segment has {most} at most. Make two segments of it."),
        UNREADABLE,
    ),
    "rundown_too_many_claims": Words(
        _("These are too many claims for one segment"),
        _("It makes {most} at most. More than that nobody remembers."),
    ),
    "rundown_number_unfit": Words(
        _("This number does not fit"), _("It is a whole number from {least} to {most}."), UNREADABLE
    ),
    "rundown_kind_unknown": Words(_("This cannot be chosen"), _("Choose from the list."), UNREADABLE),
    "evidence_link_unsafe": Words(
        _("This is not an address of the web"),
        _("A link begins with https:// and names a site, for example https://example.ru/report.pdf."),
        UNREADABLE,
    ),
    # The plan
    "rundown_full": Words(_("The rundown is full"), _("It has {most} segments at most.")),
    "rundown_too_many_products": Words(
        _("A show has no room for more products"), _("It lays out {most} at most. Plan a second show.")
    ),
    "segment_unknown": Words(
        _("There is no such segment any more"), _("Somebody removed it. Open the rundown afresh."), UNKNOWN
    ),
    "claim_unknown": Words(_("There is no such claim here"), _("Open the rundown afresh."), UNKNOWN),
    "rundown_unknown": Words(_("There is no such rundown here"), _("Choose another one."), UNKNOWN),
    "rundown_not_empty": Words(
        _("Something is planned here already"), _("Nothing is copied over it. Remove the segments first.")
    ),
    "rundown_stale": Words(
        _("{who} changed this while you were writing"),
        _("Nothing was written over. Look at what is there now, then decide."),
    ),
    # Stories
    "claim_unproven": Words(
        _("A claim has no proof that lasts until the show"),
        _("“{text}” needs evidence before anybody may say it on air."),
    ),
    "own_story": Words(
        _("A second pair of eyes is needed"),
        _("Who wrote a story alone, or asked about it, does not approve it. Ask somebody else of the crew."),
    ),
    "story_not_asked": Words(
        _("Nobody waits for this answer"),
        _("The words changed, or somebody answered before. Look at them as they are."),
    ),
    "story_asked": Words(_("A check was asked for already"), _("It waits, or it was approved.")),
    "story_moved": Words(
        _("The words changed while you were reading"), _("Nothing was decided. Read them as they are now.")
    ),
    "story_of_template": Words(
        _("A template is not checked"), _("Start a show from it: then it is known how long proof must last.")
    ),
}
