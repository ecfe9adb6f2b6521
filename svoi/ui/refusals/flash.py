"""Refusals about flash deals: preparing and starting them, taking pieces, and paying in time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import TOO_FAST, UNREADABLE, Words

UNKNOWN = 404
WORDS: dict[str, Words] = {
    # The crew
    "term_unfit": Words(
        _("This number is out of bounds"), _("It is a whole number from {least} to {most}."), UNREADABLE
    ),
    "price_not_lower": Words(
        _("This is not below the lowest price of the last 30 days"),
        _("A deal costs less than {lowest}, or it is none. Earlier deals count, too."),
        UNREADABLE,
    ),
    "lowest_moved": Words(
        _("The lowest price of the last 30 days is another now"),
        _("It is {lowest}. Nothing was started; prepare the deal anew."),
    ),
    "deal_under_way": Words(
        _("A deal is under way in this room"), _("Wait until it is over, or call it off, then prepare the next one.")
    ),
    "armed_too_long": Words(
        _("The deal was prepared too long ago"),
        _("Nothing was started. Prepare it anew, so that what it states is true when it begins."),
    ),
    "deal_called_off": Words(_("This deal is over or was called off"), _("Nothing was started. Prepare another one.")),
    # Taking
    "flash_unknown": Words(_("There is no such deal"), _("Look at what the room shows now."), UNKNOWN),
    "flash_not_yet": Words(_("The deal has not begun"), _("Please wait {wait}."), TOO_FAST),
    "flash_over": Words(_("The deal is over"), _("What nobody took is in the bag at its usual price.")),
    "flash_sold_out": Words(
        _("Every piece of the deal is taken"),
        _("Others were a moment earlier. What they do not pay for comes back to the bag at the usual price."),
    ),
    "flash_limit": Words(_("One person takes from 1 to {most} pieces"), _("Choose how many."), UNREADABLE),
    "flash_too_new": Words(
        _("You take part in deals from {since} on"), _("Deals here are for those who have belonged for a while.")
    ),
    # Paying
    "flash_nothing_taken": Words(_("You hold nothing of this deal"), _("Take a piece while the deal goes on.")),
    "flash_ran_out": Words(
        _("The time to pay for your pieces is over"),
        _("They went back on sale. You can still buy at the usual price, {offered}. No money was taken."),
    ),
    "flash_ordered": Words(
        _("Your pieces are already ordered"), _("It is order {number}; it waits among your orders.")
    ),
}
