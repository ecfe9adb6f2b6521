"""Refusals of the control room: who steers, what moved meanwhile, what somebody may not do, and polls."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, UNREADABLE, Words

UNKNOWN = 404
LOOK = _("Nothing was done. Look at what is there now, then decide.")
WORDS: dict[str, Words] = {
    "allotment_unfit": Words(
        _("The show cannot be allotted so many"),
        _("From {least}, which are taken already, to {most}, which is all there is."),
        UNREADABLE,
    ),
    "allotment_only_tightens": Words(
        _("A host lowers an allotment and never raises it"),
        _("It stands at {stands}. A producer can allot more."),
        UNREADABLE,
    ),
    "allotment_unstated": Words(
        _("Nothing was allotted of this product"), _("A producer states it first; until then there is no limit.")
    ),
    "allotment_reason_unknown": Words(_("There is no such reason"), _("Choose from the list."), UNREADABLE),
    # Steering
    "control_held": Words(
        _("{who} is in control of the show"),
        _("Nothing was done. Ask, or press “Take control”: everybody sees it."),
    ),
    "control_moved": Words(_("{who} took control a moment before you"), LOOK),
    # Meeting somebody else's work
    "cue_moved": Words(_("{who} has already gone to “{title}”"), LOOK),
    "nothing_planned": Words(_("This show has no rundown"), _("Plan one before the show: then it can be followed.")),
    "policy_moved": Words(_("{who} set other chat rules while you were looking"), LOOK),
    "tray_moved": Words(_("{who} changed the tray while you were looking"), LOOK),
    # Duties
    "not_granted": Words(
        _("This is not among your duties in this show"),
        _("An owner or a producer can give it to you under “Duties”."),
        FORBIDDEN,
    ),
    "act_unknown": Words(_("There is no such duty"), _("Choose from the list."), UNREADABLE),
    "not_a_keeper": Words(
        _("Duties are for hosts and moderators"), _("Owners and producers may do everything. Look at the roles first.")
    ),
    # Notes and incidents
    "note_empty": Words(_("Nothing is written yet"), _("Write a word or two."), UNREADABLE),
    "note_too_long": Words(_("This is too long"), _("It has {length_max} characters at most."), UNREADABLE),
    "audience_unknown": Words(_("A note is for the crew or for the host"), _("Choose from the list."), UNREADABLE),
    "incident_unknown": Words(_("There is no such kind of incident"), _("Choose from the list."), UNREADABLE),
    # The chat
    "message_too_far_back": Words(
        _("This message is too far back"), _("One of the latest {most} can stand above the chat.")
    ),
    "message_is_hidden": Words(_("This message is hidden"), _("What is hidden is shown to nobody.")),
    # Polls
    "poll_unfit": Words(
        _("The poll is not ready yet"),
        _("It has a question, {least} to {most} different options, and lasts {runs_least_s} to {runs_most_s} seconds."),
        UNREADABLE,
    ),
    "poll_under_way": Words(_("A poll is under way already"), _("One at a time. Close it, then ask the next.")),
    "poll_unknown": Words(_("There is no such poll"), _("Open the page afresh."), UNKNOWN),
    "poll_moved": Words(_("Somebody was quicker with this poll"), LOOK),
    "poll_not_open": Words(_("The poll is over"), _("Votes that came in time are counted.")),
    "voted_already": Words(_("You have voted already"), _("A vote is final: it stays as you gave it.")),
    "option_unknown": Words(_("The poll has no such option"), _("Choose one of those shown."), UNREADABLE),
}
