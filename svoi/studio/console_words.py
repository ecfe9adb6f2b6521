"""The words the console's browser code needs, in the reader's language; none of them is written in JavaScript."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from svoi.studio.role_words import ROLE_WORDS

# One number for each plural form of Russian; English uses the first and the last.
_FORMS = {"one": 1, "few": 2, "many": 5, "other": 2}


def console_words() -> dict[str, Any]:
    """Sentences by name, with {places} to fill; forms of a counted word as {"one": …, "few": …}."""
    return {
        "role_viewer": "",
        **{f"role_{role}": str(words) for role, words in ROLE_WORDS.items()},
        "hidden": _("Hidden by the crew"),
        "bought_named": _("{name} bought: {product}"),
        "bought": _("Somebody bought: {product}"),
        "product": _("a product of the tray"),
        "newer": {form: ngettext("{count} new line", "{count} new lines", number) for form, number in _FORMS.items()},
        "muted_until": _("may not write until {time}"),
        "read_only": _("The network lets only read the chat for now."),
        "lost": _("The chat is cut off, connecting again…"),
        "as_of": _("as of {time}"),
        "final": _("final, as of {time}"),
        "stale": _("last read at {time}"),
        "sending": _("Sending…"),
        "again": _("Try again"),
        "drop": _("Remove"),
        "refused": _("Not sent"),
        "refused_no_answer": _("Not sent: the chat does not answer"),
        "refused_too_long": _("Not sent: too long"),
        "refused_muted": _("Not sent: the crew has muted you"),
        "refused_closed": _("Not sent: the chat is closed"),
        "refused_too_fast": _("Not sent: too many messages at once"),
    }
