"""Why money cannot be asked for, taken, let go or given back."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused


class AmountDiffers(Refused):
    """The provider speaks of another sum than was asked for."""

    code: ClassVar[str] = "amount_differs"


class PaymentsClosed(Refused):
    """The shop has not chosen a payment provider yet, so it cannot take orders."""

    code: ClassVar[str] = "payments_closed"


class PaymentDiffers(Refused):
    """This key already asked for another sum."""

    code: ClassVar[str] = "payment_differs"


class PaymentUnknown(Refused):
    """No such payment was ever asked for."""

    code: ClassVar[str] = "payment_unknown"


class ProviderAway(Refused):
    """The provider did not answer, or not in a way to rely on; the request is repeated under the same key."""

    code: ClassVar[str] = "provider_away"


class ProviderRefused(Refused):
    """The provider understood the request and will not do it (`reason`); repeating it changes nothing."""

    code: ClassVar[str] = "provider_refused"


class MethodUnknown(Refused):
    """There is no such way to pay (`method`)."""

    code: ClassVar[str] = "method_unknown"


class HoldNeedsCard(Refused):
    """Only a card's money can be held; the fast payment system takes it at once."""

    code: ClassVar[str] = "hold_needs_card"


class NotHeld(Refused):
    """The money is not held (`state`), so it can be neither taken nor let go."""

    code: ClassVar[str] = "not_held"


class CaptureDecided(Refused):
    """It was decided already, and otherwise: another sum, or to let the money go."""

    code: ClassVar[str] = "capture_decided"


class CaptureTooLarge(Refused):
    """More than was held (`held_minor`) cannot be taken."""

    code: ClassVar[str] = "capture_too_large"


class NothingPaid(Refused):
    """Nothing was paid for this, so nothing goes back."""

    code: ClassVar[str] = "nothing_paid"


class RefundTooLarge(Refused):
    """More than is left of the payment (`left_minor`) cannot go back."""

    code: ClassVar[str] = "refund_too_large"


class RefundDiffers(Refused):
    """This key already made another refund."""

    code: ClassVar[str] = "refund_differs"


class RefundNotFailed(Refused):
    """Only what a provider would not give back (`state` failed) is given back anew."""

    code: ClassVar[str] = "refund_not_failed"


class ReceiptNotFailed(Refused):
    """Only a closing receipt that was not registered (`state` failed) is printed anew."""

    code: ClassVar[str] = "receipt_not_failed"


class ReceiptImpossible(Refused):
    """The lines of a receipt do not make up its sum (`reason`)."""

    code: ClassVar[str] = "receipt_impossible"
