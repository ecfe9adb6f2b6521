"""Words for how far orders, returns, refunds and receipts have come."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.orders.models import Order
from svoi.pickup.models import Parcel
from svoi.web.timeline import Moment

Words = str | Promise
STAGES: dict[str, tuple[str, Words]] = {
    "placed": ("soon", _("Waits for payment")),
    "held": ("soon", _("Money is held")),
    "paid": ("proven", _("Paid")),
    "prepared": ("proven", _("Packed")),
    "sent": ("proven", _("On its way")),
    "here": ("proven", _("Waits at the point")),
    "collected": ("proven", _("Collected")),
    "kept": ("proven", _("Kept")),
    "returned": ("plain", _("Returned")),
    "cancelled": ("plain", _("Cancelled")),
    "withdrawn": ("plain", _("Called off")),
    "not_collected": ("plain", _("Not collected")),
}
MOMENTS: dict[str, tuple[str, Words]] = {
    "placed": ("circle-check", _("Placed")),
    "waits": ("circle-dot", _("Waits for payment")),
    "held": ("wallet", _("The bank holds the money")),
    "paid": ("circle-check", _("Paid")),
    "packed": ("package", _("Packed")),
    "sent": ("truck", _("Sent to the point")),
    "here": ("map-pin", _("At the pickup point")),
    "collected": ("circle-check", _("Collected")),
    "kept": ("heart", _("Yours for good")),
    "returned": ("undo-2", _("All of it came back")),
    "cancelled": ("ban", _("Cancelled")),
    "withdrawn": ("ban", _("Called off")),
    "not_collected": ("ban", _("Not collected")),
}
AWAITED: dict[str, Words] = {
    "packed": _("Being packed"),
    "sent": _("Waits to be sent to the point"),
    "here": _("On its way to the point"),
    "collected": _("Waits for you"),
}
RETURNS: dict[str, Words] = {
    "asked": _("The shop looks at it"),
    "accepted": _("Accepted: bring the goods"),
    "declined": _("Declined"),
    "dropped": _("Given up"),
    "received": _("The shop has the goods"),
}
REASONS: dict[str, Words] = {
    "changed_mind": _("I changed my mind"),
    "does_not_fit": _("It does not fit or suit me"),
    "wrong_item": _("It is not what I ordered"),
    "defect": _("It does not work, or has a fault"),
    "damaged": _("It came damaged"),
}
RECEIPTS: dict[str, Words] = {
    "prepayment": _("Receipt for the payment"),
    "closing": _("Closing receipt"),
    "refund": _("Receipt for the refund"),
}
RECEIPT_STATES: dict[str, Words] = {
    "due": _("on the way"),
    "sent": _("on the way"),
    "registered": pgettext_lazy("receipt", "registered"),
    "failed": _("not made yet: the shop sees to it"),
}


def told_of(moment: Moment) -> tuple[Moment, str, Words]:
    """A step of the order's way with its mark and words: a step that goes on now has not happened yet."""
    mark, words = MOMENTS[moment.name]
    return moment, mark, AWAITED.get(moment.name, words) if moment.standing == "now" else words


def standing_of(order: Order, parcel: Parcel | None) -> tuple[str, Words]:
    """The pill of an order: its stage, and that of its parcel once it is on its way."""
    stage: str = order.stage
    if stage == "withdrawn" and order.withdrawn_for == "not_collected":
        stage = "not_collected"
    elif stage in ("held", "paid") and parcel and parcel.stage in ("prepared", "sent", "here"):
        stage = parcel.stage
    return STAGES[stage]
