"""Refusals about people and communities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, TOO_FAST, UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Members
    "identity_unreadable": Words(
        _("This is neither an e-mail nor a phone number"),
        _("Write it like anna@example.com or +7 912 345-67-89."),
        UNREADABLE,
    ),
    "identity_taken": Words(
        _("Somebody already signs in with this e-mail or phone"),
        _("If it is you, sign in. Otherwise use another one."),
    ),
    "name_missing": Words(
        _("A name is missing"), _("Write how others should call you; a first name is enough."), UNREADABLE
    ),
    "password_too_weak": Words(
        _("This password is too easy to guess"),
        _("Take at least {length_min} characters. Three or four ordinary words in a row are good."),
        UNREADABLE,
    ),
    "sign_in_refused": Words(
        _("The sign-in and the password do not match"),
        _("Check the language of the keyboard and try once more."),
        UNREADABLE,
    ),
    "password_wrong": Words(
        _("This is not your current password"), _("Check the language of the keyboard and try once more."), UNREADABLE
    ),
    "sign_in_locked": Words(
        _("Too many wrong passwords in a row"),
        _("To keep strangers out, sign-in rests {wait}. Nothing is lost."),
        TOO_FAST,
    ),
    "account_erased": Words(
        _("This account was deleted"), _("Nobody signs in with it any more; choose another person."), UNREADABLE
    ),
    # Consents, exports, erasures
    "consent_missing": Words(
        _("Without consent to the processing of personal data there can be no account"),
        _("Read the text and mark it if you agree."),
        UNREADABLE,
    ),
    "consent_text_moved": Words(
        _("The text has changed while you were reading"), _("Read it once more before you agree."), UNREADABLE
    ),
    "consent_unknown": Words(_("There is no such consent"), _("Open the page afresh."), UNREADABLE),
    "consent_ends_account": Words(
        _("The account rests on this consent"), _("It is taken back by deleting the account, lower on this page.")
    ),
    "export_too_soon": Words(
        _("A file was asked for a moment ago"), _("The next one can be made later: rest {wait}."), TOO_FAST
    ),
    "erasure_waits_for_orders": Words(
        _("Orders are still under way"), _("Collect, cancel or return them first: {orders} in all.")
    ),
    "erasure_waits_for_community": Words(
        _("You are the last owner of a community"), _("Make somebody else an owner first: {communities}.")
    ),
    # Letters
    "letter_unsent": Words(
        _("The letter could not be sent"), _("The mail server does not answer; we try again by ourselves."), 424
    ),
    # Communities
    "doors_closed": Words(
        _("This community takes people in by invitation"), _("Ask somebody who belongs for a link."), FORBIDDEN
    ),
    "invitation_spent": Words(
        _("This invitation no longer works"), _("It was used up or its days are over. Ask for a new link."), 410
    ),
    "not_one_of_us": Words(
        _("Only members of the community may do that"), _("Join first, then try once more."), FORBIDDEN
    ),
    "role_missing": Words(
        _("Your role does not allow that"), _("An owner of the community can give you the role."), FORBIDDEN
    ),
    "last_owner": Words(
        _("The community would be left without an owner"),
        _("Make somebody else an owner first, then you are free to go."),
    ),
    "role_unknown": Words(_("There is no such role"), _("Choose one from the list."), UNREADABLE),
    "uses_out_of_range": Words(
        _("An invitation can bring from 1 to {most} people"), _("Choose a number in between."), UNREADABLE
    ),
    "address_unreadable": Words(
        _("This address cannot be used"),
        _("Take Latin letters, digits and hyphens, {length_max} at most."),
        UNREADABLE,
    ),
    "address_taken": Words(_("Another community lives at this address"), _("Choose another one.")),
    "community_name_missing": Words(_("A name is missing"), _("Write it in Russian and in English."), UNREADABLE),
}
