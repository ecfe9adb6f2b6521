"""The verbs of money: ask, believe, hold, take, give back, print receipts, and look again at what was lost."""

from svoi.payments.actions.applying import apply_told
from svoi.payments.actions.asking import request_payment, send_request, withdraw_request
from svoi.payments.actions.holding import capture_payment, send_capture, send_void, void_payment
from svoi.payments.actions.owing import owe_again, owe_refund
from svoi.payments.actions.printing import send_receipt
from svoi.payments.actions.receipting import close_receipt, print_again
from svoi.payments.actions.reconciling import give_back_anew, reconcile
from svoi.payments.actions.refunding import send_refund
from svoi.payments.actions.telling import receive_notice, refresh

__all__ = [
    "apply_told",
    "capture_payment",
    "close_receipt",
    "give_back_anew",
    "owe_again",
    "owe_refund",
    "print_again",
    "receive_notice",
    "reconcile",
    "refresh",
    "request_payment",
    "send_capture",
    "send_receipt",
    "send_refund",
    "send_request",
    "send_void",
    "void_payment",
    "withdraw_request",
]
