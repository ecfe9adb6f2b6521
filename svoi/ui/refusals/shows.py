"""Refusals about shows: being on air, the tray and the pin, the chat, and the door of the room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, TOO_FAST, UNREADABLE, Words

FULL = _("The picture goes on; the chat opens when somebody leaves.")
WORDS: dict[str, Words] = {
    # On air
    "show_ended": Words(_("The show is over"), _("The recording stays on its page.")),
    "show_not_live": Words(_("The show is not on air"), _("Come back when it begins.")),
    "already_live": Words(_("The show is already on air"), _("Nothing was changed.")),
    "no_signal": Words(
        _("No picture arrives from the camera"), _("Start the encoder with the key of this show, then go on air.")
    ),
    "unknown_key": Words(
        _("This stream key opens no show"),
        _("Copy a fresh key from the console; the old one stopped working."),
        FORBIDDEN,
    ),
    "key_in_use": Words(
        _("Somebody is already streaming with this key"), _("Stop the other encoder or issue a new key.")
    ),
    # Its poster
    "poster_unreadable": Words(_("This is no picture"), _("Choose a JPEG, PNG or WebP file."), UNREADABLE),
    "poster_too_large": Words(
        _("The picture is too large"), _("Choose a file within {most_mb} megabytes."), UNREADABLE
    ),
    "poster_too_small": Words(
        _("The picture is too small"), _("Each side needs at least {least_px} pixels."), UNREADABLE
    ),
    # Tray and pin
    "not_in_tray": Words(_("This product is not laid out for the show"), _("Put it into the tray first, then pin it.")),
    "tray_full": Words(_("The tray is full"), _("It holds {most} products. Take one out first.")),
    "nothing_pinned": Words(
        _("The product was just taken down"), _("Nothing was ordered. If it is still in the bag, buy it from there.")
    ),
    "pin_moved": Words(
        _("Another product is shown now"), _("Nothing was ordered. The one you wanted is in the bag of the show.")
    ),
    "not_offered": Words(
        _("This product is not part of the show"), _("Nothing was ordered. Look into the bag of the show.")
    ),
    # Chat
    "crew_speaks": Words(_("The crew cannot be muted"), _("Take the role back first, then mute."), FORBIDDEN),
    "not_member": Words(_("Only members of the community write here"), _("Join, it takes one tap."), FORBIDDEN),
    "closed": Words(_("The chat is closed"), _("You can still read it."), FORBIDDEN),
    "muted": Words(
        _("You cannot write {wait}"), _("The crew decided so. You can still watch, read and buy."), FORBIDDEN
    ),
    "empty": Words(_("There is nothing to send"), _("Write a few words first."), UNREADABLE),
    "too_long": Words(_("The message is too long"), _("Keep it within {length_max} characters."), UNREADABLE),
    "slow_mode": Words(_("The chat is in slow mode"), _("Please wait {wait}."), TOO_FAST),
    "too_fast": Words(_("Too many messages at once"), _("Please wait {wait}."), TOO_FAST),
    # Counting anew
    "show_not_over": Words(_("The show is not over yet"), _("While it runs its numbers are live.")),
    "recount_too_late": Words(
        _("This show cannot be counted anew"), _("Traces of devices and networks are dropped after 90 days.")
    ),
    "limit_unknown": Words(_("There is no such limit"), _("Look at its name and its value."), UNREADABLE),
    # The door of the room
    "token_refused": Words(_("The page was open for too long"), _("Open it afresh."), FORBIDDEN),
    "ticket_replayed": Words(_("This door was already used"), _("Open the page afresh."), FORBIDDEN),
    "ticket_for_another_room": Words(_("This ticket opens another room"), _("Open the page afresh."), FORBIDDEN),
    "house_full": Words(_("Every place is taken"), FULL, TOO_FAST),
    "room_full": Words(_("This room is full"), FULL, TOO_FAST),
    "address_full": Words(
        _("Too many pages are open from your network"), _("Close some of them, then open this one afresh."), TOO_FAST
    ),
}
