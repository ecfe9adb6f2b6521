"""Refusals about envelopes: kind to those who get nothing this time, exact about why and since when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, TOO_FAST, UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Taking
    "not_found": Words(_("There is no such envelope"), _("Check the link, or ask who sent it to you."), 404),
    "not_a_guest": Words(
        _("This envelope is for others"),
        _("It was sent to those on its list: named, or there when it was sent. The next one may be for you."),
        FORBIDDEN,
    ),
    "too_new_to_take": Words(
        _("You are with us not long enough yet"),
        _("Members take part from {since} on, so that nobody joins in crowds for an envelope."),
        FORBIDDEN,
    ),
    "cap_reached": Words(
        _("You have had your envelopes for today"),
        _("One person opens {most} a day at most; the rest is for others. Tomorrow you can open again."),
        TOO_FAST,
    ),
    "taken_too_soon": Words(
        _("Too fast"), _("Please wait {wait}, then open this one. The pause is the same for everybody."), TOO_FAST
    ),
    "envelope_empty": Words(
        _("Every share is taken"), _("They went to others this time. Nothing was lost, and there will be more."), 410
    ),
    "envelope_over": Words(
        _("The time of this envelope is over"), _("What nobody took went back to who gave it."), 410
    ),
    "try_again": Words(
        _("Too many hands at this moment"), _("Nothing is lost: press once more in a second."), TOO_FAST
    ),
    "elsewhere": Words(_("Too many hands at this place"), _("Nothing is lost: press once more in a second."), TOO_FAST),
    # Sending
    "pot_unfit": Words(
        _("The points do not fit the shares"),
        _("{total} points for {shares} shares: every share has at least {least}, and {total_max} points are the most."),
        UNREADABLE,
    ),
    "pot_uneven": Words(
        _("Equal shares do not come out even"),
        _("{total} points cannot be divided by {shares}. Change one of the two."),
        UNREADABLE,
    ),
    "guests_missing": Words(
        _("Nobody is on the list of this envelope"), _("Choose whom it is for, or send it to everybody."), UNREADABLE
    ),
    "too_new_to_send": Words(
        _("You are with us not long enough yet"), _("Members send envelopes of their own from {since} on."), FORBIDDEN
    ),
    "sending_too_soon": Words(
        _("You have just sent an envelope"), _("Please wait {wait} before the next one."), TOO_FAST
    ),
    "greeting_too_long": Words(_("The greeting is too long"), _("Keep it within {length_max} characters."), UNREADABLE),
    "no_purse": Words(
        _("The community's budget is spent by its crew"), _("Send an envelope of your own points instead."), FORBIDDEN
    ),
    "limit_unfit": Words(_("This limit does not fit"), _("Write a whole number from {least} to {most}."), UNREADABLE),
}
