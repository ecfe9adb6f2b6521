"""Sending an envelope, taking shares of it, giving back what nobody took, and what a community allows."""

from svoi.envelopes.actions.closing import close_envelope, close_envelopes
from svoi.envelopes.actions.forgetting import forget_sender
from svoi.envelopes.actions.limiting import change_limits, hide_taker, show_taker
from svoi.envelopes.actions.sending import send_envelope
from svoi.envelopes.actions.taking import claim_share, claim_shares

__all__ = [
    "change_limits",
    "claim_share",
    "claim_shares",
    "close_envelope",
    "close_envelopes",
    "forget_sender",
    "hide_taker",
    "send_envelope",
    "show_taker",
]
