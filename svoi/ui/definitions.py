"""What each shown number means and how fresh it is, in words a person can check."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.ui.after_definitions import AFTER
from svoi.ui.trend_definitions import TREND


@dataclass(frozen=True)
class Definition:
    name: str | Promise
    meaning: str | Promise
    freshness: str | Promise


SECOND = _("Updated once a second.")
MOMENT = _("Updated a few seconds after the event.")

DEFINITIONS: dict[str, Definition] = {
    "viewers_counted": Definition(
        _("Viewers, counted"),
        _(
            "People whose player really played in the last 30 seconds and proved it twice with a signed beat. "
            "A hidden tab, a stopped player or a bare connection is not counted."
        ),
        SECOND,
    ),
    "viewers_raw": Definition(
        _("Viewers, raw"),
        _("Every open connection to the room, before any check. Only the crew sees it, next to the counted number."),
        SECOND,
    ),
    "viewers_peak": Definition(
        _("Peak"),
        _("The largest counted number of viewers at one moment of this show."),
        SECOND,
    ),
    "reactions": Definition(
        _("Hearts"),
        _("Hearts that people in the show sent. Those that no hand sent count for less, and the crew sees why."),
        SECOND,
    ),
    "messages": Definition(
        _("Messages"),
        _("Messages written in the chat of this show, shown in full. Those that no hand wrote count for less."),
        SECOND,
    ),
    "orders": Definition(
        _("Paid orders"),
        _("Orders placed from this show and paid. Orders not yet paid and cancelled ones are not in it."),
        MOMENT,
    ),
    "paid_sum": Definition(
        _("Paid sum"),
        _("What buyers have paid for orders from this show. Returns are subtracted on the day they happen."),
        MOMENT,
    ),
    "conversion": Definition(
        _("Conversion"),
        _("Buyers divided by unique counted viewers. People, not events."),
        MOMENT,
    ),
    "gpm": Definition(
        _("GPM (UV)"),
        _("Paid sum for a thousand viewers: paid sum × 1,000 ÷ unique counted viewers (UV). People, not views."),
        MOMENT,
    ),
    "average_watch": Definition(
        _("Average watch time"),
        _("Watched seconds divided by unique counted viewers. Unproven seconds are left out."),
        MOMENT,
    ),
    "members": Definition(
        _("Members"),
        _("People who joined and have not left. Closed and merged accounts are not in it."),
        MOMENT,
    ),
    "stock": Definition(
        _("In stock"),
        _("What can be sold now: what lies in the warehouse minus what is reserved by unpaid orders."),
        MOMENT,
    ),
    "old_price": Definition(
        _("Old price"),
        _("The price before the reduction, as the seller's feed states it. It cannot be typed in by hand here."),
        _("Updated with each import of the feed."),
    ),
    "points_budget": Definition(
        _("In the budget"),
        _("Points the shop has put up and nobody has yet. They never go below zero."),
        MOMENT,
    ),
    "points_liability": Definition(
        _("Promised"),
        _("What the shop may be asked to honour: points of all members, laid down or not, and those in envelopes."),
        MOMENT,
    ),
    "points_held": Definition(
        _("Laid down"),
        _("Points of members that wait with orders not paid yet. They are a part of what is promised."),
        MOMENT,
    ),
    "points_owed": Definition(
        _("Owed by the budget"),
        _("Earned while the budget was too short. They come by themselves when it is filled."),
        MOMENT,
    ),
    "points_put_up": Definition(
        _("Put up so far"),
        _("Everything that was put into the budget, less what was taken back. It is spent, run out, promised or left."),
        MOMENT,
    ),
    "points_earned": Definition(
        _("Given for what was kept"),
        _("Points that went from the budget to members for orders they kept."),
        MOMENT,
    ),
    "points_spent": Definition(
        _("Spent on orders"),
        _("Points that took roubles off paid orders, less those that came back with goods."),
        MOMENT,
    ),
    "points_expired": Definition(
        _("Gone unspent"),
        _("Points whose days were over, and those of members who were forgotten."),
        MOMENT,
    ),
    "latency": Definition(
        _("Delay"),
        _("How far the picture is behind the studio's clock, measured by the time written into the stream."),
        SECOND,
    ),
    "bitrate": Definition(
        _("Bitrate"),
        _("What the studio really sends, averaged over the last ten seconds."),
        SECOND,
    ),
    "dropped_frames": Definition(
        _("Late frames"),
        _("Frames that came too late to be shown, out of those the studio sent in the last minute."),
        SECOND,
    ),
    **{f"trend_{name}": Definition(*told) for name, told in TREND.items()},
    **{f"after_{name}": Definition(*told) for name, told in AFTER.items()},
}
