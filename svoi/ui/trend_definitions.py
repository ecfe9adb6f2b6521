"""What each figure of a show's trend means: its formula, and what it is compared with."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EACH_MINUTE = _(
    "Worked out for whole minutes from going on air, breaks included. Usual is the median of the room’s shows of the "
    "14 days before at the same minute; with fewer than five of them nothing is compared."
)

# Name, meaning, freshness.
TREND: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "viewers": (
        pgettext_lazy("on a trend", "Viewers"),
        _("Counted viewers present, the mean of the last five minutes. People."),
        EACH_MINUTE,
    ),
    "orders": (
        pgettext_lazy("on a trend", "Orders/min"),
        _("Orders from this show paid in the last five minutes, for a minute. Events."),
        EACH_MINUTE,
    ),
    "chat": (
        pgettext_lazy("on a trend", "Chat"),
        _("Messages a minute for every hundred counted viewers, over the last five minutes; hidden ones left out."),
        EACH_MINUTE,
    ),
    "conversion": (
        pgettext_lazy("on a trend", "Conversion"),
        _("Buyers so far ÷ unique counted viewers so far. People, not events."),
        EACH_MINUTE,
    ),
    "gpm_minor": (
        pgettext_lazy("on a trend", "GPM (UV)"),
        _("Paid sum so far × 1,000 ÷ unique counted viewers so far (UV). People, not views."),
        EACH_MINUTE,
    ),
}
