"""Refusals about the calendar: places, plans, people, series, reminders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Plans
    "plan_impossible": Words(
        _("This does not fit into the calendar"), _("Nothing was changed. Choose another time or place.")
    ),
    "plan_doubtful": Words(
        _("The calendar warns of this plan"),
        _("Nothing was changed. Say why you take it upon yourself, or choose another time."),
    ),
    "slot_stale": Words(
        _("Somebody has changed this meanwhile"),
        _("Nothing was changed by you. Look at how it stands now, then decide anew."),
    ),
    "slot_gone": Words(_("This show was taken out of the calendar"), _("Plan another one if it is to be after all.")),
    "show_begun": Words(_("The show is on air or over"), _("Its plan is history and stays as it was.")),
    "placed_already": Words(_("This show has its place already"), _("Open it in the calendar to move it.")),
    "too_late_to_plan": Words(_("This moment has passed"), _("Choose a later one."), UNREADABLE),
    "plan_term_unfit": Words(
        _("This number is out of bounds"), _("It is a whole number from {least} to {most}."), UNREADABLE
    ),
    "plan_name_missing": Words(_("A name is missing"), _("Write what it is called."), UNREADABLE),
    "plan_reason_missing": Words(_("A reason is missing"), _("Say in a few words why."), UNREADABLE),
    "approval_not_asked": Words(
        _("Nobody asked for a decision about this plan"), _("It may have been moved since. Ask for approval first.")
    ),
    # People and things
    "shift_role_unknown": Words(_("There is no such work on a show"), _("Choose one from the list."), UNREADABLE),
    "shift_outside": Words(
        _("Work on a show lies within its time"), _("From the beginning of the preparation to the end."), UNREADABLE
    ),
    "host_needed": Words(_("A show needs a host"), _("Name another one first, then take this one off.")),
    "sample_unknown": Words(_("There is no such sample"), _("Choose a product of this community."), UNREADABLE),
    "step_confirmed_by_self": Words(
        _("Nobody confirms her own training"), _("Ask somebody else who plans shows to look at it.")
    ),
    "step_not_done": Words(_("This step is not done yet"), _("It can be confirmed once the host has done it.")),
    # Places and series
    "studio_name_taken": Words(_("There is a studio of this name"), _("Choose another name."), UNREADABLE),
    "studio_closed": Words(_("This studio takes no new shows"), _("Choose another one."), UNREADABLE),
    "studio_in_use": Words(
        _("Shows are still to come in this studio"), _("The next one is on {begins_at}. Move them first.")
    ),
    "zone_unknown": Words(_("There is no such time zone"), _("Write it like Europe/Moscow."), UNREADABLE),
    "series_empty": Words(
        _("This series has no shows"),
        _("Choose a day of the week and a host; its end comes after its beginning."),
        UNREADABLE,
    ),
    "series_ended": Words(_("This series was ended"), _("Plan a new one.")),
    # Reminders
    "reminder_unfit": Words(_("No reminder comes at this time"), _("Choose one of the times offered."), UNREADABLE),
    "reminder_too_late": Words(_("It is too late for this reminder"), _("Choose a shorter time, or just come along.")),
}
