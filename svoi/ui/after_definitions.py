"""What each figure of a debrief means: its formula, and whom or what it counts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESTATED = _("Worked out when the page is opened. Orders of the seven days after the show count; returns restate it.")
FACTS = _("Worked out when the page is opened, from what was recorded during the show.")

# Name, meaning, freshness.
AFTER: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "viewers_raw": (_("Viewers, raw"), _("People with any signed beat in this show, before any check."), FACTS),
    "viewers_counted": (
        _("Viewers, counted"),
        _("People with a counted beat; after a recount that holds, those it counts. People, not visits."),
        FACTS,
    ),
    "peak_counted": (_("Peak"), _("The largest counted number of viewers at one moment of this show."), FACTS),
    "average_watch_s": (
        _("Average watch time"),
        _("Counted seconds of all viewers ÷ unique counted viewers."),
        FACTS,
    ),
    "interaction_rate": (
        _("Interaction"),
        _("People who wrote or sent a heart ÷ unique counted viewers."),
        FACTS,
    ),
    "chat_rate": (
        _("Chat"),
        _("Messages a minute for every hundred viewers present on average; hidden ones are not in it."),
        FACTS,
    ),
    "ctr": (_("CTR"), _("People who opened a product ÷ people who saw it."), FACTS),
    "ctor": (_("CTOR"), _("People who placed an order ÷ people who opened a product."), FACTS),
    "orders": (_("Orders"), _("Orders with something from this show, paid or not."), RESTATED),
    "pay_rate": (_("Paid by"), _("People who paid ÷ people who placed an order."), RESTATED),
    "conversion": (_("Conversion"), _("Buyers ÷ unique counted viewers. People, not events."), RESTATED),
    "gmv_minor": (_("GMV"), _("Price × pieces of all orders from this show, unpaid ones included."), RESTATED),
    "paid_minor": (_("Paid sum"), _("What buyers paid for things from this show."), RESTATED),
    "net_minor": (_("Net sales"), _("Paid, less orders withdrawn and goods returned since."), RESTATED),
    "net_hour_minor": (_("Net sales an hour"), _("Net sales ÷ hours on air, breaks left out."), RESTATED),
    "gpm_minor": (_("GPM (UV)"), _("Paid sum × 1,000 ÷ unique counted viewers (UV). People, not views."), RESTATED),
    "basket_minor": (_("Sum a buyer"), _("Paid sum ÷ buyers."), RESTATED),
    "return_rate": (_("Returned"), _("Money given back ÷ paid sum."), RESTATED),
    "late_s": (_("Late start"), _("Going on air, counted from the hour that was announced."), FACTS),
    # The hosts' cards
    "card_hours": (_("Hours on air"), _("From going on air to the end, breaks left out."), FACTS),
    "card_on_time": (
        _("On time"),
        _("Shows that began no later than two minutes after their hour ÷ all shows."),
        FACTS,
    ),
    "card_retention": (
        _("Came back"),
        _("Buyers who bought here again on a later day within 30 days ÷ buyers whose 30 days are over."),
        RESTATED,
    ),
    "card_claims": (_("Claims without evidence"), _("Claims in the log without evidence, of all claims in it."), FACTS),
    "card_rest": (
        _("Rest kept"),
        _("Shows begun at least 11 hours after the end of her show before, anywhere."),
        FACTS,
    ),
}
