"""What the shop's states, reasons and troubles are called, and what a keeper can do about them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.payments.models import Refund
from svoi.studio.shop.money import PaymentRow

Said = str | Promise

STAGE_WORDS: dict[str, Said] = {
    "unpaid": pgettext_lazy("an order", "Unpaid"),
    "held": pgettext_lazy("an order", "Money held"),
    "to_pack": pgettext_lazy("an order", "To pack"),
    "packed": pgettext_lazy("an order", "Packed"),
    "on_the_way": pgettext_lazy("an order", "On the way"),
    "at_the_point": pgettext_lazy("an order", "At the point"),
    "collected": pgettext_lazy("an order", "Collected"),
    "kept": pgettext_lazy("an order", "Kept"),
    "returned": pgettext_lazy("an order", "Returned"),
    "goes_back": pgettext_lazy("an order", "Goes back"),
    "cancelled": pgettext_lazy("an order", "Cancelled"),
    "called_off": pgettext_lazy("an order", "Called off"),
}
ORIGIN_WORDS: dict[str, Said] = {
    "show": pgettext_lazy("origin", "Show"),
    "product": pgettext_lazy("origin", "Product page"),
    "story": pgettext_lazy("origin", "Story"),
    "clip": pgettext_lazy("origin", "Clip"),
    "pool": pgettext_lazy("origin", "Group buy"),
    "envelope": pgettext_lazy("origin", "Envelope"),
    "host": pgettext_lazy("origin", "Host"),
    "person": pgettext_lazy("origin", "Recommendation"),
}
PAYMENT_WORDS: dict[str, Said] = {
    "requested": pgettext_lazy("a payment", "Asked for"),
    "pending": pgettext_lazy("a payment", "Waits for the buyer"),
    "held": pgettext_lazy("a payment", "Held"),
    "succeeded": pgettext_lazy("a payment", "Came"),
    "declined": pgettext_lazy("a payment", "Declined"),
    "voided": pgettext_lazy("a payment", "Let go"),
    "expired": pgettext_lazy("a payment", "Ran out"),
}
REFUND_WORDS: dict[str, Said] = {
    "due": pgettext_lazy("a refund", "Owed"),
    "sent": pgettext_lazy("a refund", "On its way"),
    "succeeded": pgettext_lazy("a refund", "Went back"),
    "failed": pgettext_lazy("a refund", "Failed"),
}
RECEIPT_WORDS: dict[str, Said] = {
    "due": pgettext_lazy("a receipt", "Not printed yet"),
    "sent": pgettext_lazy("a receipt", "Being registered"),
    "registered": pgettext_lazy("a receipt", "Registered"),
    "failed": pgettext_lazy("a receipt", "Failed"),
    "dropped": pgettext_lazy("a receipt", "Not needed"),
}
RECEIPT_KINDS: dict[str, Said] = {
    "prepayment": pgettext_lazy("a receipt", "With the payment"),
    "closing": pgettext_lazy("a receipt", "At hand-over"),
    "refund": pgettext_lazy("a receipt", "With the refund"),
}
METHOD_WORDS: dict[str, Said] = {
    "": pgettext_lazy("a way to pay", "Any"),
    "card": pgettext_lazy("a way to pay", "Card"),
    "sbp": pgettext_lazy("a way to pay", "Fast payments"),
}
RETURN_WORDS: dict[str, Said] = {
    "asked": pgettext_lazy("a return", "Waits for you"),
    "accepted": pgettext_lazy("a return", "Accepted"),
    "declined": pgettext_lazy("a return", "Declined"),
    "dropped": pgettext_lazy("a return", "Given up"),
    "received": pgettext_lazy("a return", "Received"),
}
RETURN_REASON_WORDS: dict[str, Said] = {
    "changed_mind": _("Changed her mind"),
    "does_not_fit": _("Does not fit"),
    "wrong_item": _("Not what was ordered"),
    "defect": _("Has a defect"),
    "damaged": _("Arrived damaged"),
}
# Why money did not come or did not go back: the banks' words, and our own.
MONEY_REASONS: dict[str, Said] = {
    "insufficient_funds": _("There is not enough money on the account"),
    "card_expired": _("The card has expired"),
    "expired_on_confirmation": _("The buyer did not confirm in time"),
    "expired_on_capture": _("The hold ran out"),
    "canceled_by_merchant": _("The shop let the money go"),
    "fraud_suspected": _("The bank suspects fraud"),
    "general_decline": _("The bank did not say why"),
    "issuer_unavailable": _("The buyer’s bank did not answer"),
    "3d_secure_failed": _("The buyer was not confirmed by her bank"),
    "payment_method_limit_exceeded": _("A limit of the card is exceeded"),
    "order_fell_away": _("The order fell away before it was paid"),
    "never_answered": _("The bank never answered"),
    "order_shop": _("The shop called the order off"),
    "order_buyer": _("The buyer called the order off"),
    "order_not_collected": _("Nobody collected the parcel"),
    "returned": _("The goods were returned"),
    "surplus": _("The money came a second time"),
    "by_hand": _("Given back by hand at the bank"),
}
CANCEL_WORDS: dict[str, Said] = {
    "not_paid_in_time": _("Not paid in time"),
    "hold_ran_out": _("The hold ran out"),
    "buyer": _("By the buyer"),
    "shop": _("By the shop"),
    "not_collected": _("Nobody collected the parcel"),
    "not_brought": _("Nobody brought the goods"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What is the matter, and what to do about it."""

    what: Said
    do: Said = ""


def reason_words(code: str) -> Said:
    """A reason in words, or the code itself where the bank made up a new one."""
    return MONEY_REASONS.get(code, code)


def advice_on_payment(row: PaymentRow) -> Advice:
    """The one thing to know about a payment now."""
    payment = row.payment
    match row.trouble:
        case "surplus":
            return Advice(
                _("Money came a second time for one order"), _("It goes back by itself: look for its refund.")
            )
        case "receipt":
            is_closing = row.failed_receipt is not None and row.failed_receipt.kind == "closing"
            return Advice(
                _("The receipt was not registered"),
                _("Open the order and print the receipt again.")
                if is_closing
                else _("Make a correction at the till, then tell the bank’s support."),
            )
        case "ending":
            return Advice(
                _("The hold ends within a day"), _("Pack the order, or the money goes back and the order falls away.")
            )
    if payment.state in ("declined", "voided", "expired"):
        return Advice(reason_words(payment.declined_for), _("The buyer can pay anew while the order waits."))
    return Advice("")


def advice_on_refund(refund: Refund, *, is_open: bool) -> Advice:
    """Why a refund goes back, or why it did not and what then."""
    if refund.state != "failed":
        return Advice(reason_words(refund.reason))
    if not is_open:
        return Advice(reason_words(refund.failed_for), _("Another refund followed it."))
    if refund.failed_for == "insufficient_funds":
        return Advice(
            _("The bank says the shop’s balance is too low"), _("Fill it up at the bank, then owe the refund again.")
        )
    return Advice(reason_words(refund.failed_for), _("Open the order and owe the refund again."))
