"""The demo bank's page in words: what became of a payment, why banks say no, what may befall a notice."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Promise | str

METHODS: dict[str, Words] = {"card": _("By card"), "sbp": _("By the fast payment system")}
STATES: dict[str, Words] = {
    "held": _("The money is held on the card. The shop takes it, or lets it go."),
    "succeeded": _("This payment was made."),
    "declined": _("This payment was declined."),
    "voided": _("The shop let the held money go."),
    "expired": _("The time of this payment is over."),
}
REASONS: dict[str, Words] = {
    "general_decline": _("The bank gives no reason"),
    "insufficient_funds": _("Not enough money"),
    "payment_method_limit_exceeded": _("The limit of payments is used up"),
    "payment_method_restricted": _("The card or the account is blocked"),
    "issuer_unavailable": _("The buyer's bank does not answer"),
    "call_issuer": _("The buyer has to ask her bank"),
    "fraud_suspected": _("A suspicion of fraud"),
    "card_expired": _("The card has expired"),
    "invalid_csc": _("A wrong code from the back of the card"),
    "3d_secure_failed": _("The code from the bank was not confirmed"),
}
TROUBLES: dict[str, Words] = {
    "none": pgettext_lazy("a notice of the bank", "Comes at once"),
    "twice": pgettext_lazy("a notice of the bank", "Comes twice"),
    "late": pgettext_lazy("a notice of the bank", "Comes half a minute late"),
    "reordered": pgettext_lazy("a notice of the bank", "Comes before older news"),
    "lost": pgettext_lazy("a notice of the bank", "Gets lost"),
}
