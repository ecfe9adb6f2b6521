"""Refusals about honest counting: what a rule waits for, and why somebody may not rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Switching
    "mode_stands": Words(_("The rule is so already"), _("Somebody was quicker, or the button was pressed twice."), 409),
    "shadow_first": Words(
        _("A rule that is off begins in shadow"),
        _("Put it into shadow first. It can be live after {days} days of watching without doing anything."),
        409,
    ),
    "shadow_too_short": Words(
        _("The rule has not been in shadow long enough"),
        _("It watches for {days} days before it counts for anybody: it can be live from {until} on."),
        409,
    ),
    "only_shadow": Words(
        _("This rule is only watched"),
        _("It would also take off people who are really there, so nobody can put it in force."),
        409,
    ),
    "reason_missing": Words(_("Say why"), _("The reason stays on record beside your name."), UNREADABLE),
    "reason_too_long": Words(_("The reason is too long"), _("Keep it within {length_max} characters."), UNREADABLE),
    # Ruling
    "own_case": Words(
        _("This is your own case"),
        _("Your account is in this group, so somebody else of the crew has to look at it."),
        FORBIDDEN,
    ),
    "verdict_stands": Words(
        _("The last word on this group is the same"), _("Open the page afresh to read who said it and why."), 409
    ),
    # Searching
    "searching_is_off": Words(
        _("The rule is switched off"), _("Nothing was searched. A dry run is still possible."), 409
    ),
    "limit_only_tried": Words(
        _("Another limit can only be tried"),
        _("Take from 1 to {most} nats, in a dry run: it keeps nothing."),
        UNREADABLE,
    ),
    "too_many_facts": Words(
        _("Too much happened in this window"), _("Up to {most} facts are searched at a time: take fewer days."), 409
    ),
    "window_unfit": Words(_("This window cannot be searched"), _("Take from 1 to {days_max} days."), UNREADABLE),
}
