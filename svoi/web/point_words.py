"""What a point offers, in the words of its buttons and lines."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.web.templatetags.spoken import in_language

WISH_WORDS: dict[str, str | Promise] = {
    "fitting_room": _("Fitting room"),
    "card": pgettext_lazy("paying at a point", "Card"),
    "sbp": pgettext_lazy("paying at a point", "SBP"),
    "postamat": _("Parcel locker"),
    "open_now": _("Works now"),
    "whole_day": _("Round the clock"),
}
OFFER_WORDS: dict[str, str | Promise] = {
    "postamat": _("parcel locker"),
    "fitting_room": _("fitting room"),
    "card": pgettext_lazy("paying at a point", "card"),
    "sbp": pgettext_lazy("paying at a point", "SBP"),
    "cash": pgettext_lazy("paying at a point", "cash"),
}


def marker_words(point: Any) -> str:
    """What a reader hears of a point on the map: its address, and that it is a locker."""
    address = in_language(point, "address")
    return f"{WISH_WORDS['postamat']}, {address}" if "postamat" in point.features else address
