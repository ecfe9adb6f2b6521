"""The book of money asked for, given back and receipted; and the demo bank's own book beside it."""

from svoi.payments.models.bank import BankPage, BankRefund
from svoi.payments.models.payment import Payment, PaymentNotice
from svoi.payments.models.receipt import Receipt, ReceiptLine
from svoi.payments.models.refund import Refund

__all__ = ["BankPage", "BankRefund", "Payment", "PaymentNotice", "Receipt", "ReceiptLine", "Refund"]
