"""The words a room's browser code needs, in the reader's language; none of them is written in JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from svoi.web.role_words import ROLE_WORDS

# One number for each plural form of Russian; English uses the first and the last.
_FORMS = {"one": 1, "few": 2, "many": 5, "other": 2}


def room_words() -> dict[str, Any]:
    """Sentences by name, with {places} to fill; forms of a counted word as {"one": …, "few": …}."""
    return {**_stage_words(), **_chat_words(), **_refusal_words(), **_role_words(), **_flash_words()}


def counted(sentence: Callable[[int], str]) -> dict[str, str]:
    """A counted sentence in all its plural forms."""
    return {form: sentence(number) for form, number in _FORMS.items()}


def viewers_sentence(count: int) -> str:
    """How many watch, with the {count} still to fill."""
    return ngettext("{count} watching", "{count} watching", count)


def hearts_sentence(count: int) -> str:
    """How many hearts a show got, with the {count} still to fill."""
    return ngettext("{count} heart", "{count} hearts", count)


def pieces_sentence(count: int) -> str:
    """How many pieces of a deal are hers, with the {count} still to fill."""
    return ngettext("{count} piece is yours", "{count} pieces are yours", count)


def _stage_words() -> dict[str, Any]:
    return {
        "viewers": counted(viewers_sentence),
        "heart_sent": _("Heart sent"),
        "now": _("Live"),
        "pinned": _("Shown now: {name}, {price}"),
        "bought_named": _("{name} bought: {product}"),
        "bought": _("Somebody bought: {product}"),
        "gift": _("An envelope waits here. From: {name}"),
        "gift_left": _("{left} of {whole} left"),
        "tray": counted(
            lambda count: ngettext("Bag of the show: {count} product", "Bag of the show: {count} products", count)
        ),
        "behind": _("{time} behind live"),
        "place": _("{time} of {whole}"),
        "chapter": _("Chapter: {name}"),
    }


def _chat_words() -> dict[str, Any]:
    return {
        "hidden": _("The message is hidden by the crew"),
        "sending": _("Sending…"),
        "again": _("Try again"),
        "drop": _("Remove"),
        "newer": counted(lambda count: ngettext("{count} new message", "{count} new messages", count)),
        "heard_more": counted(lambda count: ngettext("{text}, and {count} more", "{text}, and {count} more", count)),
        "slow": counted(
            lambda count: ngettext(
                "Slow mode: one message in {count} second", "Slow mode: one message in {count} seconds", count
            )
        ),
        "wait": counted(
            lambda count: ngettext(
                "You can send again in {count} second", "You can send again in {count} seconds", count
            )
        ),
        "closed": _("The crew has closed the chat. You can still read it."),
        "muted": _("The crew has asked you to be silent until {until}. You can watch, read and buy."),
        "muted_for_good": _("The crew has asked you to be silent until the end of the show."),
        "over": _("The chat is closed, as it was at the end."),
        "line_lost": _("The line to the room is broken. We are putting it right; what you wrote will be sent."),
        "read_only": _("The network lets us only read now. Writing comes back by itself."),
    }


def _refusal_words() -> dict[str, Any]:
    def too_soon(count: int) -> str:
        return ngettext(
            "Not sent: you can write in {count} second", "Not sent: you can write in {count} seconds", count
        )

    return {
        "refused_slow_mode": counted(too_soon),
        "refused_too_fast": counted(too_soon),
        "refused_muted": _("Not sent: the crew has asked you to be silent"),
        "refused_closed": _("Not sent: the chat is closed"),
        "refused_not_member": _("Not sent: only members of the community write here"),
        "refused_too_long": _("Not sent: too long"),
        "refused_empty": _("Not sent: there are no words in it"),
        "refused_no_answer": _("Not sent: the room does not answer"),
        "refused": _("Not sent"),
    }


def _flash_words() -> dict[str, Any]:
    return {
        "flash_left": pgettext("a deal", "{left} of {whole} left"),
        "flash_hers": counted(pieces_sentence),
        "flash_soon": _("A flash deal opens soon: {name} for {price}"),
        "flash_open": _("The flash deal is open: {name} for {price}"),
        "flash_no_answer": _("The house did not answer. Nothing is lost: try once more."),
    }


def _role_words() -> dict[str, str]:
    return {"role_viewer": "", **{f"role_{role}": str(words) for role, words in ROLE_WORDS.items()}}


def composer_notice(policy: dict[str, Any]) -> str:
    """What stands over the composer when the page is fresh; the browser writes the same later."""
    if not policy["open"]:
        return _("The crew has closed the chat. You can still read it.")
    seconds = policy["slow_mode_s"]
    if not seconds:
        return ""
    return ngettext(
        "Slow mode: one message in {count} second", "Slow mode: one message in {count} seconds", seconds
    ).replace("{count}", str(seconds))
